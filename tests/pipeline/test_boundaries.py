"""Boundaries of the map: every area drawn, shared edges kept, rings as the browser needs them, small enough for a phone."""

import gzip
import json
from functools import cache
from itertools import pairwise
from typing import Any

import geopandas as gpd
import pytest
import shapely

from pipeline import store
from pipeline.areas import WITHOUT_HLE
from pipeline.build import newest_file
from pipeline.errors import ContractBroken
from pipeline.geography.boundaries import TOLERANCE_DEGREES, geojson_text, simplify
from pipeline.processed import Tables
from pipeline.read.boundaries import read_layer
from pipeline.read.topology import LAYERS

FOLDER = store.DATA_FOLDER / "static" / "boundaries"
RAW = newest_file(store.RAW_FOLDER / "boundaries", "*.topojson")
EXPECTED = {"region": 9, "combined-authority": 15, "utla": 153}
GAP_DEGREES = 0.0002
"""About 20 metres: wider gaps may be rivers."""
SCILLY = "E06000053"
LEEDS, BRADFORD, KIRKLEES, CORNWALL, ISLE_OF_WIGHT = "E08000035", "E08000032", "E08000034", "E06000052", "E06000046"

Ring = list[tuple[float, float]]
Edge = frozenset[tuple[float, float]]

levels = pytest.mark.parametrize("area_type", LAYERS)
files = pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.geojson")))


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def features(name: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads((FOLDER / name).read_text(encoding="utf-8"))["features"]}


def polygons(feature: dict[str, Any]) -> list[list[Ring]]:
    assert feature["geometry"]["type"] == "MultiPolygon"
    return [[[(x, y) for x, y in ring] for ring in polygon] for polygon in feature["geometry"]["coordinates"]]


def twice_signed_area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def edges(feature: dict[str, Any]) -> list[Edge]:
    return [frozenset(pair) for polygon in polygons(feature) for ring in polygon for pair in pairwise(ring)]


def shapes(text: str) -> gpd.GeoSeries:
    return gpd.GeoSeries({one["id"]: shapely.geometry.shape(one["geometry"]) for one in json.loads(text)["features"]})


@levels
def test_every_area_of_a_level_is_drawn_once_and_named_as_in_the_tables(area_type: str) -> None:
    areas = tables().table("areas")
    of_level = areas[areas["area_type"] == area_type].set_index("area_code")["area_name"]
    drawn = {code: one["properties"]["name"] for code, one in features(f"{area_type}.geojson").items()}
    assert len(of_level) == EXPECTED[area_type]
    assert drawn == of_level.to_dict()


def test_of_153_authorities_drawn_151_have_a_value_and_the_other_two_say_why_not() -> None:
    hle = tables().newest("hle")
    drawn = set(features("utla.geojson"))
    with_value = set(hle.loc[hle["area_type"] == "utla", "area_code"])
    assert len(drawn) == 153
    assert len(drawn & with_value) == 151
    assert drawn - with_value == set(WITHOUT_HLE)


@files
def test_no_ring_has_fewer_than_four_points_and_every_ring_is_closed(name: str) -> None:
    for feature in features(name).values():
        for polygon in polygons(feature):
            for ring in polygon:
                assert len(ring) >= 4, feature["id"]
                assert ring[0] == ring[-1], feature["id"]


@files
def test_outer_rings_run_clockwise_and_holes_the_other_way(name: str) -> None:
    for feature in features(name).values():
        for outer, *holes in polygons(feature):
            assert twice_signed_area(outer) < 0, feature["id"]
            assert all(twice_signed_area(hole) > 0 for hole in holes), feature["id"]


@levels
def test_an_edge_belongs_to_one_area_or_to_two_and_never_to_more(area_type: str) -> None:
    uses: dict[Edge, int] = {}
    for feature in features(f"{area_type}.geojson").values():
        for edge in edges(feature):
            uses[edge] = uses.get(edge, 0) + 1
    assert set(uses.values()) == {1, 2}


def test_neighbours_share_the_very_same_edges() -> None:
    leeds, bradford, kirklees = (set(edges(features("utla.geojson")[code])) for code in (LEEDS, BRADFORD, KIRKLEES))
    assert len(leeds & bradford) >= 10
    assert len(leeds & kirklees) >= 5
    assert not leeds & set(edges(features("utla.geojson")[CORNWALL]))


@levels
def test_neighbours_neither_overlap_nor_leave_a_gap(area_type: str) -> None:
    drawn = shapes((FOLDER / f"{area_type}.geojson").read_text(encoding="utf-8"))
    assert shapely.coverage_is_valid(drawn.to_numpy(), gap_width=GAP_DEGREES)
    assert shapely.area(shapely.union_all(drawn.to_numpy())) == pytest.approx(drawn.area.sum(), rel=1e-9)


def test_areas_simplified_one_by_one_would_be_refused() -> None:
    layer = read_layer(RAW, "region")
    alone = layer.assign(geometry=layer.geometry.buffer(0).simplify(TOLERANCE_DEGREES["region"]))
    drawn = shapes(geojson_text(alone))
    assert not shapely.coverage_is_valid(drawn.to_numpy())


@levels
def test_simplified_areas_keep_their_size_and_place(area_type: str) -> None:
    before = read_layer(RAW, area_type).geometry.buffer(0).to_crs(27700)
    after = shapes((FOLDER / f"{area_type}.geojson").read_text(encoding="utf-8")).set_crs(4326).to_crs(27700)
    after = after.reindex(before.index)
    grown = (after.area / before.area - 1).abs().drop(SCILLY, errors="ignore")  # small islands are left out
    moved = (after.centroid.distance(before.centroid) / before.area**0.5).drop(SCILLY, errors="ignore")
    assert grown.max() < 0.15
    assert grown.median() < 0.01
    assert moved.max() < 0.06


def test_authorities_fit_into_60_kb_and_larger_areas_and_tiles_into_15() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), compresslevel=6)) for path in FOLDER.glob("*.geojson")}
    assert sizes.pop("utla.geojson") <= 60_000
    assert max(sizes.values()) <= 15_000, sizes


def test_islands_that_are_authorities_stay() -> None:
    assert len(polygons(features("utla.geojson")[ISLE_OF_WIGHT])) >= 1
    assert SCILLY in features("utla.geojson")


def test_an_area_that_would_vanish_is_refused() -> None:
    layer = gpd.GeoDataFrame(
        {"area_name": ["Speck"]},
        geometry=[shapely.box(0, 0, 0.00002, 0.00002)],
        index=["E06000001"],
        crs=4326,
    )
    with pytest.raises(ContractBroken, match="vanished"):
        simplify(layer, 0.008)


def test_a_layer_that_is_not_there_is_refused_with_what_to_do(tmp_path: Any) -> None:
    (tmp_path / "b.topojson").write_text("{}")
    with pytest.raises(ContractBroken, match="fetch --only boundaries"):
        read_layer(tmp_path / "b.topojson", "utla")
