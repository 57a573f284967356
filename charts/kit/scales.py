"""One scale for charts that are read against each other: women's and men's of the same view."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.label_room import is_map

PADDING = 0.05
"""Share of the reach of the figures that is left free at either end of an axis, where a chart sets no limits itself."""


def on_one_scale(charts: Sequence[Chart]) -> list[Chart]:
    """Return the charts with axes that reach equally far.

    An axis of names keeps its names, and one that is turned round stays as it is. A chart that reaches that far by itself is
    returned as it is; of any other comes a copy.

    Args:
        charts: the same chart with different figures; they are left as they are.
    """
    if len(charts) < 2 or any(is_map(chart.drawing) for chart in charts):
        return list(charts)
    common = {
        axis: limits
        for axis in ("xaxis", "yaxis")
        if (limits := _common([_limits(chart.drawing, axis) for chart in charts]))
    }
    return [_reaching(chart, common) for chart in charts]


def _common(ranges: Sequence[tuple[float, float] | None]) -> list[float] | None:
    """Return limits around all ranges; None where one is missing or all are the same."""
    known = [limits for limits in ranges if limits]
    if len(known) < len(ranges) or len(set(known)) == 1:
        return None
    return [min(low for low, _ in known), max(high for _, high in known)]


def _reaching(chart: Chart, limits: dict[str, list[float]]) -> Chart:
    """Return a chart with other limits, axis by axis."""
    layout = chart.drawing.layout
    axes = {name: layout.get(name, {}) | {"range": reach} for name, reach in limits.items()}
    if all(layout.get(name) == axis for name, axis in axes.items()):
        return chart
    return replace(chart, drawing=chart.drawing.with_layout(**axes))


def _limits(figure: Drawing, axis: str) -> tuple[float, float] | None:
    """Return the limits of an axis, or None where it counts no numbers from low to high."""
    layout, letter = figure.layout.get(axis, {}), axis[0]
    if layout.get("range") is not None:
        low, high = layout["range"]
        return (low, high) if isinstance(low, int | float) and low < high else None
    if layout.get("autorange") == "reversed" or layout.get("type") == "category":
        return None
    values = _stacked(figure) if _is_stacked(figure, letter) else _values(figure, letter)
    if not values or any(isinstance(value, str) for value in values):
        return None
    low, high = float(min(values)), float(max(values))
    bars = any(trace["type"] == "bar" for trace in figure.traces)
    padding = PADDING * (high - low)
    return (0.0 if bars and low >= 0 else low - padding, high + padding)


def _is_stacked(figure: Drawing, letter: str) -> bool:
    upright = all(trace["type"] == "bar" and trace.get("orientation") != "h" for trace in figure.traces)
    return figure.layout.get("barmode") in {"stack", "relative"} and upright and letter == "y"


def _stacked(figure: Drawing) -> list[Any]:
    return [sum(parts) for parts in zip(*(trace["y"] for trace in figure.traces), strict=True)]


def _values(figure: Drawing, letter: str) -> list[Any]:
    return [value for trace in figure.traces for value in _reach(trace, letter)]


def _reach(trace: Mapping[str, Any], letter: str) -> list[Any]:
    """Return the values of a trace along an axis with the ends of their intervals."""
    values = trace.get(letter)
    if values is None:
        return []
    error = trace.get(f"error_{letter}", {})
    above = [] if error.get("array") is None else list(error["array"])
    below = above if error.get("arrayminus") is None else list(error["arrayminus"])
    if any(isinstance(value, str) for value in values):
        return list(values)
    return [
        value + step
        for value, up, down in zip_longest(values, above, below, fillvalue=0.0)
        if value is not None and value == value  # noqa: PLR0124 - NaN
        for step in (up or 0.0, -(down or 0.0))
        if step == step  # noqa: PLR0124 - NaN
    ]
