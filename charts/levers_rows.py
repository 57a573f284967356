"""Charts of many rows, each with its words above its marks, so that long names fit a phone and a slide alike."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.palette import Palette
from charts.theme import themed

ROW_HEIGHT = 46
_WORDS_ABOVE, _MARKS_BELOW = 0.24, 0.16


def mark_heights(count: int) -> list[float]:
    """Return the height of the marks of each row, the first at the top."""
    return [-row - _MARKS_BELOW for row in range(count)]


def in_rows(
    figure: go.Figure,
    row_words: Sequence[str],
    *,
    x_range: tuple[float, float],
    x_title: str,
    directions: tuple[str, str],
    palette: Palette,
) -> go.Figure:
    """Return a figure of marks at `mark_heights` with its words, a line at zero and what left and right of it mean.

    Args:
        figure: holds the marks.
        row_words: what is written above the marks of each row.
        x_range: the axis.
        x_title: title of the axis, short enough for a phone.
        directions: meaning of left and of right of zero, one or two words each; "" where none is needed.
        palette: colours.
    """
    count = len(row_words)
    figure.add_trace(
        go.Scatter(
            x=[x_range[0]] * count,
            y=[-row + _WORDS_ABOVE for row in range(count)],
            text=list(row_words),
            mode="text",
            textposition="middle right",
            textfont={"size": 15, "color": palette.ink},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
            name="row names",
        )
    )
    _add_guides(figure, count, x_range, palette)
    themed(figure, palette, height=110 + ROW_HEIGHT * count)
    left, right = directions
    for text, anchor, shift in (
        (f"\N{LEFTWARDS ARROW} {left}", "right", -8),
        (f"{right} \N{RIGHTWARDS ARROW}", "left", 8),
    ):
        if not text.strip("\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW} "):
            continue
        figure.add_annotation(
            x=0,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=text,
            showarrow=False,
            xanchor=anchor,
            xshift=shift,
            font={"size": 15, "color": palette.quiet},
        )
    figure.update_layout(showlegend=False, margin={"t": 30})
    figure.update_xaxes(
        range=list(x_range), showgrid=False, zeroline=False, title={"text": x_title, "font": {"size": 15}}
    )
    figure.update_yaxes(visible=False, range=[-count + 0.4, 0.6])
    return figure


def _add_guides(figure: go.Figure, count: int, x_range: tuple[float, float], palette: Palette) -> None:
    """Put a quiet line under the marks of each row, with a tick at zero: lines through the words would hide them."""
    heights = mark_heights(count)
    across = joined([x_range[0]] * count, [x_range[1]] * count, heights)
    at_zero: tuple[list[float | None], list[float | None]] = ([], [])
    for height in heights:
        at_zero[0].extend([0.0, 0.0, None])
        at_zero[1].extend([height - 0.16, height + 0.16, None])
    for (x, y), name, colour, width in (
        (across, "row", palette.grid, 1),
        (at_zero, "zero", palette.quiet, 2),
    ):
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": colour, "width": width},
                hoverinfo="skip",
                name=name,
                showlegend=False,
            )
        )
    *marks, rows, zero = figure.data
    figure.data = (rows, zero, *marks)  # drawn first, so that marks cover them


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
