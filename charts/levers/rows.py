"""Charts of many rows, each with its words above its marks, so that long names fit a phone and a slide alike."""

from collections.abc import Sequence
from typing import Any

from charts.kit.drawing import Drawing
from charts.kit.marks import error_bars, way
from charts.kit.palette import Palette
from charts.kit.theme import drawn

ROW_HEIGHT = 46
_WORDS_ABOVE, _MARKS_BELOW = 0.24, 0.16


def mark_heights(count: int) -> list[float]:
    """Return the height of the marks of each row, the first at the top."""
    return [-row - _MARKS_BELOW for row in range(count)]


def in_rows(
    marks: Sequence[dict[str, Any]],
    row_words: Sequence[str],
    *,
    x_range: tuple[float, float],
    x_title: str,
    directions: tuple[str, str],
    palette: Palette,
) -> Drawing:
    """Return a figure of marks at `mark_heights` with its words, a line at zero and what left and right of it mean.

    Args:
        marks: the marks, as plotly.js knows them.
        row_words: what is written above the marks of each row.
        x_range: the axis.
        x_title: title of the axis, short enough for a phone.
        directions: meaning of left and of right of zero, one or two words each; "" where none is needed.
        palette: colours.
    """
    count = len(row_words)
    names = row_names(row_words, x=x_range[0], above=_WORDS_ABOVE, palette=palette)
    left, right = directions
    meanings = [way(f"\N{LEFTWARDS ARROW} {left}", towards="left", palette=palette)] if left else []
    meanings += [way(f"{right} \N{RIGHTWARDS ARROW}", towards="right", palette=palette)] if right else []
    return drawn(
        [*_guides(count, x_range, palette), *marks, names],  # the guides first, so that marks cover them
        palette,
        height=110 + ROW_HEIGHT * count,
        layout={
            "showlegend": False,
            "margin": {"t": 30},
            "annotations": meanings,
            "xaxis": {
                "range": list(x_range),
                "showgrid": False,
                "zeroline": False,
                "title": {"text": x_title, "font": {"size": 15}},
            },
            "yaxis": {"visible": False, "range": [-count + 0.4, 0.6]},
        },
    )


def _guides(count: int, x_range: tuple[float, float], palette: Palette) -> list[dict[str, Any]]:
    """Return a quiet line under the marks of each row, with a tick at zero: lines through the words would hide them."""
    heights = mark_heights(count)
    across = joined([x_range[0]] * count, [x_range[1]] * count, heights)
    at_zero: tuple[list[float | None], list[float | None]] = ([], [])
    for height in heights:
        at_zero[0].extend([0.0, 0.0, None])
        at_zero[1].extend([height - 0.16, height + 0.16, None])
    return [
        _silent_line(across, name="row", colour=palette.grid, width=1) | {"showlegend": False},
        _silent_line(at_zero, name="zero", colour=palette.quiet, width=2) | {"showlegend": False},
    ]


def row_names(texts: Sequence[str], *, x: float, above: float, palette: Palette) -> dict[str, Any]:
    """Return the trace of the words of each row, from `x` on and so far above the middle of the row."""
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
    values: Sequence[float], lower: Sequence[float], upper: Sequence[float], *, name: str, colour: str
) -> dict[str, Any]:
    """Return the trace of a point with its interval in each row."""
    return {
        "type": "scatter",
        "x": list(values),
        "y": mark_heights(len(values)),
        "mode": "markers",
        "name": name,
        "marker": {"size": 14, "color": colour},
        "error_x": error_bars(values, lower, upper, colour),
    }


def joined(
    starts: Sequence[float], ends: Sequence[float], heights: Sequence[float]
) -> tuple[list[float | None], list[float | None]]:
    """Return x and y of one trace that draws a line from start to end in each row."""
    x: list[float | None] = []
    y: list[float | None] = []
    for start, end, height in zip(starts, ends, heights, strict=True):
        x += [start, end, None]
        y += [height, height, None]
    return x, y


def link(starts: Sequence[float], ends: Sequence[float], *, name: str, colour: str, width: int = 2) -> dict[str, Any]:
    """Return the trace of a line in each row, from one mark to another, that says nothing when pointed at."""
    return _silent_line(joined(starts, ends, mark_heights(len(starts))), name=name, colour=colour, width=width)


def _silent_line(
    at: tuple[list[float | None], list[float | None]], *, name: str, colour: str, width: int
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": at[0],
        "y": at[1],
        "mode": "lines",
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "name": name,
    }
