"""Maps that need no server: boundaries written into the figure, and an empty set of world outlines."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from charts.kit.drawing import drawing_of
from pipeline.store import STATIC_FOLDER

TOPOLOGY_FILE = STATIC_FOLDER / "topology" / "world_110m.json"


def has_map(figure: go.Figure) -> bool:
    """Whether a figure draws boundaries that it names by address."""
    return any(isinstance(getattr(trace, "geojson", None), str) for trace in figure.data)


def with_boundaries(figure: go.Figure) -> go.Figure:
    """The figure with every boundary file that it names by address written into it; other figures as they are."""
    if not has_map(figure):
        return figure
    inlined = drawing_of(figure).figure()
    for trace in inlined.data:
        if isinstance(getattr(trace, "geojson", None), str):
            trace.geojson = boundaries(Path(trace.geojson).name)
    return inlined


@cache
def boundaries(file_name: str) -> dict[str, Any]:
    """A boundary file of the dashboard as GeoJSON; do not change what is returned."""
    found: dict[str, Any] = json.loads((STATIC_FOLDER / "boundaries" / file_name).read_text(encoding="utf-8"))
    return found


@cache
def empty_topology() -> dict[str, Any]:
    """The empty set of world outlines, in place of the one that plotly.js would ask a third party for."""
    found: dict[str, Any] = json.loads(TOPOLOGY_FILE.read_text(encoding="utf-8"))
    return found
