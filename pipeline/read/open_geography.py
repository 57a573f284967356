"""Reads boundaries of ONS Open Geography (ArcGIS, GeoJSON): which areas there are and how far each one reaches.

Quirks: the service answers an error with status 200; a long answer is cut and says so; the code's field carries the year
of the geography (CTYUA24CD).
"""

import json
import re
from typing import Any

import pandas as pd

from pipeline.errors import SourceChanged
from pipeline.read.delimited import text_of
from pipeline.read.reading import Asked, Reading, in_force, plain

_CODE = re.compile(r"(CTYUA|RGN|CAUTH)(\d{2})CD")


def read_extents(content: bytes, asked: Asked) -> Reading:
    """Table `boundary_extents`: code, name and the box that an area's boundary fills, in degrees.

    Raises:
        SourceChanged: the answer is an error, is cut, or has no field of codes.
    """
    where = asked.where
    try:
        answer = json.loads(text_of(content, where=where))
        if "error" in answer:
            raise SourceChanged(
                f"The service answers with an error: {answer['error'].get('message', '')}.",
                where=where,
                do="The layer may have been renamed: look it up at https://geoportal.statistics.gov.uk/.",
            )
        if answer.get("exceededTransferLimit") or answer.get("properties", {}).get("exceededTransferLimit"):
            raise SourceChanged("The service has cut its answer.", where=where, do="Ask for it in parts.")
        features = answer["features"]
        field = next(name for name in features[0]["properties"] if _CODE.fullmatch(name))
        year = f"20{field[-4:-2]}"
        rows = pd.DataFrame([_extent(feature, field) for feature in features])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration) as error:
        raise SourceChanged(
            f"The answer is not the GeoJSON we know: {type(error).__name__} {error}.",
            where=where,
            do="Expected features with a code such as CTYUA24CD and a name such as CTYUA24NM.",
        ) from None
    if year != asked.release[:4]:
        raise SourceChanged(
            f"The field {field} is that of {year}; release {asked.release} was asked for.",
            where=where,
            do="Boundaries of another year must not be taken in as these. Look at the layer's name in pipeline/sources.",
        )
    rows, replaced = in_force(rows, where=where)
    names = [plain(name, where=where) for name in rows["area_name"]]
    return Reading(rows.assign(release=asked.release, area_name=names), replaced)


def _extent(feature: dict[str, Any], field: str) -> dict[str, object]:
    points = list(_points(feature["geometry"]["coordinates"]))
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return {
        "area_code": feature["properties"][field],
        "area_name": feature["properties"][f"{field[:-2]}NM"],
        "west": min(longitudes),
        "south": min(latitudes),
        "east": max(longitudes),
        "north": max(latitudes),
    }


def _points(nested: Any) -> Any:
    if isinstance(nested[0], (int, float)):
        yield nested
        return
    for part in nested:
        yield from _points(part)
