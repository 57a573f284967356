"""The tile map: one square for each authority, all of one size, near its neighbours, regions in one piece."""

import json
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from pipeline import store
from pipeline.contracts import check
from pipeline.errors import ContractBroken
from pipeline.geography.tiles import tile_layout
from pipeline.tables.tiles import TILE_DEGREES, TILES

ISLANDS = {"E06000046", "E06000053"}
FOLDER = store.DATA_FOLDER / "static" / "boundaries"
CORNWALL, ISLES_OF_SCILLY = "E06000052", "E06000053"


@cache
def tiles() -> pd.DataFrame:
    found = pd.read_csv(store.PROCESSED_FOLDER / "tiles.csv")
    areas = pd.read_csv(store.PROCESSED_FOLDER / "areas.csv")
    return found.merge(areas[["area_code", "region_code"]], on="area_code").set_index("area_code")


@cache
def shapes(name: str) -> gpd.GeoSeries:
    features = json.loads((FOLDER / name).read_text(encoding="utf-8"))["features"]
    return gpd.GeoSeries({one["id"]: shapely.geometry.shape(one["geometry"]) for one in features}, crs=4326)


def neighbours() -> list[tuple[str, str]]:
    land = shapes("utla.geojson")
    first, second = land.sindex.query(land, predicate="intersects")
    return [(land.index[i], land.index[j]) for i, j in zip(first, second, strict=True) if i < j]


def test_every_authority_has_exactly_one_tile_and_no_two_share_a_cell() -> None:
    areas = pd.read_csv(store.PROCESSED_FOLDER / "areas.csv")
    assert sorted(tiles().index) == sorted(areas.loc[areas["area_type"] == "utla", "area_code"])
    assert tiles().index.is_unique
    assert not tiles().duplicated(["column", "row"]).any()


def test_labels_are_short_and_differ() -> None:
    assert tiles()["label"].str.len().between(2, 4).all()
    assert tiles()["label"].is_unique


def test_an_authority_without_a_tile_and_a_tile_without_an_authority_are_refused() -> None:
    areas = pd.read_csv(store.PROCESSED_FOLDER / "areas.csv")
    renamed = areas.assign(area_code=areas["area_code"].replace({CORNWALL: "E06000099"}))
    with pytest.raises(ContractBroken, match=f"missing E06000099; not expected {CORNWALL}") as refused:
        tile_layout(renamed)
    assert refused.value.where == "pipeline/sources/tiles.csv"


@pytest.mark.parametrize("columns", [["column", "row"], ["label"]])
def test_two_tiles_in_one_cell_or_with_one_label_are_refused(columns: list[str]) -> None:
    crowded = tiles().reset_index()[list(TILES.column_names)].astype({"label": "str"})
    check(TILES, crowded, where="tiles")
    crowded.loc[0, columns] = crowded.loc[1, columns]
    with pytest.raises(ContractBroken, match="repeated row"):
        check(TILES, crowded, where="tiles")


@pytest.mark.parametrize("region", sorted({f"E1200000{number}" for number in range(1, 10)}))
def test_every_region_hangs_together_side_by_side(region: str) -> None:
    mine = tiles()[(tiles()["region_code"] == region) & ~tiles().index.isin(ISLANDS)]
    cells = set(zip(mine["column"], mine["row"], strict=True))
    waiting, seen = [next(iter(cells))], set()
    while waiting:
        x, y = waiting.pop()
        seen.add((x, y))
        waiting += [one for one in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)) if one in cells - seen]
    assert seen == cells


def test_most_neighbours_touch_and_far_more_than_by_chance() -> None:
    pairs = [pair for pair in neighbours() if not ISLANDS & set(pair)]

    def touching(places: pd.DataFrame) -> float:
        apart = [places.loc[one].sub(places.loc[other]).abs().max() for one, other in pairs]
        return float(np.mean(np.array(apart) <= 1))

    places = tiles()[["column", "row"]]
    mixed = places.sample(frac=1, random_state=3).set_axis(places.index)
    assert touching(places) > 0.6
    assert touching(mixed) < 0.1


def test_north_is_up_and_east_is_right() -> None:
    middles = shapes("utla.geojson").to_crs(27700).centroid.reindex(tiles().index)
    assert np.corrcoef(middles.y.rank(), tiles()["row"])[0, 1] < -0.95
    assert np.corrcoef(middles.x.rank(), tiles()["column"])[0, 1] > 0.85


def test_no_empty_cell_lies_inside() -> None:
    taken = set(zip(tiles()["column"], tiles()["row"], strict=True))
    beside = {(x + 1, y) for x, y in taken} & {(x - 1, y) for x, y in taken}
    above = {(x, y + 1) for x, y in taken} & {(x, y - 1) for x, y in taken}
    assert not (beside & above) - taken


def test_an_island_lies_off_the_authority_across_the_water() -> None:
    scilly, cornwall = (tiles().loc[code, ["column", "row"]] for code in (ISLES_OF_SCILLY, CORNWALL))
    assert max(abs(scilly - cornwall)) <= 2
    assert scilly["column"] < cornwall["column"]


def test_all_squares_are_of_one_size_and_regions_are_outlined_by_their_squares() -> None:
    squares, outlines = shapes("tiles.geojson"), shapes("tile-regions.geojson")
    assert shapely.area(squares.to_numpy()) == pytest.approx(TILE_DEGREES**2)
    counts = tiles().groupby("region_code").size().reindex(outlines.index)
    assert shapely.area(outlines.to_numpy()) / TILE_DEGREES**2 == pytest.approx(counts.to_numpy())
