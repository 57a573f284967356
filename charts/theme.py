"""The look that all charts share: type, margins, grid, legend."""

import plotly.graph_objects as go
import plotly.io as pio

from charts.palette import Palette

pio.templates.default = None  # `themed` sets all that is wanted, and a template is drawn anew each time (see REVISION)

FONT = "Source Sans, Source Sans Pro, DejaVu Sans, Arial, sans-serif"

REVISION = "as first drawn"
"""Streamlit hands every figure to plotly.js twice. Told that both are the same revision, plotly.js does nothing the second time;
it has to be so, since a figure that differs is another element to Streamlit. Packed arrays and templates it takes for new
all the same: charts/chart.py holds lists instead."""


def themed(figure: go.Figure, palette: Palette, *, height: int = 420) -> go.Figure:
    """Return the figure with the shared look: large type, quiet grid, no title (each medium sets its own)."""
    figure.update_layout(
        height=height,
        font={"family": FONT, "size": 16, "color": palette.ink},
        paper_bgcolor=palette.paper,
        plot_bgcolor=palette.paper,
        margin={"l": 8, "r": 20, "t": 16, "b": 8},
        hoverlabel={"font": {"family": FONT, "size": 15}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 15}},
        dragmode=False,
        datarevision=REVISION,
    )
    axis = {
        "gridcolor": palette.grid,
        "linecolor": palette.grid,
        "zerolinecolor": palette.quiet,
        "automargin": True,
        "tickfont": {"size": 15},
        "fixedrange": True,
    }
    figure.update_xaxes(**axis, showgrid=False, ticklabelstandoff=5)  # clear of the lowest label of the other axis
    figure.update_yaxes(**axis, showgrid=True, zeroline=False)
    return figure
