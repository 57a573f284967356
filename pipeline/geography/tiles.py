"""Tile map: every authority as one square of the same size, near its neighbours, regions in one piece."""

import geopandas as gpd
import pandas as pd
import shapely

from pipeline.errors import ContractBroken
from pipeline.geography.boundaries import geojson_text
from pipeline.sources.facts import facts
from pipeline.tables.tiles import TILE_DEGREES, TILES


def tile_layout(areas: pd.DataFrame) -> pd.DataFrame:
    """Table `tiles` from pipeline/sources/tiles.csv, once it has one cell for every authority of table `areas`.

    Raises:
        ContractBroken: an authority has no tile, a tile no authority, or a cell holds two.
    """
    tiles = facts(TILES)
    authorities = set(areas.loc[areas["area_type"] == "utla", "area_code"])
    missing, unknown = sorted(authorities - set(tiles["area_code"])), sorted(set(tiles["area_code"]) - authorities)
    if missing or unknown:
        raise ContractBroken(
            f"The tile map does not hold the authorities in force: missing {', '.join(missing) or 'none'}; not expected "
            f"{', '.join(unknown) or 'none'}.",
            where="pipeline/sources/tiles.csv",
            do="Give each new authority a row with a label and an empty cell beside its neighbours; delete the others.",
        )
    return tiles


def tile_files(tiles: pd.DataFrame, areas: pd.DataFrame) -> dict[str, str]:
    """File name -> GeoJSON text: one square per authority, and the outline of each region's squares."""
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
