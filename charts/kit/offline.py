"""Maps that need no server: boundaries written into the figure, and an empty set of world outlines."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from charts.kit.drawing import Drawing
from pipeline.store import STATIC_FOLDER

TOPOLOGY_FILE = STATIC_FOLDER / "topology" / "world_110m.json"


def with_boundaries(drawing: Drawing) -> Drawing:
    """The drawing with every boundary file that it names by address written into it; other drawings as they are."""
    if not any(_names_boundaries(trace) for trace in drawing.traces):
        return drawing
    traces = [
        {**trace, "geojson": boundaries(Path(trace["geojson"]).name)} if _names_boundaries(trace) else trace
        for trace in drawing.traces
    ]
    return Drawing(traces, drawing.layout)


def _names_boundaries(trace: Mapping[str, Any]) -> bool:
    return isinstance(trace.get("geojson"), str)


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
