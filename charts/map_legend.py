"""The key of the two-way map: nine squares, three by three, with how many areas each holds."""

from collections.abc import Sequence
from typing import Any

from charts.map_classes import MapClass
from charts.palette import Palette

SIDE = 3
CELL_WIDTH, CELL_HEIGHT = 0.1, 0.075
"""Of one square, as shares of the figure."""

TOP = 0.955
TEXT_SIZE = 13


def two_way_key(classes: Sequence[MapClass], palette: Palette) -> dict[str, Any]:
    """Return the layout of the key, in the upper left corner of a map: shapes and annotations.

    Args:
        classes: nine classes, in the order of `map_classes`.
        palette: colours.
    """
    shapes, notes = [], [_note("Areas in each group", 1, palette, bold=True)]
    for position, one in enumerate(classes):
        down, across = divmod(position, SIDE)
        left, top = across * CELL_WIDTH, TOP - down * CELL_HEIGHT
        shapes.append(
            {
                "type": "rect",
                "xref": "paper",
                "yref": "paper",
                "x0": left,
                "x1": left + CELL_WIDTH,
                "y0": top - CELL_HEIGHT,
                "y1": top,
                "fillcolor": one.colour,
                "line": {"color": palette.quiet, "width": 1},
            }
        )
        notes.append(
            {
                "x": left + CELL_WIDTH / 2,
                "y": top - CELL_HEIGHT / 2,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "center",
                "yanchor": "middle",
                "text": str(len(one.rows)),
                "showarrow": False,
                "font": {"size": TEXT_SIZE + 2, "color": palette.on(one.colour)},
            }
        )
    bottom = TOP - SIDE * CELL_HEIGHT
    notes += [
        _note("More deprived \N{RIGHTWARDS ARROW}", bottom, palette),
        _note("Fewer healthy<br>years \N{DOWNWARDS ARROW}", bottom - 0.03, palette),
    ]
    return {"shapes": shapes, "annotations": notes}


def _note(text: str, y: float, palette: Palette, *, bold: bool = False) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>" if bold else text,
        "x": 0,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": palette.ink},
    }
