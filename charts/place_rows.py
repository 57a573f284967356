"""Rows of points with intervals: one row for each place or line it is held against."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import words
from charts.marks import tinted
from charts.palette import Palette
from charts.theme import themed

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


def dotted_rows(rows: Sequence[Row], *, palette: Palette, x_title: str, row_height: int = 46) -> go.Figure:
    """Return a figure with one row per point, first row on top, each with its interval and its value in words.

    One trace per row, so that every row has its own colour and form and is told by its name.
    """
    figure = go.Figure()
    for row in rows:
        has_interval = math.isfinite(row.lower)
        figure.add_trace(
            go.Scatter(
                x=[round(row.value, 3)],
                y=[_label(row)],
                name=row.name,
                mode="markers",
                marker={"size": 15 if row.bold else 12, "color": row.colour, "symbol": row.symbol},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [round(row.upper - row.value, 3)],
                    "arrayminus": [round(row.value - row.lower, 3)],
                    "thickness": 5 if row.bold else 3,
                    "width": 0,
                    "color": tinted(row.colour, 0.55),
                }
                if has_interval
                else None,
                cliponaxis=False,
                hovertemplate=f"{row.name}: <b>%{{x:.1f}} years</b>{row.note}<extra></extra>",
                showlegend=False,
            )
        )
        said = row.said or words.number(row.value)
        figure.add_annotation(
            x=row.value,
            y=_label(row),
            yshift=18,
            text=f"<b>{said}</b>" if row.bold else said,
            showarrow=False,
            font={"size": 15, "color": palette.ink},
            bgcolor=tinted(palette.paper, 0.8),
            borderpad=0,
        )
    themed(figure, palette, height=80 + row_height * len(rows))
    figure.update_layout(margin={"t": 24})
    figure.update_yaxes(
        autorange="reversed",
        type="category",
        categoryorder="array",
        categoryarray=[_label(row) for row in rows],
        showgrid=True,
    )
    figure.update_xaxes(showgrid=True, title={"text": x_title, "font": {"size": 15}})
    return figure


def _label(row: Row) -> str:
    name = "<br>".join(textwrap.wrap(row.name, _NAME_WIDTH))
    return f"<b>{name}</b>" if row.bold else name


def span(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the lowest and highest value of rows, intervals included."""
    reached = [value for row in rows for value in (row.value, row.lower, row.upper) if math.isfinite(value)]
    return min(reached), max(reached)
