"""Deforms a map until every area has about the same size, so that small areas can be seen (an area cartogram)."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

BRITISH_GRID = 27700
ROUNDS = 20
"""Rounds of deformation; more than these do not bring the areas nearer to one size."""

TOLERANCE_METRES = 4000
"""How coarse the outlines may be: only the middle of each area is used."""


def equal_area_centres(layer: gpd.GeoDataFrame) -> FloatArray:
    """Return the middle of each area on a map on which all areas have about the same size.

    Every area pushes all points of the map away from its middle while it is too small, and pulls them while it is too
    large; the pushes of all areas are added, damped by the mean error of size, and repeated.

    Args:
        layer: areas with shared edges, in any coordinates that are known.

    Returns:
        areas by 2 (east, north), in lengths of the side of a square that is as large as the mean area. Only relative
        places mean something.

    Source: Dougenik, Chrisman and Niemeyer (1985), "An algorithm to construct continuous area cartograms". That
    no outline crosses another afterwards is not checked; the middles need not care.
    """
    shapes = np.asarray(layer.geometry.to_crs(BRITISH_GRID).simplify_coverage(TOLERANCE_METRES))
    shapes = shapely.transform(shapes, lambda metres: metres / np.sqrt(shapely.area(shapes).mean()))
    for _ in range(ROUNDS):
        shapes = shapely.set_coordinates(shapes, _pushed(shapes))
    return np.asarray(_centres(shapes) / np.sqrt(shapely.area(shapes).mean()))


def _pushed(shapes: NDArray[np.object_]) -> FloatArray:
    points, centres, areas = shapely.get_coordinates(shapes), _centres(shapes), shapely.area(shapes)
    wanted = areas.mean()
    radius = np.sqrt(areas / np.pi)
    mass = np.sqrt(wanted / np.pi) - radius
    damping = 1 / (1 + float(np.mean(np.maximum(areas, wanted) / np.minimum(areas, wanted))))
    away = points[:, None] - centres[None]
    distance = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-9)
    share = distance / radius
    force = np.where(share > 1, mass / share, mass * share**2 * (4 - 3 * share))
    return np.asarray(points + damping * (away * (force / distance)[..., None]).sum(axis=1))


def _centres(shapes: NDArray[np.object_]) -> FloatArray:
    return np.asarray(shapely.get_coordinates(shapely.centroid(shapes)))
