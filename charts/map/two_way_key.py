"""The key of the two-way map: nine squares, three by three, with how many areas each holds."""

from collections.abc import Sequence
from typing import Any

from charts.kit.palette import Palette
from charts.map.classes import MapClass

SIDE = 3
CELL_WIDTH, CELL_HEIGHT, GAP = 36, 30, 2
"""Of one square in pixels, so that its number fits on a phone and on a slide."""

TOP = 24
TEXT_SIZE = 13


def two_way_key(classes: Sequence[MapClass], palette: Palette) -> list[dict[str, Any]]:
    """The key in the upper left corner of a map; `classes` are nine, in the order of `map_classes`."""
    cells = [
        _note(
            str(len(one.rows)),
            palette.on(one.colour),
            right=position % SIDE * (CELL_WIDTH + GAP),
            down=TOP + position // SIDE * (CELL_HEIGHT + GAP),
        )
        | {
            "width": CELL_WIDTH,
            "height": CELL_HEIGHT,
            "bgcolor": one.colour,
            "bordercolor": palette.quiet,
            "borderwidth": 1,
        }
        for position, one in enumerate(classes)
    ]
    below = TOP + SIDE * (CELL_HEIGHT + GAP)
    return [
        _note("<b>Areas in each group</b>", palette.ink, down=0),
        *cells,
        _note("More deprived \N{RIGHTWARDS ARROW}", palette.ink, down=below + GAP),
        _note("Fewer healthy<br>years \N{DOWNWARDS ARROW}", palette.ink, down=below + GAP + 18) | {"align": "left"},
    ]


def _note(text: str, colour: str, *, down: float, right: float = 0) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "xshift": right,
        "yshift": -down,
        "borderpad": 0,
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": colour},
    }
