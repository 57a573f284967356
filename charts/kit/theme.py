"""The look that all charts share: type, margins, grid, legend."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.io as pio

from charts.kit.drawing import Drawing
from charts.kit.palette import Palette

pio.templates.default = None  # `drawn` sets all that is wanted, and a template is drawn anew each time (see REVISION)

FONT = "Source Sans, Source Sans Pro, DejaVu Sans, Arial, sans-serif"

REVISION = "as first drawn"
"""Streamlit hands every figure to plotly.js twice. Told that both are the same revision, plotly.js does nothing the second time;
it has to be so, since a figure that differs is another element to Streamlit. Packed arrays and templates it takes for new
all the same: charts/kit/drawing.py holds lists instead."""

_AXIS = re.compile(r"[xy]axis\d*")


def drawn(
    traces: Sequence[Mapping[str, Any]], palette: Palette, *, height: int = 420, layout: Mapping[str, Any] | None = None
) -> Drawing:
    """A drawing with the shared look: large type, quiet grid, no title (each medium sets its own).

    `traces`: the marks, the lowest first; `height` in pixels; `layout`: what the figure has of its own, before the shared look.
    """
    own = layout or {}
    look = _look(palette, height, ["xaxis", "yaxis", *filter(_AXIS.fullmatch, own)])
    return Drawing(traces, _merged(look, own))


def _look(palette: Palette, height: int, axes: Iterable[str]) -> dict[str, Any]:
    """The shared look of a figure with these axes ("xaxis", "yaxis2")."""
    axis = {
        "gridcolor": palette.grid,
        "linecolor": palette.grid,
        "zerolinecolor": palette.quiet,
        "automargin": True,
        "tickfont": {"size": 15},
        "fixedrange": True,
    }
    across = axis | {"showgrid": False, "ticklabelstandoff": 5}  # clear of the lowest label of the other axis
    up = axis | {"showgrid": True, "zeroline": False}
    return {
        "height": height,
        "font": {"family": FONT, "size": 16, "color": palette.ink},
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "margin": {"l": 8, "r": 20, "t": 16, "b": 8},
        "hoverlabel": {"font": {"family": FONT, "size": 15}},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 15}},
        "dragmode": False,
        "datarevision": REVISION,
        **{name: across if name.startswith("x") else up for name in axes},
    }


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both, what is `above` where both say something."""
    inner = {
        name: _merged(below[name], part)
        for name, part in above.items()
        if isinstance(part, dict) and isinstance(below.get(name), dict)
    }
    return {**below, **above, **inner}
