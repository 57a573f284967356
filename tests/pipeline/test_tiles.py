"""The tile map: one square for each authority, all of one size, near its neighbours, regions in one piece."""

import json
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from pipeline import store
from pipeline.geography.cartogram import equal_area_centres
from pipeline.geography.tile_grid import Ground, holes_in, improved, nearest_empty, strain, whole_regions
from pipeline.geography.tiles import labels
from pipeline.tables.tiles import TILE_DEGREES

ISLANDS = {"E06000046", "E06000053"}
FOLDER = store.STATIC_FOLDER / "boundaries"
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


def test_a_new_authority_gets_the_first_letters_of_its_name() -> None:
    assert labels(pd.Series({"E06000001": "Hartlepool", "E06999999": "Newborough"})) == ["Hart", "Newb"]


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
    assert holes_in(tiles()[["column", "row"]].to_numpy()) == 0


def test_an_island_lies_off_the_authority_across_the_water() -> None:
    scilly, cornwall = (tiles().loc[code, ["column", "row"]] for code in (ISLES_OF_SCILLY, CORNWALL))
    assert max(abs(scilly - cornwall)) <= 2
    assert scilly["column"] < cornwall["column"]


def test_all_squares_are_of_one_size_and_regions_are_outlined_by_their_squares() -> None:
    squares, outlines = shapes("tiles.geojson"), shapes("tile-regions.geojson")
    assert shapely.area(squares.to_numpy()) == pytest.approx(TILE_DEGREES**2)
    counts = tiles().groupby("region_code").size().reindex(outlines.index)
    assert shapely.area(outlines.to_numpy()) / TILE_DEGREES**2 == pytest.approx(counts.to_numpy())


def test_the_cartogram_gives_small_areas_room_and_keeps_them_in_place() -> None:
    """A chessboard in which one field is cut into nine: its parts come apart, and the rest stays around them."""
    big = [(x, y, 9) for x in range(0, 63, 9) for y in range(0, 63, 9) if (x, y) != (27, 27)]
    small = [(27 + 3 * i, 27 + 3 * j, 3) for i in range(3) for j in range(3)]
    boxes = [shapely.box(x, y, x + side, y + side) for x, y, side in big + small]
    metres = [shapely.transform(box, lambda xy: xy * 10_000 + 100_000) for box in boxes]
    layer = gpd.GeoDataFrame(geometry=metres, crs=27700)
    before = np.array([box.centroid.coords[0] for box in boxes]) / np.sqrt(np.mean([box.area for box in boxes]))
    after = equal_area_centres(layer)

    def nearest(places: np.ndarray) -> float:
        few = places[-9:]
        return float(np.sort(np.hypot(*(few[:, None] - few[None]).transpose(2, 0, 1)), axis=1)[:, 1].min())

    assert nearest(after) > 1.8 * nearest(before)
    middle = after[-9:].mean(axis=0)
    assert np.allclose(middle, after[:-9].mean(axis=0), atol=0.05)


def two_by_two() -> Ground:
    neighbours = np.array([[0, 1], [2, 3], [0, 2], [1, 3]])
    directions = np.array([[1.0, 0], [1, 0], [0, -1], [0, -1]])
    return Ground(np.array(["a", "a", "b", "b"], dtype=object), neighbours, directions)


def test_strain_is_nothing_where_neighbours_lie_one_cell_apart_in_their_true_direction() -> None:
    right, mirrored = np.array([[0, 1], [1, 1], [0, 0], [1, 0]]), np.array([[1, 1], [0, 1], [1, 0], [0, 0]])
    assert strain(right, two_by_two()) == pytest.approx(0)
    assert strain(mirrored, two_by_two()) == pytest.approx(4)  # two pairs point the other way: 1 - cos 180° = 2 each


def test_exchanges_put_a_mirrored_layout_right() -> None:
    wanted = np.array([[0.5, 1], [0.5, 1], [0.5, 0], [0.5, 0]])
    found = improved(np.array([[1, 1], [0, 1], [1, 0], [0, 0]]), wanted, two_by_two())
    assert strain(found, two_by_two()) == pytest.approx(0)


def test_an_area_cut_off_from_its_region_is_drawn_back() -> None:
    wanted = np.array([[0.0, 0], [1, 0], [2, 0], [1, 0.1]])
    regions = np.array(["a", "b", "a", "a"], dtype=object)
    ground = Ground(regions, np.array([[0, 1], [1, 2]]), np.array([[1.0, 0], [1, 0]]))
    cells = whole_regions(wanted, ground)
    assert cells is not None
    assert len({tuple(cell) for cell in cells.tolist()}) == 4
    mine = cells[regions == "a"]
    steps = np.abs(mine[:, None] - mine[None]).sum(axis=2)
    assert (steps == 1).sum() >= 4  # three tiles in one piece have at least two contacts, each counted twice


def test_the_nearest_empty_cell_beside_a_tile_is_found() -> None:
    assert nearest_empty(np.array([[0, 0], [1, 0]]), np.array([-1.2, 0.0])).tolist() == [-1, 0]
