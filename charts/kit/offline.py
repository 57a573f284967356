"""Maps that need no server: boundaries written into the figure, and an empty set of world outlines."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.store import STATIC_FOLDER

BOUNDARIES = STATIC_FOLDER / "boundaries"
TOPOLOGY_FILE = STATIC_FOLDER / "topology" / "world_110m.json"


def with_boundaries(traces: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The traces of a drawing with every boundary file that they name by address written into them."""
    return [
        {**trace, "geojson": boundaries(Path(trace["geojson"]).name)} if _names_boundaries(trace) else trace
        for trace in traces
    ]


def with_files(traces: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The traces of a drawing with the files of this machine that hold its boundaries, which a browser here reads once."""
    return [
        {**trace, "geojson": (BOUNDARIES / Path(trace["geojson"]).name).as_uri()} if _names_boundaries(trace) else trace
        for trace in traces
    ]


def _names_boundaries(trace: Mapping[str, Any]) -> bool:
    return isinstance(trace.get("geojson"), str)


@cache
def boundaries(file_name: str) -> dict[str, Any]:
    """A boundary file of the dashboard as GeoJSON; do not change what is returned."""
    found: dict[str, Any] = json.loads((BOUNDARIES / file_name).read_text(encoding="utf-8"))
    return found


@cache
def empty_topology() -> dict[str, Any]:
    """The empty set of world outlines, in place of the one that plotly.js would ask a third party for."""
    found: dict[str, Any] = json.loads(TOPOLOGY_FILE.read_text(encoding="utf-8"))
    return found
