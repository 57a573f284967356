"""Tile map: every authority as one square of the same size, near its neighbours, regions in one piece."""

from itertools import product
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from pipeline.errors import ContractBroken
from pipeline.geography.boundaries import geojson_text
from pipeline.geography.cartogram import BRITISH_GRID, FloatArray, equal_area_centres
from pipeline.geography.tile_grid import Ground, IntArray, holes_in, improved, nearest_empty, strain, whole_regions
from pipeline.tables.tiles import TILE_DEGREES

STRETCHES = (0.9, 0.95, 1.0)
SHIFTS = (0.0, 1 / 3, 2 / 3)
"""Grids that are tried: how far apart the middles are drawn, and where the grid lies below them."""

CROSSING = 1.5
"""Cells between an island and the authority across the water."""

LABELS_FILE = Path(__file__).with_name("tile_labels.csv")


def tile_layout(layer: gpd.GeoDataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return one cell of a grid for every authority.

    The middles of an equal-area cartogram are brought to a grid with every region in one piece. Of all grids tried, the
    one with fewest holes and least strain between neighbours is taken and improved by exchanges. Islands come last, beside
    the authority across the water.

    Args:
        layer: simplified boundaries of authorities with area_name, indexed by area_code.
        areas: table `areas`, for the region of each authority.

    Returns:
        area_code, label (up to four letters), column (1 is the west), row (1 is the north).

    Raises:
        ContractBroken: no grid keeps every region in one piece.
    """
    layer = layer.sort_index()
    touching = _touching(layer)
    on_land = np.isin(np.arange(len(layer)), touching)
    cells = np.zeros((len(layer), 2), dtype=np.int64)
    cells[on_land] = _mainland(layer[on_land], areas.set_index("area_code")["region_code"])
    middles = _middles(layer)
    for island in np.flatnonzero(~on_land):
        away = middles[island] - middles[on_land]
        nearest = np.hypot(*away.T).argmin()
        direction = away[nearest] / np.hypot(*away[nearest])
        cells[island] = nearest_empty(cells[on_land], cells[on_land][nearest] + CROSSING * direction)
        on_land[island] = True
    return pd.DataFrame(
        {
            "area_code": layer.index,
            "label": labels(layer["area_name"]),
            "column": cells[:, 0] - cells[:, 0].min() + 1,
            "row": cells[:, 1].max() - cells[:, 1] + 1,
        }
    )


def _mainland(layer: gpd.GeoDataFrame, region_codes: pd.Series) -> IntArray:
    neighbours = _touching(layer)
    middles = _middles(layer)
    apart = middles[neighbours[:, 1]] - middles[neighbours[:, 0]]
    ground = Ground(region_codes.reindex(layer.index).to_numpy(), neighbours, apart / np.hypot(*apart.T)[:, np.newaxis])
    centres = equal_area_centres(layer)
    centres -= centres.min(axis=0)
    found = []
    for stretch, east, north in product(STRETCHES, SHIFTS, SHIFTS):
        wanted = centres * stretch + (east, north)
        cells = whole_regions(wanted, ground)
        if cells is not None:
            found.append((holes_in(cells), strain(cells, ground), cells, wanted))
    if not found:
        raise ContractBroken(
            "No tile map keeps every region in one piece.",
            where="data/raw/boundaries",
            do="Check the regions in the lookup, or try more STRETCHES and SHIFTS in pipeline/geography/tiles.py.",
        )
    _, _, cells, wanted = min(found, key=lambda one: one[:2])
    return improved(cells, wanted, ground)


def _touching(layer: gpd.GeoDataFrame) -> IntArray:
    """Return pairs of positions of areas that share an edge or a point."""
    first, second = layer.sindex.query(layer.geometry, predicate="intersects")
    return np.asarray(np.column_stack([first, second])[first < second])


def _middles(layer: gpd.GeoDataFrame) -> FloatArray:
    return np.asarray(shapely.get_coordinates(shapely.centroid(layer.geometry.to_crs(BRITISH_GRID))))


def labels(names: pd.Series) -> list[str]:
    """Return a label of up to four letters for each authority; a new one gets the first letters of its name.

    Args:
        names: area names, indexed by area_code.
    """
    written = pd.read_csv(LABELS_FILE, index_col="area_code", keep_default_na=False)["label"]
    return [str(written.get(code, str(name)[:4])) for code, name in names.items()]


def tile_files(tiles: pd.DataFrame, areas: pd.DataFrame) -> dict[str, str]:
    """Return file name -> GeoJSON text: one square per authority, and the outline of each region's squares.

    Args:
        tiles: table `tiles`.
        areas: table `areas`.
    """
    rows = tiles.merge(areas[["area_code", "area_name", "region_code"]], on="area_code", validate="one_to_one")
    west = (rows["column"] - (rows["column"].max() + 2) / 2) * TILE_DEGREES
    south = (rows["row"].max() / 2 - rows["row"]) * TILE_DEGREES
    squares = gpd.GeoDataFrame(
        rows[["area_code", "area_name", "region_code"]],
        geometry=shapely.box(west, south, west + TILE_DEGREES, south + TILE_DEGREES),
    )
    names = areas.set_index("area_code")["area_name"]
    outlines = squares.dissolve("region_code", method="coverage")[["geometry"]]
    return {
        "tiles.geojson": geojson_text(squares.set_index("area_code")),
        "tile-regions.geojson": geojson_text(outlines.assign(area_name=names.reindex(outlines.index))),
    }
