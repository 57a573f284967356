"""The key of the two-way map: nine squares, three by three, with how many areas each holds."""

from collections.abc import Sequence
from typing import Any

from charts.map_classes import MapClass
from charts.palette import Palette

WIDTH, HEIGHT = 0.30, 0.24
TEXT_SIZE = 13


def two_way_key(classes: Sequence[MapClass], palette: Palette) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return trace and layout of the key, in the upper left corner of a map.

    Args:
        classes: nine classes, in the order of `map_classes`.
        palette: colours.
    """
    counts = [len(one.rows) for one in classes]
    trace = {
        "type": "heatmap",
        "z": [[3 * down + across for across in range(3)] for down in range(3)],
        "text": [[str(count) for count in counts[start : start + 3]] for start in (0, 3, 6)],
        "zmin": 0,
        "zmax": 9,
        "colorscale": [[(position + edge) / 9, one.colour] for position, one in enumerate(classes) for edge in (0, 1)],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
        "name": "Key",
        "xaxis": "x",
        "yaxis": "y",
    }
    axis = {"visible": False, "fixedrange": True, "automargin": False}
    layout: dict[str, Any] = {
        "xaxis": axis | {"domain": [0, WIDTH]},
        "yaxis": axis | {"domain": [0.95 - HEIGHT, 0.95], "autorange": "reversed"},
        "annotations": [
            _note("Areas in each group", 0, 1, palette, bold=True),
            _note("More deprived \N{RIGHTWARDS ARROW}", 0, 0.95 - HEIGHT, palette, below=True),
            _note("\N{DOWNWARDS ARROW} Fewer healthy years", 0, 0.95 - HEIGHT - 0.035, palette, below=True),
            *(
                {
                    "x": position % 3,
                    "y": position // 3,
                    "xref": "x",
                    "yref": "y",
                    "text": str(count),
                    "showarrow": False,
                    "font": {"size": TEXT_SIZE + 2, "color": palette.on(one.colour)},
                }
                for position, (one, count) in enumerate(zip(classes, counts, strict=True))
            ),
        ],
    }
    return trace, layout


def _note(
    text: str, x: float, y: float, palette: Palette, *, below: bool = False, bold: bool = False
) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>" if bold else text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -2 if below else 0,
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": palette.ink},
    }
