"""Chart `inside-over-time`: every authority of a place over time, a small chart each, beside the place."""

import textwrap
from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, band, line, note, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, limits
from charts.kit.textwidth import text_width
from charts.kit.theme import drawn
from charts.place.over_time import ByArea, by_area
from pipeline.answers.place.profile import Place

_ACROSS_SCREEN, _ACROSS_SLIDE = 3, 6
"""Small charts in a row, at most: a screen may be narrow, a slide is low."""
_ROW, _TYPE, _WIDTH, _CLEAR, _LETTERS = 128, 13, 640, 14, 15
"""Height of a row, type size of names, width that small charts share, what stays free after a name, all pixels; and letters
of a line of a name on a screen."""
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_NAME_SHARE, _GAP = 0.32, 0.02
"""Share of a row that names take, and of the width that stays free between small charts."""


def inside_over_time(
    rows: pd.DataFrame, place: Place, *, on_screen: bool = False, build: str, palette: Palette = LIGHT
) -> Chart:
    """HLE in years of each authority of a place with 95% intervals, highest first, on one scale beside the place.

    `rows`: `pipeline.answers.place.inside.inside`; `on_screen`: whether it may be tall, and must be narrow.
    """
    areas = by_area(rows)
    order = sorted(
        (code for code, own in areas.items() if own[0]["role"] == "authority"),
        key=lambda code: -float(areas[code][-1]["hle_years"]),
    )
    fell = sum(areas[code][-1]["hle_years"] < areas[code][0]["hle_years"] for code in order)
    own = areas[place.code]
    who, first, last = words.people(str(own[0]["sex"])), str(own[0]["period"]), str(own[-1]["period"])
    return Chart(
        id="inside-over-time",
        drawing=_drawing(areas, order, place, _across(len(order), on_screen=on_screen), palette),
        title=f"{place.name}, {who}: {fell} of {len(order)} authorities lower than in {first}",
        subtitle=f"Healthy life expectancy at birth, years, {first} up to {last}, highest now first. Dashed: {place.name}",
        settings="Bands show 95% intervals. The axes do not start at zero.",
        source=source_line(release=str(own[-1]["release"]), build=build),
        alt=f"{len(order)} small line charts of healthy life expectancy at birth for {who}, years, from {first} to {last}: "
        f"{'; '.join(_said(areas[code]) for code in order)}. {place.name}: {_said(own)}.",
        table=figures(
            rows[rows["role"] != "england"],
            {"Area": "area_name", "Period": "period", "Years": "hle_years", **limits("hle")},
        ),
        caveats=(
            PERIODS_OVERLAP,
            "The title compares published figures, clearly different or not.",
            "Most differences between neighbouring periods of one authority are chance.",
        ),
        file_stem=file_name("inside-over-time", place.name, who, last),
    )


def _across(count: int, *, on_screen: bool) -> int:
    if on_screen:
        return min(_ACROSS_SCREEN, count)
    return min(_ACROSS_SLIDE if count > 2 * _ACROSS_SLIDE else ceil(_ACROSS_SLIDE / 2) + 1, count)


def _drawing(areas: ByArea, order: Sequence[str], place: Place, across: int, palette: Palette) -> Drawing:
    down = ceil(len(order) / across)
    drawn_rows = [row for code in (*order, place.code) for row in areas[code]]
    reach = [min(row["hle_lci_95"] for row in drawn_rows) - 0.5, max(row["hle_uci_95"] for row in drawn_rows) + 0.5]
    times = sorted({(row["mid_point"], row["period"]) for row in areas[place.code]})
    traces: list[Mark] = []
    layout: dict[str, Any] = {"annotations": [], "showlegend": False, "margin": {"t": 8, "r": 8}}
    for position, code in enumerate(order):
        row, column = divmod(position, across)
        number = "" if position == 0 else str(position + 1)
        on = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        traces += [mark | on for mark in _marks(areas[code], areas[place.code], palette)]
        left, right = column / across + _GAP / 2, (column + 1) / across - _GAP / 2
        bottom, top = 1 - (row + 1) / down, 1 - row / down
        in_corner = column == 0 and row == down - 1  # the others are alike
        layout[f"xaxis{number}"] = _time_axis(times, [left, right], f"y{number}", named=in_corner)
        height = top - bottom
        layout[f"yaxis{number}"] = {
            "domain": [bottom + 0.06 * height, top - _NAME_SHARE * height],
            "range": reach,
            "anchor": f"x{number}",
            "tickvals": [10 * ceil(reach[0] / 10), 10 * floor(reach[1] / 10)],
            "tickfont": {"size": _TYPE},
            "showticklabels": column == 0,
        }
        layout["annotations"].append(_name(areas[code], left, top, across, palette))
    return drawn(traces, palette, height=_ROW * down + 50, layout=layout)


def _time_axis(times: Sequence[tuple[float, str]], domain: list[float], anchor: str, *, named: bool) -> dict[str, Any]:
    (first, first_name), (last, last_name) = times[0], times[-1]
    return {
        "domain": domain,
        "anchor": anchor,
        "range": [first - 0.4, last + 0.4],
        "tickvals": [first, last],
        "ticktext": [first_name[:4], last_name[-4:]],
        "tickfont": {"size": _TYPE},
        "tickangle": 0,
        "showticklabels": named,
    }


def _marks(own: Sequence[Record], around: Sequence[Record], palette: Palette) -> list[Mark]:
    years, values, lower, upper, periods = each(own, "mid_point", "hle_years", "hle_lci_95", "hle_uci_95", "period")
    their_years, theirs, their_periods = each(around, "mid_point", "hle_years", "period")
    name, their_name = str(own[0]["area_name"]), str(around[0]["area_name"])
    shade = band(years, lower, upper, colour=palette.better_off, name=f"{name}, 95% interval", showlegend=False)
    beside = line(their_years, theirs, name=their_name, colour=palette.england, dash="dash", hover=their_periods)
    main = line(years, values, name=name, colour=palette.better_off, hover=periods)
    return [
        *(mark | {"fillcolor": tinted(palette.better_off, 0.18), "line": {"width": 0}} for mark in shade),
        beside | {"line": {"color": palette.england, "width": 1.5, "dash": "dash"}},
        main | {"line": {"color": palette.better_off, "width": 2.5}},
    ]


def _name(own: Sequence[Record], x: float, y: float, across: int, palette: Palette) -> Mark:
    """The name and the latest figure, in two lines where few stand in a row, else shortened to the room there is."""
    name, value = str(own[0]["area_name"]), words.number(own[-1]["hle_years"])
    if across <= _ACROSS_SCREEN:
        first, *rest = textwrap.wrap(name, _LETTERS, max_lines=2, placeholder=_CUT)
        text = "<br>".join([first, *rest])
    else:
        text = _shortened(name, _WIDTH / across - _CLEAR - text_width(f" {value}", _TYPE, bold=True))
    where = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    return note(x, y, f"{text} <b>{value}</b>", size=_TYPE, colour=palette.ink, **where)


def _shortened(name: str, room: float) -> str:
    short = name
    while text_width(short, _TYPE) > room:
        short = f"{short.rstrip(_CUT)[:-1].rstrip()}{_CUT}"
    return short


def _said(own: Sequence[Record]) -> str:
    return f"{own[0]['area_name']} from {words.number(own[0]['hle_years'])} to {words.number(own[-1]['hle_years'])}"
