"""Rows of points with intervals: one row for each place or line it is held against."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import tinted
from charts.kit.palette import Palette
from charts.kit.theme import drawn

_NAME_WIDTH = 20


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: a value in years with its interval, if it has one."""

    name: str
    value: float
    lower: float = float("nan")
    upper: float = float("nan")
    colour: str
    symbol: str = "circle"
    bold: bool = False
    said: str = ""
    """The value in words, where it is not the plain number."""
    note: str = ""
    """More words for the label that follows the pointer."""


def dotted_rows(
    rows: Sequence[Row],
    *,
    palette: Palette,
    x_title: str,
    x_range: tuple[float, float],
    at: float | None = None,
    at_line: Mapping[str, Any] | None = None,
    row_height: int = 46,
) -> Drawing:
    """Return a figure with one row per point, first row on top, each with its interval and its value in words.

    One trace per row, so that every row has its own colour and form and is told by its name.

    Args:
        rows: the rows.
        palette: colours.
        x_title: title of the axis.
        x_range: the axis.
        at: where a line stands across all rows; None for none.
        at_line: its colour, width and dash.
        row_height: height of a row in pixels.
    """
    names = [_label(row) for row in rows]
    return drawn(
        [_point(row, name) for row, name in zip(rows, names, strict=True)],
        palette,
        height=80 + row_height * len(rows),
        layout={
            "margin": {"t": 24},
            "annotations": [_value(row, name, palette) for row, name in zip(rows, names, strict=True)],
            **({} if at is None else {"shapes": [upright(at, at_line or {})]}),
            "xaxis": {"range": list(x_range), "showgrid": True, "title": {"text": x_title, "font": {"size": 15}}},
            "yaxis": {
                "autorange": "reversed",
                "type": "category",
                "categoryorder": "array",
                "categoryarray": names,
                "showgrid": True,
            },
        },
    )


def _point(row: Row, name: str) -> dict[str, Any]:
    point = {
        "type": "scatter",
        "x": [round(row.value, 3)],
        "y": [name],
        "name": row.name,
        "mode": "markers",
        "marker": {"size": 15 if row.bold else 12, "color": row.colour, "symbol": row.symbol},
        "cliponaxis": False,
        "hovertemplate": f"{row.name}: <b>%{{x:.1f}} years</b>{row.note}<extra></extra>",
        "showlegend": False,
    }
    if math.isfinite(row.lower):
        point["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [round(row.upper - row.value, 3)],
            "arrayminus": [round(row.value - row.lower, 3)],
            "thickness": 5 if row.bold else 3,
            "width": 0,
            "color": tinted(row.colour, 0.55),
        }
    return point


def _value(row: Row, name: str, palette: Palette) -> dict[str, Any]:
    said = row.said or words.number(row.value)
    return {
        "x": row.value,
        "y": name,
        "yshift": 18,
        "text": f"<b>{said}</b>" if row.bold else said,
        "showarrow": False,
        "font": {"size": 15, "color": palette.ink},
        "bgcolor": tinted(palette.paper, 0.8),
        "borderpad": 0,
    }


def upright(x: float, line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line from the foot to the top of the plot."""
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "xref": "x",
        "y0": 0,
        "y1": 1,
        "yref": "y domain",
        "line": dict(line),
    }


def _label(row: Row) -> str:
    name = "<br>".join(textwrap.wrap(row.name, _NAME_WIDTH))
    return f"<b>{name}</b>" if row.bold else name


def span(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the lowest and highest value of rows, intervals included."""
    reached = [value for row in rows for value in (row.value, row.lower, row.upper) if math.isfinite(value)]
    return min(reached), max(reached)
