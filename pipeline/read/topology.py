"""Reads boundaries as TopoJSON and keeps what we draw: English areas in force, with the arcs that they share.

Layers used: `rgn`, `utla`, `cauth`. An area that has ended carries `end`. Arcs stay integers as published, so shared
edges stay shared; arcs that no kept area uses are pruned and the rest renumbered.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pipeline.areas import area_type_of
from pipeline.errors import SourceChanged
from pipeline.read.delimited import text_of
from pipeline.read.reading import Asked, codes_exact, plain
from pipeline.succession import as_counted

LAYERS: Mapping[str, str] = {"region": "rgn", "combined-authority": "cauth", "utla": "utla"}
"""Area type -> layer of the publisher's file and of ours."""


def read_topology(content: bytes, asked: Asked) -> str:
    """Our TopoJSON text: the same layers, each area with `area_code` and `area_name`.

    Raises:
        SourceChanged: the file is not TopoJSON, a layer is missing, or a level has another number of areas.
    """
    where = asked.where
    try:
        topology = json.loads(text_of(content, where=where))
        layers = {layer: topology["objects"][layer]["geometries"] for layer in LAYERS.values()}
        arcs, transform = topology["arcs"], topology["transform"]
        kept = {layer: _areas_in_force(layers[layer], area_type, where=where) for area_type, layer in LAYERS.items()}
    except (ValueError, KeyError, TypeError) as error:
        raise SourceChanged(
            f"The file is not the TopoJSON we know: {type(error).__name__} {error}.",
            where=where,
            do=f"Expected arcs, transform and the layers {', '.join(LAYERS.values())}.",
        ) from None
    expected = dict(asked.source.areas)
    for area_type, layer in LAYERS.items():
        found = number_as_counted(kept[layer])
        if found != expected[area_type]:
            raise SourceChanged(
                f"Expected {expected[area_type]} areas of level {area_type}, found {found}.",
                where=where,
                do="Areas may have been created or abolished: see the part on code changes in docs/updating-the-data.md.",
            )
    used = sorted({arc for areas in kept.values() for area in areas for arc in _arcs_of(area["arcs"])})
    position = {arc: index for index, arc in enumerate(used)}
    for areas in kept.values():
        for area in areas:
            area["arcs"] = _renumbered(area["arcs"], position)
    return _text(transform, [arcs[arc] for arc in used], kept)


def number_as_counted(areas: Iterable[Mapping[str, Any]]) -> int:
    """How many areas of a layer there would be without the changes since areas were counted."""
    return len(as_counted(area["id"] for area in areas))


def areas_of(text: str) -> pd.DataFrame:
    """Code and name of every area of our TopoJSON text, all levels together."""
    objects = json.loads(text)["objects"].values()
    return pd.DataFrame([area["properties"] for layer in objects for area in layer["geometries"]])


def _areas_in_force(geometries: list[dict[str, Any]], area_type: str, *, where: str) -> list[dict[str, Any]]:
    codes_exact(pd.Series([geometry["properties"]["areacd"] for geometry in geometries], dtype="str"), where=where)
    kept = []
    for geometry in geometries:
        facts = geometry["properties"]
        if facts.get("end") or area_type_of(facts["areacd"]) != area_type:
            continue
        name = plain(facts["areanm"], where=where)
        kept.append(
            {
                "type": geometry["type"],
                "id": facts["areacd"],
                "properties": {"area_code": facts["areacd"], "area_name": name},
                "arcs": geometry["arcs"],
            }
        )
    return sorted(kept, key=lambda area: str(area["id"]))


def _arcs_of(nested: Any) -> list[int]:
    if isinstance(nested, int):
        return [nested if nested >= 0 else ~nested]
    return [arc for part in nested for arc in _arcs_of(part)]


def _renumbered(nested: Any, position: Mapping[int, int]) -> Any:
    if isinstance(nested, int):
        # a negative index ~i walks arc i backwards
        return position[nested] if nested >= 0 else ~position[~nested]
    return [_renumbered(part, position) for part in nested]


def _text(transform: object, arcs: list[object], layers: Mapping[str, list[dict[str, Any]]]) -> str:
    """Write one area or arc per line, so that a change can be read as a diff."""

    def dump(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    lines = ["{", f'"type":"Topology","transform":{dump(transform)},', '"objects":{']
    for index, (name, areas) in enumerate(layers.items()):
        lines.append(f'{dump(name)}:{{"type":"GeometryCollection","geometries":[')
        lines += [f"{dump(area)}{',' if area is not areas[-1] else ''}" for area in areas]
        lines.append("]}" + ("," if index < len(layers) - 1 else ""))
    lines += ["},", '"arcs":[']
    lines += [f"{dump(arc)}{',' if index < len(arcs) - 1 else ''}" for index, arc in enumerate(arcs)]
    lines += ["]}"]
    return "\n".join(lines) + "\n"
