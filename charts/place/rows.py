"""Rows of points with their 95% intervals: one row for each place or period."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, error_bars, note, points, tinted, upright
from charts.kit.palette import Palette
from charts.kit.table import Record
from charts.kit.textwidth import text_width
from charts.kit.theme import drawn

_NAME_WIDTH, _LINE, _VALUE_SIZE = 28, 18, 15
"""Letters of a line of a name, height of one in pixels, and type size of the figures at the right."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: a value in years with its interval, if it has one."""

    name: str
    value: float
    lower: float = math.nan
    upper: float = math.nan
    colour: str
    symbol: str = "circle"
    bold: bool = False
    said: str = ""
    """The value in words, where it is not the plain number."""
    note: str = ""
    """More words for the label that follows the pointer."""

    @property
    def label(self) -> str:
        """The name as it stands beside the plot, in lines of `_NAME_WIDTH` letters."""
        name = "<br>".join(textwrap.wrap(self.name, _NAME_WIDTH))
        return f"<b>{name}</b>" if self.bold else name


def row_of(record: Record, measure: str, name: str, **look: Any) -> Row:
    """The row of a measure with its 95% interval, named by a column; `look`: the rest of `Row`."""
    value, lower, upper = (float(record[f"{measure}_{part}"]) for part in ("years", "lci_95", "uci_95"))
    return Row(name=str(record[name]), value=value, lower=lower, upper=upper, **look)


def span(rows: Sequence[Row]) -> tuple[float, float]:
    """Lowest and highest value of rows, intervals included."""
    reached = [value for row in rows for value in (row.value, row.lower, row.upper) if math.isfinite(value)]
    return min(reached), max(reached)


def dotted_rows(
    rows: Sequence[Row],
    *,
    palette: Palette,
    x_title: str,
    x_range: tuple[float, float],
    at: float | None = None,
    at_line: Mapping[str, Any] | None = None,
    row_height: int = 32,
) -> Drawing:
    """One row per point, the first on top, each with its interval, and its value in figures right of the plot.

    `at`: where a line crosses all rows, `at_line` its colour, width and dash; `row_height` in pixels. Every row is a trace,
    so that it has its own colour and form and is announced by its name.
    """
    return drawn(
        [_point(row) for row in rows],
        palette,
        height=66 + sum(max(row_height, _LINE * row.label.count("<br>") + 24) for row in rows),
        layout={
            "margin": {"t": 8, "r": round(max(text_width(_said(row), _VALUE_SIZE, bold=True) for row in rows)) + 10},
            "annotations": [_value(row, palette) for row in rows],
            **({} if at is None else {"shapes": [upright(at, at_line or {})]}),
            "xaxis": axis(x_title, range=list(x_range), showgrid=True),
            "yaxis": {
                "autorange": "reversed",
                "type": "category",
                "categoryorder": "array",
                "categoryarray": [row.label for row in rows],
                "dtick": 1,
                "showgrid": True,
            },
        },
    )


def _point(row: Row) -> Mark:
    point = points(
        [round(row.value, 3)],
        [row.label],
        hover=f"{row.name}: <b>%{{x:.1f}} years</b>{row.note}",
        name=row.name,
        marker={"size": 12 if row.bold else 10, "color": row.colour, "symbol": row.symbol},
        cliponaxis=False,
        showlegend=False,
    )
    if math.isfinite(row.lower):
        bars = error_bars(
            [row.value], [row.lower], [row.upper], tinted(row.colour, 0.55), thickness=4 if row.bold else 2
        )
        rounded = {side: [round(reach, 3) for reach in bars[side]] for side in ("array", "arrayminus")}
        point["error_x"] = bars | rounded
    return point


def _value(row: Row, palette: Palette) -> Mark:
    text = f"<b>{_said(row)}</b>" if row.bold else _said(row)
    return note(
        1, row.label, text, xref="paper", xanchor="left", xshift=8, size=_VALUE_SIZE, colour=palette.ink, borderpad=0
    )


def _said(row: Row) -> str:
    return row.said or words.number(row.value)
