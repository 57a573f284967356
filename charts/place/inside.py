"""Chart `inside`: every authority of a place with its interval, beside the place and England."""

from collections.abc import Sequence
from math import ceil

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, above_plot, upright
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures, limits
from charts.place.rows import Row, dotted_rows, row_of, span
from pipeline.answers.place.profile import Place

_CLEARLY = {1: "clearly above", -1: "clearly below", 0: "not clearly different"}


_ROWS_A_COLUMN, _COLUMNS = 18, 2
"""On a slide: rows that can be read in a column, and columns."""
_PANELS: tuple[list[float], ...] = ([0.0, 0.29], [0.71, 1.0])
"""Shares of the width that the points of two columns take; names stand between."""
_ABOVE, _NAME_SIZE, _LOW_ROW, _ROW = 34, 14, 22, 32
"""Height above the plot for what the lines are, its type size, and heights of a row in a long and a short list, pixels."""


def inside(rows: pd.DataFrame, place: Place, *, on_screen: bool = False, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE in years of the authorities of a place with 95% intervals, highest first, and lines at the place and England.

    `rows`: `pipeline.answers.place.inside.latest_inside`: the latest period, with role and `clearly` against the place.
    """
    own, england = (rows[rows["role"] == role].iloc[0] for role in ("place", "england"))
    authorities = rows[rows["role"] == "authority"].sort_values(["hle_years", "area_code"], ascending=[False, True])
    listed = [_row(area, palette) for area in authorities.to_dict("records")]
    left_out = 0 if on_screen else max(0, len(listed) - _ROWS_A_COLUMN * _COLUMNS)
    who, period = words.people(str(own["sex"])), str(own["period"])
    above, below = (int((authorities["clearly"] == sign).sum()) for sign in (1, -1))
    return Chart(
        id="inside",
        drawing=_drawing(listed, own, england, palette, on_screen=on_screen),
        title=f"{place.name}, {who}: {_finding(above, below, len(listed))}",
        subtitle=f"Healthy life expectancy at birth, years, {period}, with 95% intervals",
        settings=f"Solid line: {place.name} {words.number(own['hle_years'])}. Dashed line: England "
        f"{words.number(england['hle_years'])}. \N{BLACK UP-POINTING TRIANGLE} clearly above {words.place(place.name)}, "
        "\N{BLACK DOWN-POINTING TRIANGLE} clearly below, \N{BLACK CIRCLE} not clearly different. The axis does not start "
        "at zero.",
        source=source_line(release=str(own["release"]), build=build),
        alt=f"Rows of points for {who}, {period}, highest first, from {words.number(listed[0].value)} years in "
        f"{listed[0].name} to {words.number(listed[-1].value)} in {listed[-1].name}; {words.place(place.name)} "
        f"{words.number(own['hle_years'])}, England {words.number(england['hle_years'])}.",
        table=figures(
            authorities,
            {"Authority": "area_name", "Years": "hle_years", **limits("hle")}
            | {f"Against {place.name}": [_CLEARLY[sign] for sign in authorities["clearly"]]},
        ),
        caveats=(
            "Each authority is part of the place, so it is compared with a figure that holds its own: intervals are a little "
            "wide.",
            f"With {len(listed)} comparisons, one in twenty may look clear by chance.",
            *([f"The {left_out} in the middle are in the table alone."] if left_out else []),
        ),
        file_stem=file_name("inside", place.name, who, period),
    )


def _drawing(
    listed: Sequence[Row], own: pd.Series, england: pd.Series, palette: Palette, *, on_screen: bool
) -> Drawing:
    lowest, highest = span(listed)
    england_line = upright(float(england["hle_years"]), {"color": palette.england, "width": 2, "dash": "dash"})
    names = _line_names(own, england, palette)
    one_column = on_screen or len(listed) <= _ROWS_A_COLUMN
    half = min(_ROWS_A_COLUMN, ceil(len(listed) / _COLUMNS))
    columns = [listed] if one_column else [listed[:half], listed[max(half, len(listed) - half) :]]
    drawings = [
        dotted_rows(
            column,
            palette=palette,
            x_title="Years",
            x_range=(lowest - 1, highest + 1),
            at=float(own["hle_years"]),
            at_line={"color": palette.gap, "width": 3},
            row_height=_LOW_ROW if len(column) > _ROWS_A_COLUMN / 2 else _ROW,
        )
        for column in columns
    ]
    drawings = [
        one.with_layout(
            shapes=[*one.layout["shapes"], england_line],
            annotations=[*one.layout["annotations"], *names],
            margin=one.layout["margin"] | {"t": _ABOVE},
            height=one.layout["height"] + _ABOVE,
        )
        for one in drawings
    ]
    return drawings[0] if one_column else _side_by_side(drawings)


def _line_names(own: pd.Series, england: pd.Series, palette: Palette) -> list[Mark]:
    """What the two lines are, above them, each on the side away from the other."""
    lower, higher = sorted((own, england), key=lambda row: float(row["hle_years"]))
    colours = {"place": palette.gap, "england": palette.england}
    return [
        above_plot(
            float(row["hle_years"]),
            f"{row['area_name']} {words.number(row['hle_years'])}",
            xanchor=side,
            size=_NAME_SIZE,
            colour=colours[row["role"]],
        )
        for row, side in ((lower, "right"), (higher, "left"))
    ]


def _side_by_side(drawings: Sequence[Drawing]) -> Drawing:
    """Two lists of rows on one figure."""
    traces: list[Mark] = []
    layout = dict(drawings[0].layout) | {"annotations": [], "shapes": []}
    for number, one, domain in zip(("", "2"), drawings, _PANELS, strict=True):
        x, y = f"x{number}", f"y{number}"
        traces += [{**mark, "xaxis": x, "yaxis": y} for mark in one.traces]
        layout[f"xaxis{number}"] = one.layout["xaxis"] | {"domain": domain, "anchor": y, "nticks": 4}
        layout[f"yaxis{number}"] = one.layout["yaxis"] | {"anchor": x, "automargin": number == ""}
        layout["annotations"] += [_moved(mark, x, y, domain) for mark in one.layout["annotations"]]
        layout["shapes"] += [line | {"xref": x, "yref": f"{y} domain"} for line in one.layout["shapes"]]
    return Drawing(traces, layout)


def _moved(mark: Mark, x: str, y: str, domain: Sequence[float]) -> Mark:
    """Words of a list at their place on the wider figure: figures right of its plot, names of lines above it."""
    return mark | ({"xref": x} if mark.get("yref") == "paper" else {"x": domain[1], "yref": y})


def _row(area: Record, palette: Palette) -> Row:
    looks = {
        1: {"colour": palette.better_off, "symbol": "triangle-up"},
        -1: {"colour": palette.worse_off, "symbol": "triangle-down"},
        0: {"colour": palette.quiet, "symbol": "circle"},
    }
    return row_of(area, "hle", "area_name", **looks[area["clearly"]])


def _finding(above: int, below: int, of: int) -> str:
    """How many authorities are clearly above and below the place that they make up."""
    if above == below == 0:
        return f"none of its {of} authorities clearly differs"
    counts = [f"{count} {word}" for count, word in ((above, "above"), (below, "below")) if count]
    first = counts[0].replace(" ", f" of {of} authorities clearly ", 1)
    return f"{', '.join([first, *counts[1:]])}{' it' if len(counts) == 1 else ''}"
