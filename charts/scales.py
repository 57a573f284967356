"""One scale for charts that are read against each other: women's and men's of the same view."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import plotly.graph_objects as go

from charts.chart import Chart, copied
from charts.room import is_map

PADDING = 0.05
"""Share of the reach of the figures that is left free at either end of an axis, where a chart sets no limits itself."""


def on_one_scale(charts: Sequence[Chart]) -> list[Chart]:
    """Return the charts with axes that reach equally far.

    An axis of names keeps its names, and one that is turned round stays as it is.

    Args:
        charts: the same chart with different figures; they are left as they are.
    """
    if len(charts) < 2 or any(is_map(chart.figure) for chart in charts):
        return list(charts)
    figures = [copied(chart.figure) for chart in charts]
    for axis in ("xaxis", "yaxis"):
        ranges = [_limits(figure, axis) for figure in figures]
        known = [limits for limits in ranges if limits]
        if len(known) < len(figures) or len(set(known)) == 1:
            continue
        common = [min(low for low, _ in known), max(high for _, high in known)]
        for figure in figures:
            figure.layout[axis].range = common
    return [replace(chart, figure=figure) for chart, figure in zip(charts, figures, strict=True)]


def _limits(figure: go.Figure, axis: str) -> tuple[float, float] | None:
    """Return the limits of an axis, or None where it counts no numbers from low to high."""
    layout, letter = figure.layout[axis], axis[0]
    if layout.range is not None:
        low, high = layout.range
        return (low, high) if isinstance(low, int | float) and low < high else None
    if layout.autorange == "reversed" or layout.type == "category":
        return None
    values = _stacked(figure) if _is_stacked(figure, letter) else _values(figure, letter)
    if not values or any(isinstance(value, str) for value in values):
        return None
    low, high = float(min(values)), float(max(values))
    bars = any(trace.type == "bar" for trace in figure.data)
    padding = PADDING * (high - low)
    return (0.0 if bars and low >= 0 else low - padding, high + padding)


def _is_stacked(figure: go.Figure, letter: str) -> bool:
    upright = all(trace.type == "bar" and trace.orientation != "h" for trace in figure.data)
    return figure.layout.barmode in {"stack", "relative"} and upright and letter == "y"


def _stacked(figure: go.Figure) -> list[Any]:
    return [sum(parts) for parts in zip(*(trace.y for trace in figure.data), strict=True)]


def _values(figure: go.Figure, letter: str) -> list[Any]:
    return [value for trace in figure.data for value in _reach(trace, letter)]


def _reach(trace: Any, letter: str) -> list[Any]:
    """Return the values of a trace along an axis with the ends of their intervals."""
    values = trace[letter]
    if values is None:
        return []
    error = getattr(trace, f"error_{letter}", None)
    above = [] if error is None or error.array is None else list(error.array)
    below = above if error is None or error.arrayminus is None else list(error.arrayminus)
    if any(isinstance(value, str) for value in values):
        return list(values)
    return [
        value + step
        for value, up, down in zip_longest(values, above, below, fillvalue=0.0)
        if value is not None and value == value  # noqa: PLR0124 - NaN
        for step in (up or 0.0, -(down or 0.0))
        if step == step  # noqa: PLR0124 - NaN
    ]
