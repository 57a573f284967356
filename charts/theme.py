"""The look that all charts share: type, margins, grid, legend."""

import plotly.graph_objects as go

from charts.palette import Palette

FONT = "Source Sans, Source Sans Pro, DejaVu Sans, Arial, sans-serif"


def themed(figure: go.Figure, palette: Palette, *, height: int = 420) -> go.Figure:
    """Return the figure with the shared look: large type, quiet grid, no title (each medium sets its own)."""
    figure.update_layout(
        template="none",
        height=height,
        font={"family": FONT, "size": 16, "color": palette.ink},
        paper_bgcolor=palette.paper,
        plot_bgcolor=palette.paper,
        margin={"l": 8, "r": 16, "t": 16, "b": 8},
        hoverlabel={"font": {"family": FONT, "size": 15}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 15}},
        dragmode=False,
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
