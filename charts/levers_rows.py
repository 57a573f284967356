"""Charts of many rows, each with its words above its marks, so that long names fit a phone and a slide alike."""

from collections.abc import Sequence
from typing import Any

from charts.drawing import Drawing
from charts.palette import Palette
from charts.theme import drawn

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
    names = {
        "type": "scatter",
        "x": [x_range[0]] * count,
        "y": [-row + _WORDS_ABOVE for row in range(count)],
        "text": list(row_words),
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"size": 15, "color": palette.ink},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "name": "row names",
    }
    left, right = directions
    meanings = (
        (left, f"\N{LEFTWARDS ARROW} {left}", "right", -8),
        (right, f"{right} \N{RIGHTWARDS ARROW}", "left", 8),
    )
    return drawn(
        [*_guides(count, x_range, palette), *marks, names],  # the guides first, so that marks cover them
        palette,
        height=110 + ROW_HEIGHT * count,
        layout={
            "showlegend": False,
            "margin": {"t": 30},
            "annotations": [
                {
                    "x": 0,
                    "y": 1,
                    "yref": "paper",
                    "yanchor": "bottom",
                    "text": text,
                    "showarrow": False,
                    "xanchor": anchor,
                    "xshift": shift,
                    "font": {"size": 15, "color": palette.quiet},
                }
                for meaning, text, anchor, shift in meanings
                if meaning
            ],
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
        {
            "type": "scatter",
            "x": x,
            "y": y,
            "mode": "lines",
            "line": {"color": colour, "width": width},
            "hoverinfo": "skip",
            "name": name,
            "showlegend": False,
        }
        for (x, y), name, colour, width in (
            (across, "row", palette.grid, 1),
            (at_zero, "zero", palette.quiet, 2),
        )
    ]


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
    x, y = joined(starts, ends, mark_heights(len(starts)))
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "name": name,
    }
