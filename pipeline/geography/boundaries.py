"""Boundaries for the map: simplified with shared edges kept, small enough to send to a phone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from pipeline.errors import ContractBroken
from pipeline.read.boundaries import read_layer
from pipeline.read.topology import LAYERS

TOLERANCE_DEGREES = {"region": 0.012, "combined-authority": 0.008, "utla": 0.008}
"""How far a simplified edge may stray (0.01 degrees is about 1 km): coarse enough for 60 kB, fine enough to know a place."""

DECIMALS = 4
"""Decimals of a coordinate that are kept (about 10 m): with three, rounding makes neighbours overlap."""

SMALLEST_ISLAND_SQUARE_DEGREES = 3e-5
"""Islands under about 0.2 square kilometres are left out; the largest part of an area always stays."""


def simplify(layer: gpd.GeoDataFrame, tolerance_degrees: float) -> gpd.GeoDataFrame:
    """The layer with fewer points; an edge that two areas share stays one edge (coverage simplification).

    Rounding to `DECIMALS` moves both sides of a shared edge alike.

    Raises:
        ContractBroken: an area vanished, or neighbours overlap afterwards.
    """
    simple = layer.copy()
    simple["geometry"] = [_polygons(shape) for shape in layer.geometry]
    # the publisher's rounding leaves a few crossings of an edge with itself, which simplification refuses
    simple["geometry"] = shapely.coverage_clean(np.asarray(simple.geometry))
    simple["geometry"] = [_without_small_islands(shape) for shape in simple.geometry]
    simple["geometry"] = simple.geometry.simplify_coverage(tolerance_degrees)
    simple["geometry"] = [_rounded(shape) for shape in simple.geometry]
    if not simple.geometry.is_valid_coverage():
        raise ContractBroken(
            "Simplified boundaries of neighbours overlap or leave a hole.",
            do="Raise DECIMALS or lower TOLERANCE_DEGREES in pipeline/geography/boundaries.py.",
        )
    return simple


def _polygons(shape: Any) -> Any:
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shape)))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > 0])


def _without_small_islands(shape: Any) -> Any:
    largest, *others = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.MultiPolygon([largest, *(part for part in others if part.area > SMALLEST_ISLAND_SQUARE_DEGREES)])


def _rounded(shape: Any) -> Any:
    kept = []
    for polygon in shapely.get_parts(shape):
        outer, *holes = [_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]
        # plotly draws the whole globe minus a ring of fewer than four points, so such rings must go
        if outer:
            kept.append(shapely.Polygon(outer, [hole for hole in holes if hole]))
    if not kept:
        raise ContractBroken(
            "An area vanished when its boundary was simplified.",
            do="Lower TOLERANCE_DEGREES in pipeline/geography/boundaries.py.",
        )
    return shapely.MultiPolygon(kept)


def _ring(ring: Any) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for x, y in ring.coords:
        point = (round(x, DECIMALS), round(y, DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    return points if len(set(points)) >= 3 else []


def geojson_text(layer: gpd.GeoDataFrame) -> str:
    """GeoJSON text of a layer (area_name, geometry); its index becomes the feature id, outer rings run clockwise."""
    features = []
    for code, shape in layer.geometry.items():
        # sign -1: outer rings clockwise, holes the other way: plotly follows d3, the reverse of RFC 7946
        parts = [shapely.geometry.polygon.orient(part, sign=-1.0) for part in shapely.get_parts(shape)]
        coordinates = [
            [[list(point) for point in ring.coords] for ring in (part.exterior, *part.interiors)] for part in parts
        ]
        features.append(
            {
                "type": "Feature",
                "id": code,
                "properties": {"name": layer.at[code, "area_name"]},
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
            }
        )
    return (
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
        + "\n"
    )


def simplified_layers(path: Path) -> dict[str, gpd.GeoDataFrame]:
    """Area type -> simplified layer, from the raw boundary file."""
    return {area_type: simplify(read_layer(path, area_type), TOLERANCE_DEGREES[area_type]) for area_type in LAYERS}


def boundary_files(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, str]:
    """File name -> GeoJSON text of every area type."""
    return {f"{area_type}.geojson": geojson_text(layer) for area_type, layer in layers.items()}
