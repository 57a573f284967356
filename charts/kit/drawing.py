"""A figure as lists and dicts, as plotly.js reads it: quick to make, to measure and to send."""

import json
from collections.abc import Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go


@dataclass(frozen=True)
class Drawing:
    """Marks and layout of a figure. Read it only: all visitors share it.

    plotly's own objects check each property whenever it is given or read, which takes longer than all else in making a
    chart, and there is no public way to skip it (https://github.com/plotly/plotly.py/issues/1812 and 5514). So plotly checks
    a drawing only where it draws a picture of it; tests have it check every chart.
    """

    traces: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Turn columns and arrays into lists: plotly would pack arrays, and plotly.js draws what is packed twice."""
        for name in ("traces", "layout"):
            object.__setattr__(self, name, _listed(getattr(self, name)))

    def with_layout(self, **layout: Any) -> "Drawing":
        """The same marks with some properties of the layout replaced."""
        changed = copy(self)  # its marks are lists already
        object.__setattr__(changed, "layout", {**self.layout, **_listed(layout)})
        return changed

    def figure(self) -> go.Figure:
        """A new figure of plotly's, which may be changed.

        Raises:
            ValueError: plotly does not know a property, or its value is of the wrong kind.
        """
        return go.Figure(data=deepcopy(self.traces), layout=deepcopy(self.layout))


def drawing_of(figure: go.Figure) -> Drawing:
    """What a figure of plotly's draws, copied."""
    return Drawing([trace.to_plotly_json() for trace in figure.data], figure.layout.to_plotly_json())


def as_json(value: Any) -> str:
    """Parts of a drawing as JSON that plotly.js reads; what is not a number is null."""
    # takes a fifth of a second to load, and only what leaves the screen needs it
    from plotly.utils import PlotlyJSONEncoder  # noqa: PLC0415

    return json.dumps(value, cls=PlotlyJSONEncoder, separators=(",", ":"))


def _listed(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _listed(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_listed(value) for value in part]
    if isinstance(part, np.generic):
        return part.item()
    return part.tolist() if hasattr(part, "tolist") else part
