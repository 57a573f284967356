"""Small maps side by side, one for each period, all with one scale."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.map import words as map_words
from charts.map.area_map import CROWN, chosen_place, form_line
from charts.map.classes import MapClass, map_classes
from charts.map.ground import (
    CONFIG,
    ENGLAND,
    Box,
    class_traces,
    geo_axes,
    land_beyond,
    map_drawing,
    no_figure_trace,
    outline_traces,
    sign_traces,
)
from charts.map.measures import MEASURES, MapMeasure
from charts.map.tile_grid import FILE, region_outlines, tile_axes
from pipeline.answers.map.scale import Scale

SERIES = ("level", "difference")
"""Measures that have a series of one release, so that their periods may stand side by side."""

ACROSS = 2
ROW_HEIGHT = 380
TITLE_SHARE = 0.1
"""Share of a row that its periods' names take."""


def small_multiples(
    periods: Mapping[str, pd.DataFrame],
    *,
    measure_id: str,
    area_type: str,
    sex: str,
    scale: Scale,
    release: str,
    build: str,
    selected: str = "",
    tiles: pd.DataFrame | None = None,
    palette: Palette = LIGHT,
) -> Chart:
    """Return one small map for each period.

    Args:
        periods: label of a period -> its areas, as `area_map` takes them; earliest first.
        measure_id: one of `SERIES`.
        area_type: level of the areas.
        sex: "female" or "male".
        scale: where classes are cut, for all periods alike.
        release: date of the release.
        build: build id.
        selected: code of a place to outline, or "".
        tiles: table `tiles`, for tile maps of authorities; None for land.
        palette: colours.
    """
    measure = MEASURES[measure_id]
    on_tiles = tiles is not None and area_type == "utla"
    crowded = area_type == "utla" and not on_tiles
    file = FILE if on_tiles else area_type
    down = -(-len(periods) // ACROSS)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": []}
    held: dict[str, list[MapClass]] = {}
    in_legend: set[str] = set()
    for position, (period, rows) in enumerate(periods.items()):
        geo = "geo" if position == 0 else f"geo{position + 1}"
        at, top = _place(position, down)
        if tiles is not None and on_tiles:
            layout[geo] = tile_axes(tiles, at=at)
        else:
            layout[geo] = geo_axes(ENGLAND, at=at)
        layout["annotations"].append(_period_name(period, sum(at.x) / 2, top, palette))
        known, unknown = rows[rows[measure.column].notna()], rows[rows[measure.column].isna()]
        if area_type == "combined-authority":
            traces += land_beyond(palette, geo=geo)
        held[period] = map_classes(known, measure, scale, palette)
        filled = [one for one in held[period] if len(one.rows)]  # another period may fill the others
        of_period = class_traces(filled, measure, file=file, geo=geo, intervals=False)
        of_period += no_figure_trace(
            unknown, file=file, palette=palette, reasons=["not published"] * len(unknown), geo=geo
        )
        for trace in of_period:
            if trace["name"] in in_legend:
                trace["showlegend"] = False
            trace["legendrank"] = _rank(trace["name"], held[period])
            in_legend.add(trace["name"])
        traces += of_period
        if area_type != "utla":
            traces += sign_traces(held[period], file=file, palette=palette, geo=geo)
        if on_tiles:
            traces += region_outlines(rows, palette, geo=geo)
        chosen, chosen_file = chosen_place(rows, selected, file=file)
        traces += outline_traces(chosen, file=chosen_file, palette=palette, name="Chosen place", width=2, geo=geo)
    border = palette.paper if measure.kind == "level" else palette.no_figure
    layout["legend"] = {"title": {"text": "Years" if measure.kind == "level" else ""}}
    drawing = map_drawing(traces, palette, height=ROW_HEIGHT * down, border=border, layout=layout)
    who = words.people(sex)
    first, *_, last = periods
    return Chart(
        id="map-periods",
        drawing=drawing,
        title=_title(held, measure, scale, area_type=area_type, who=who),
        subtitle=f"{measure.measured}, {who}, {len(periods)} periods without a common year, one scale, years",
        settings=form_line(area_type, on_tiles=on_tiles),
        source=source_line(release=release, build=build, extra="" if on_tiles else CROWN),
        alt=_alt(held, measure, area_type=area_type, who=who, tiles=on_tiles),
        table=_table(periods, measure),
        caveats=(
            "The periods share no year, so no part of a change is due to the same survey answers counted twice.",
            *(["London is not enlarged on small maps; the map of one period enlarges it."] if crowded else []),
            *map_words.caveats(periods[last], measure, area_type=area_type, period=last, since=first, tiles=on_tiles),
        ),
        file_stem=file_name("map-periods", measure.id, area_type, who, first, last),
        config=CONFIG,
    )


def _place(position: int, down: int) -> tuple[Box, float]:
    """Return where on the figure a small map stands, and the height at which its period is written."""
    row, column = divmod(position, ACROSS)
    bottom, top = 1 - (row + 1) / down, 1 - row / down
    at = Box(x=(column / ACROSS, (column + 1) / ACROSS), y=(bottom, top - TITLE_SHARE * (top - bottom)))
    return at, top - 0.01


def _period_name(period: str, x: float, y: float, palette: Palette) -> dict[str, Any]:
    return {
        "text": f"<b>{period}</b>",
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "center",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 16, "color": palette.ink},
    }


def _rank(name: str, classes: list[MapClass]) -> int:
    names = [f"{one.sign} {one.label}".strip() for one in classes]
    return names.index(name) if name in names else len(names)


def _title(held: Mapping[str, list[MapClass]], measure: MapMeasure, scale: Scale, *, area_type: str, who: str) -> str:
    first, *_, last = held
    level, count = words.LEVELS[area_type].lower(), sum(len(one.rows) for one in held[last])
    low = 1 if measure.kind == "level" else 2
    then, now = (sum(len(one.rows) for one in held[period][:low]) for period in (first, last))
    if measure.kind == "level":
        what = f"had under {scale.edges[0]:g} healthy years" if scale.edges else "had a figure"
    else:
        what = "were clearly below England"
    return f"{who.capitalize()}: {then or 'none'} of {count} {level} {what} in {first}, {now or 'none'} in {last}"


def _alt(held: Mapping[str, list[MapClass]], measure: MapMeasure, *, area_type: str, who: str, tiles: bool) -> str:
    form = "tile maps" if tiles else "maps"
    first, *_, last = held
    by_period = " ".join(
        f"{period}: " + "; ".join(f"{one.label.lower()}, {len(one.rows)}" for one in classes if len(one.rows)) + "."
        for period, classes in held.items()
    )
    return (
        f"{len(held)} small {form} of England, {words.LEVELS[area_type].lower()} shaded by {measure.label[0].lower()}{measure.label[1:]}, {who}, in "
        f"years, from {first} to {last}. Areas in each class. {by_period}"
    )


def _table(periods: Mapping[str, pd.DataFrame], measure: MapMeasure) -> pd.DataFrame:
    by_code = {
        period: dict(zip(rows["area_code"].tolist(), rows[measure.column].round(2).tolist(), strict=True))
        for period, rows in periods.items()
    }
    latest = list(periods.values())[-1]
    names = dict(zip(latest["area_code"].tolist(), latest["area_name"].tolist(), strict=True))
    codes = sorted(set().union(*by_code.values()), key=lambda code: (code not in names, names.get(code, "")))
    return pd.DataFrame(
        {
            "Area": [names.get(code) for code in codes],
            "Code": codes,
            **{
                f"{period} (years)": [values.get(code, math.nan) for code in codes]
                for period, values in by_code.items()
            },
        }
    )
