"""A chart's drawing in the form in which Streamlit takes a figure."""

from typing import Any

import plotly.graph_objects as go

from charts.kit.drawing import Drawing


class Ready(go.Figure):  # type: ignore[misc] # plotly's classes are not typed
    """A figure that is only there to be sent: as it was drawn, neither checked nor copied anew at every run of a screen."""

    def __init__(self, drawing: Drawing) -> None:
        """Hold a drawing; what plotly's own figure would work out from it is left undone."""
        object.__setattr__(self, "_drawing", drawing)

    def to_dict(self) -> dict[str, Any]:
        """Return marks and layout; read them only."""
        return {"data": self._drawing.traces, "layout": self._drawing.layout}
