"""A chart's drawing in the form in which Streamlit takes a figure."""

from typing import Any

import plotly.graph_objects as go

from charts.kit.drawing import Drawing


# st.plotly_chart takes plotly's figures alone, and these check every property when made: 4 ms a chart at every run, with no
# public way to skip it (github.com/plotly/plotly.py/issues/1812 and /5514). Tests have plotly check every drawing instead.
class Ready(go.Figure):  # type: ignore[misc] # plotly's classes are not typed
    """A figure that hands the dictionaries of a drawing to plotly.js as they are."""

    def __init__(self, drawing: Drawing) -> None:
        """Hold a drawing; what plotly's own figure would work out from it is left undone."""
        object.__setattr__(self, "_drawing", drawing)

    def to_dict(self) -> dict[str, Any]:
        """Return marks and layout; read them only."""
        return {"data": self._drawing.traces, "layout": self._drawing.layout}
