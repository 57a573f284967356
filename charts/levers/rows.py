"""Charts of many rows, each with its words above its marks, so that long names fit a phone and a slide alike."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, error_bars, points, way
from charts.kit.palette import Palette
from charts.kit.theme import drawn

ROW_HEIGHT = 46
_WORDS_ABOVE, _MARKS_BELOW = 0.24, 0.16


def mark_heights(count: int) -> list[float]:
    """Height of the marks of each row, the first at the top."""
    return [-row - _MARKS_BELOW for row in range(count)]


def in_rows(
    marks: Sequence[Mark],
    row_words: Sequence[str],
    *,
    x_range: tuple[float, float],
    x_title: str,
    directions: tuple[str, str],
    palette: Palette,
    key: bool = False,
) -> Drawing:
    """Marks at `mark_heights` with the words of each row above, and what left and right of zero mean.

    `directions`: meaning of left and of right, one or two words each; "" where none is needed. With `key`, the
    marks are named above the rows.
    """
    count = len(row_words)
    names = row_names(row_words, x=x_range[0], above=_WORDS_ABOVE, palette=palette)
    left, right = directions
    meanings = [way(f"\N{LEFTWARDS ARROW} {left}", towards="left", palette=palette)] if left else []
    meanings += [way(f"{right} \N{RIGHTWARDS ARROW}", towards="right", palette=palette)] if right else []
    # above what left and right mean, whether or not a title stands above the plot
    named = {"legend": {"y": 1 + 30 / (ROW_HEIGHT * count), "yanchor": "bottom"}, "margin": {"t": 64}} if key else {}
    layout = {
        "showlegend": key,
        "margin": {"t": 30},
        "annotations": meanings,
        "xaxis": axis(x_title, range=list(x_range), showgrid=False, zeroline=False),
        "yaxis": {"visible": False, "range": [-count + 0.4, 0.6]},
        **named,
    }
    # the guides first, so that marks cover them
    traces = [*_guides(count, x_range, palette), *marks, names]
    return drawn(traces, palette, height=110 + ROW_HEIGHT * count, layout=layout)


def _guides(count: int, x_range: tuple[float, float], palette: Palette) -> list[Mark]:
    """A quiet line under the marks of each row, with a tick at zero: lines through the words would hide them."""
    heights = mark_heights(count)
    across = [((x_range[0], height), (x_range[1], height)) for height in heights]
    at_zero = [((0.0, height - 0.16), (0.0, height + 0.16)) for height in heights]
    return [
        _strokes(across, name="row", colour=palette.grid, width=1) | {"showlegend": False},
        _strokes(at_zero, name="zero", colour=palette.quiet, width=2) | {"showlegend": False},
    ]


def row_names(texts: Sequence[str], *, x: float, above: float, palette: Palette) -> Mark:
    """The words of each row, from `x` on and so far above the middle of the row."""
    return {
        "type": "scatter",
        "x": [x] * len(texts),
        "y": [-row + above for row in range(len(texts))],
        "text": list(texts),
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"size": 15, "color": palette.ink},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "name": "row names",
    }


def dots(
    values: Collection[float],
    *,
    limits: tuple[Iterable[float], Iterable[float]] | None = None,
    name: str,
    hover: str,
    colour: str,
    marker: Mark | None = None,
    **more: Any,
) -> Mark:
    """A point in each row, with its interval where the lower and the upper limits are given."""
    bars = {"error_x": error_bars(values, *limits, colour)} if limits else {}
    look = {"size": 14, "color": colour, **(marker or {})}
    return points(values, mark_heights(len(values)), hover=hover, name=name, marker=look, **bars, **more)


def before_dots(values: Sequence[float], heights: Sequence[float], *, palette: Palette, **more: Any) -> Mark:
    """Open points in each row, for what was before."""
    marker = {"size": 13, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}}
    return points(values, heights, marker=marker, **more)


def link(starts: Sequence[float], ends: Sequence[float], *, name: str, colour: str, width: int = 2) -> Mark:
    """A line in each row, from one mark to another, that says nothing when pointed at."""
    rows = zip(starts, ends, mark_heights(len(starts)), strict=True)
    strokes = [((start, height), (end, height)) for start, end, height in rows]
    return _strokes(strokes, name=name, colour=colour, width=width)


def _strokes(
    strokes: Sequence[tuple[tuple[float, float], tuple[float, float]]], *, name: str, colour: str, width: int
) -> Mark:
    """Lines from point to point in one trace: None lifts the pen between them."""
    return {
        "type": "scatter",
        "x": [x for start, end in strokes for x in (start[0], end[0], None)],
        "y": [y for start, end in strokes for y in (start[1], end[1], None)],
        "mode": "lines",
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "name": name,
    }


def extent(reach: float, *columns: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest of all values that are not missing, at least `reach` either side of zero."""
    known = [value for column in columns for value in column if value == value]  # noqa: PLR0124 - NaN
    return min(-reach, *known), max(reach, *known)


def largest(rows: Sequence[Any], column: str, at_most: int | None) -> list[Any]:
    """The rows with the largest sizes in a column, in their order; all where `at_most` is None."""
    by_size = sorted(range(len(rows)), key=lambda at: -abs(rows[at][column]))
    return [rows[at] for at in sorted(by_size[:at_most])]
