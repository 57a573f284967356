"""What a figure plots, told as named series of numbers: the form in which PowerPoint keeps a chart with its data inside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import plotly.graph_objects as go

from charts.export.powerpoint.traces import (
    as_hex,
    is_text,
    marker_colour,
    numbers,
    on_paper,
    plain_text,
    reach,
    spread,
    symbol,
)
from pipeline.errors import SourceChanged
from pipeline.periods import Period, parse_period

Kind = Literal["line", "bar", "dots", "scatter"]

MOST_CATEGORIES = 40
"""More names than this cannot be read along one axis of a slide."""

MOST_DOTS = 11
"""More names than this, each with a value beside its dot, do not stand clear of one another below columns."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series. Values stand in the order of the categories, or of `x` where there are none; None is a gap."""

    name: str
    values: tuple[float | None, ...]
    x: tuple[float, ...] = ()
    colour: str = ""
    colours: tuple[str, ...] = ()
    """One per point, where points differ."""
    dash: str = "solid"
    width: float = 3
    line: bool = True
    marker: str = ""
    limit: bool = False
    """Whether it is the lower or upper limit of a shaded interval."""
    above: tuple[float, ...] = ()
    """How far the interval reaches above each value; empty where none is drawn."""
    below: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    """What is written beside each point; "" for nothing."""


@dataclass(frozen=True, kw_only=True)
class Plotted:
    """Everything a figure plots that a native chart can hold."""

    kind: Kind
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...]
    value_title: str = ""
    category_title: str = ""
    value_range: tuple[float, float] | None = None
    reversed_categories: bool = False
    """Whether names, or the numbers of the level axis, stand in the other order."""
    horizontal: bool = False
    stacked: bool = False
    reference_lines: tuple[tuple[str, float], ...] = field(default=())
    """Name and value of straight lines across the plot."""


def plotted(figure: go.Figure) -> Plotted | None:
    """What a figure plots as series, or None where only a picture can show it (a map, several panels)."""
    kinds = {trace.type for trace in figure.data}
    if kinds == {"bar"} and _panels(figure) == 1:
        return _bars(figure, figure.data)
    if kinds == {"scatter"} and _panels(figure) == 1:
        return _scatter(figure, figure.data)
    return None


def _scatter(figure: go.Figure, traces: Sequence[Any]) -> Plotted | None:
    shown = [trace for trace in traces if trace.fill is None and trace.hoverinfo != "skip"]
    named = [is_text(trace.y) for trace in shown]
    if not shown or any(named) != all(named) or figure.layout.yaxis.visible is False:  # names stand in the plot
        return None
    if any(trace.fill not in {None, "toself"} or trace.marker.opacity == 0 for trace in traces):
        return None  # no series can hold an area below a line, or an interval without a value
    if all(named):
        return None if _lines_named_above(figure) else _dots(figure, shown)
    if all(is_text(trace.x) and trace.mode == "markers" for trace in shown):
        return _dots(figure, shown, upright=True)
    if all("lines" in (trace.mode or "lines") or _periods(trace) for trace in shown):
        return _lines(figure, traces, shown)
    return _points(figure, traces)


def _periods(trace: Any) -> bool:
    """Whether the points of a trace stand at periods, by whose names they are known."""
    return is_text(trace.customdata) and all(re.fullmatch(r"\d{4} to \d{4}", name) for name in trace.customdata)


def _bars(figure: go.Figure, traces: Sequence[Any]) -> Plotted | None:
    horizontal = traces[0].orientation == "h"
    places = [tuple(trace.y if horizontal else trace.x) for trace in traces]
    if len(places[0]) > MOST_CATEGORIES or any(one != places[0] for one in places) or traces[0].base is not None:
        return None
    # bars that stand at years carry the names of their periods beside them
    named = not is_text(places[0]) and is_text(traces[0].customdata)
    names = tuple(plain_text(name) for name in (traces[0].customdata if named else places[0]))
    values, labels = _axes(figure, horizontal=horizontal)
    error = "error_x" if horizontal else "error_y"
    return Plotted(
        kind="bar",
        horizontal=horizontal,
        categories=names,
        series=tuple(
            Series(
                name=plain_text(trace.name or values.title.text or "Value"),
                values=numbers(trace.x if horizontal else trace.y),
                colour=on_paper(trace.marker.color) if isinstance(trace.marker.color, str) else "",
                colours=() if isinstance(trace.marker.color, str) else tuple(map(on_paper, trace.marker.color or ())),
                above=reach(trace, error)[0],
                below=reach(trace, error)[1],
            )
            for trace in traces
        ),
        value_title=values.title.text or "",
        category_title=labels.title.text or "",
        value_range=_range(values),
        reversed_categories=labels.autorange == "reversed",
        stacked=figure.layout.barmode in {"stack", "relative"},
    )


def _dots(figure: go.Figure, shown: Sequence[Any], *, upright: bool = False) -> Plotted | None:
    """Dots in the columns of their names, which stand at the side of a figure, or of an `upright` one below it."""
    named, valued, error = ("x", "y", "error_y") if upright else ("y", "x", "error_x")
    names = tuple(dict.fromkeys(plain_text(value) for trace in shown for value in trace[named]))
    if len(names) > MOST_DOTS:
        return None
    if all(_then_and_now(trace) for trace in shown):
        return _pairs(figure, shown, names)
    found = []
    for trace in shown:
        at = dict(zip((plain_text(value) for value in trace[named]), numbers(trace[valued]), strict=True))
        if len(at) != len(trace[named]):
            return None
        above, below = (spread(at, names, lengths) for lengths in reach(trace, error))
        found.append(
            Series(
                name=plain_text(trace.name or "Value"),
                values=tuple(at.get(name) for name in names),
                colour=marker_colour(trace),
                marker=symbol(trace),
                line=False,
                above=above,
                below=below,
            )
        )
    return _in_columns(figure, names, found, upright=upright)


def _then_and_now(trace: Any) -> bool:
    """Whether a trace is two dots on one row, at periods by whose names they are known."""
    return len(trace.y) == 2 and len(set(trace.y)) == 1 and _periods(trace)


def _pairs(figure: go.Figure, shown: Sequence[Any], names: tuple[str, ...]) -> Plotted:
    """Rows of two dots as two series, then and now, with the colour of each row."""
    found = [
        Series(
            name=plain_text(shown[0].customdata[i]),
            values=tuple(float(trace.x[i]) for trace in shown),
            colours=tuple(marker_colour(trace) for trace in shown),
            marker=shown[0].marker.symbol[i],
            line=False,
        )
        for i in range(2)
    ]
    return _in_columns(figure, names, found, upright=False)


def _in_columns(figure: go.Figure, names: tuple[str, ...], found: Sequence[Series], *, upright: bool) -> Plotted:
    values, labels = _axes(figure, horizontal=not upright)
    return Plotted(
        kind="dots",
        categories=names,
        series=tuple(found),
        value_title=values.title.text or "",
        category_title=labels.title.text or "",
        value_range=_range(values),
    )


def _lines(figure: go.Figure, traces: Sequence[Any], shown: Sequence[Any]) -> Plotted | None:
    labels: dict[float, str] = {}
    for trace in shown:
        names = trace.customdata if is_text(trace.customdata) else trace.x
        for x, name in zip(trace.x, names, strict=False):
            labels[x] = plain_text(name)
    positions = _with_every_period(labels)
    found: list[Series] = []
    band_names = _band_names([trace for trace in traces if trace.fill == "toself"])
    for trace in traces:
        if trace.fill == "toself":
            found += _limits(trace, band_names.pop(0), positions)
        elif trace in shown:
            at = dict(zip(trace.x, numbers(trace.y), strict=True))
            found.append(_line(trace, tuple(at.get(x) for x in positions)))
    return Plotted(
        kind="line",
        categories=tuple(positions.values()),
        series=tuple(found),
        value_title=figure.layout.yaxis.title.text or "",
        category_title=plain_text(figure.layout.xaxis.title.text or ""),
        value_range=_range(figure.layout.yaxis),
        reference_lines=_reference_lines(figure),
    )


def _points(figure: go.Figure, traces: Sequence[Any]) -> Plotted | None:
    if figure.layout.yaxis.ticktext is not None:  # rows with names of their own, which no scatter chart can carry
        return None
    found: list[Series] = []
    named = _named_points(figure)
    for trace in reversed(traces):  # a point that is drawn twice is named where it is drawn last
        if trace.fill is not None or is_text(trace.x) or None in numbers(trace.x):
            return None
        line = _line(trace, numbers(trace.y))
        above, below = reach(trace, "error_y")
        found.append(
            replace(
                line,
                x=tuple(float(x) for x in trace.x),
                line="lines" in (trace.mode or "markers"),
                colour=line.colour or marker_colour(trace),
                marker=symbol(trace) if "markers" in (trace.mode or "markers") else "",
                above=above,
                below=below,
                names=tuple(named.pop((float(x), y), "") for x, y in zip(trace.x, numbers(trace.y), strict=True)),
            )
        )
    found.reverse()
    return Plotted(
        kind="scatter",
        # points first: some programs draw no line of a scatter chart's first series
        series=tuple(sorted(found, key=lambda one: one.line)),
        value_title=figure.layout.yaxis.title.text or "",
        category_title=figure.layout.xaxis.title.text or "",
        value_range=_range(figure.layout.yaxis),
        reversed_categories=figure.layout.xaxis.autorange == "reversed",
        reference_lines=_reference_lines(figure),
    )


def _named_points(figure: go.Figure) -> dict[tuple[float, float | None], str]:
    """Where a point is -> what is written beside it."""
    return {
        (float(one.x), float(one.y)): plain_text(one.text)
        for one in figure.layout.annotations
        if one.xref in {None, "x"} and one.yref in {None, "y"} and not isinstance(one.x, str)
    }


def _line(trace: Any, values: tuple[float | None, ...]) -> Series:
    return Series(
        name=plain_text(trace.name or "Value"),
        values=values,
        colour=as_hex(trace.line.color),
        dash=trace.line.dash or "solid",
        width=trace.line.width or 2,
        line="lines" in (trace.mode or "lines"),
        marker=symbol(trace) if "markers" in (trace.mode or "") else "",
    )


def _band_names(bands: Sequence[Any]) -> list[str]:
    """A name for each band; of bands that share one ("Forecast, 80% and 95%"), the widest takes the highest level."""
    names = [str(band.name) for band in bands]
    for name in set(names):
        levels = sorted(re.findall(r"\d+%", name), key=lambda level: int(level[:-1]), reverse=True)
        sharing = [i for i, other in enumerate(names) if other == name]
        if 1 < len(levels) == len(sharing):
            sharing.sort(key=lambda i: max(bands[i].y) - min(bands[i].y), reverse=True)
            for i, level in zip(sharing, levels, strict=True):
                names[i] = f"{name.split(',')[0]}, {level} interval"
    return names


def _limits(trace: Any, name: str, positions: dict[float, str]) -> list[Series]:
    """Both edges of a shaded band, which plotly draws as one closed outline: forth along one, back along the other."""
    half = len(trace.x) // 2
    edges = (
        dict(zip(trace.x[:half], numbers(trace.y[:half]), strict=True)),
        dict(zip(trace.x[half:], numbers(trace.y[half:]), strict=True)),
    )
    lower, upper = sorted(edges, key=lambda edge: sum(value or 0 for value in edge.values()))
    return [
        Series(
            name=f"{name}, {side} limit",
            values=tuple(edge.get(x) for x in positions),
            colour=as_hex(trace.fillcolor),
            dash="dot",
            width=1,
            limit=True,
        )
        for side, edge in (("lower", lower), ("upper", upper))
    ]


def _with_every_period(labels: dict[float, str]) -> dict[float, str]:
    """Position -> label in order, with periods that no point falls on, so that time keeps its scale."""
    ordered = dict(sorted(labels.items()))
    positions = list(ordered)
    try:
        first = parse_period(ordered[positions[0]])
    except SourceChanged:
        return ordered
    steps = [(x - positions[0]) for x in positions]
    if any(step != round(step) for step in steps):
        return ordered
    return {
        positions[0] + step: Period(first.start + step, first.end + step).label for step in range(round(steps[-1]) + 1)
    }


def _reference_lines(figure: go.Figure) -> tuple[tuple[str, float], ...]:
    named = {note.y: plain_text(note.text) for note in figure.layout.annotations if note.text}
    return tuple(
        (named.get(shape.y0, f"{shape.y0:.1f}"), float(shape.y0))
        for shape in figure.layout.shapes
        if shape.type == "line" and shape.y0 == shape.y1 and "domain" in str(shape.xref)
    )


def _lines_named_above(figure: go.Figure) -> bool:
    """Whether lines that cross all rows are named above the plot, which no chart of PowerPoint's own can hold."""
    across = any(shape.type == "line" and shape.yref == "y domain" for shape in figure.layout.shapes)
    return across and any(one.yref == "paper" and one.xref in {None, "x"} for one in figure.layout.annotations)


def _panels(figure: go.Figure) -> int:
    return len({(trace.xaxis or "x", trace.yaxis or "y") for trace in figure.data})


def _axes(figure: go.Figure, *, horizontal: bool) -> tuple[Any, Any]:
    layout = figure.layout
    return (layout.xaxis, layout.yaxis) if horizontal else (layout.yaxis, layout.xaxis)


def _range(axis: Any) -> tuple[float, float] | None:
    if axis.range is None:
        return None
    low, high = axis.range
    return (float(low), float(high)) if all(isinstance(v, (int, float)) for v in (low, high)) else None
