"""A rehearsal of what is to come: a county split, a pair merged, an area renamed, a combined authority founded.

Only the healthy life expectancy and the lookup are of the new geography, as in the first months after a change: all
other figures are those of the areas that ended. Names and codes of what follows are made up, Surrey's new names are not.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from publisher import as_bytes, published_hle, publisher
from rehearsal import hold
from streamlit.testing.v1 import AppTest
from world import HLE, World, keep_only

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.export.cli import main as export_commands
from pipeline import areas, store, succession
from pipeline.answers.map.rows import map_rows
from pipeline.answers.place.small_areas import small_areas_of
from pipeline.build import build
from pipeline.errors import SourceChanged
from pipeline.geography import boundary_changes
from pipeline.geography.boundaries import DECIMALS, simplified_layers
from pipeline.intake import guard, lock
from pipeline.processed import Tables
from pipeline.review.changes import table_change
from pipeline.sources import SOURCES, Release, facts
from pipeline.succession import Succession
from pipeline.tables import RAW
from pipeline.tables.tiles import TILES

SURREY, HARTLEPOOL, STOCKTON, MEDWAY = "E10000030", "E06000001", "E06000004", "E06000035"
CUMBERLAND, WESTMORLAND = "E06000063", "E06000064"
EAST, WEST, PAIR, RENAMED, FOUNDED = "E06000090", "E06000091", "E06000092", "E06000093", "E47000099"
HELD = store.PROCESSED_FOLDER
CODES = {"East Surrey": EAST, "West Surrey": WEST}
DAY, RELEASED = "2027-04-01", "2028-02-17"


def row(change: str, old: tuple[str, str], new: tuple[str, str]) -> Succession:
    return Succession(
        from_date=DAY,
        change=change,
        old_code=old[0],
        old_name=old[1],
        new_code=new[0],
        new_name=new[1],
        law="A law",
        law_url="https://www.legislation.gov.uk",
    )


def to_come() -> list[Succession]:
    """The file with codes for East and West Surrey and four rows more, as an editor would add them."""
    known = [replace(one, new_code=one.new_code or CODES[one.new_name]) for one in succession.read()]
    pair = (PAIR, "Hartlepool and Stockton")
    return [
        *known,
        row("merger", (HARTLEPOOL, "Hartlepool"), pair),
        row("merger", (STOCKTON, "Stockton-on-Tees"), pair),
        row("name", (MEDWAY, "Medway"), (RENAMED, "Medway Towns")),
        row("formed", ("", ""), (FOUNDED, "Cumbria")),
    ]


def tiles() -> pd.DataFrame:
    """The tile map with the new authorities in it: West Surrey in an empty cell, the others in those that became free."""
    rows = facts.facts(TILES).set_index("area_code")
    rows = rows.drop(STOCKTON).rename({SURREY: EAST, HARTLEPOOL: PAIR, MEDWAY: RENAMED})
    rows.loc[WEST] = ["WSur", rows["column"].max() + 1, rows.loc[EAST, "row"]]
    return rows.rename_axis("area_code").reset_index()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Facts written by hand as an editor would leave them: rows in succession.csv, and in tiles.csv for the tile map."""
    folder = tmp_path_factory.mktemp("sources")
    for file in facts.FOLDER.glob("*.csv"):
        shutil.copy(file, folder)
    pd.DataFrame([vars(one) for one in to_come()]).to_csv(folder / "succession.csv", index=False)
    tiles().to_csv(folder / "tiles.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "FOLDER", folder)
        rows = succession.read(folder / "succession.csv")
        for module in (succession, boundary_changes):
            patch.setattr(module, "SUCCESSION", rows)
        for held, made in ((areas.SUCCESSORS, succession.successors(rows)), (areas.ENDED, succession.ended(rows))):
            for code, value in made.items():
                patch.setitem(held, code, value)
        yield


def of(table: pd.DataFrame, old: str, new: str, name: str) -> pd.DataFrame:
    return table[table["areacd"] == old].assign(areacd=new, areanm=name)


def published() -> pd.DataFrame:
    """Healthy life expectancy as ONS would publish it: whole series under the new codes, Surrey's for both its parts."""
    old = published_hle("2026-02-19")
    return pd.concat(
        [
            old[~old["areacd"].isin([SURREY, HARTLEPOOL, STOCKTON, MEDWAY])],
            of(old, SURREY, EAST, "East Surrey"),
            of(old, SURREY, WEST, "West Surrey"),
            of(old, STOCKTON, PAIR, "Hartlepool and Stockton"),
            of(old, MEDWAY, RENAMED, "Medway Towns"),
            of(old, CUMBERLAND, FOUNDED, "Cumbria"),
        ]
    )


def lookup(held: pd.DataFrame) -> pd.DataFrame:
    """The lookup of authorities after the changes."""
    rows = held.set_index("area_code")
    ours = {EAST: SURREY, WEST: SURREY, PAIR: STOCKTON}
    names = {**{code: name for name, code in CODES.items()}, PAIR: "Hartlepool and Stockton"}
    new = rows.loc[list(ours.values())].set_axis(list(ours), axis=0)
    new["area_name"] = pd.Series(names)
    kept = rows.drop([SURREY, HARTLEPOOL, STOCKTON])
    kept.loc[RENAMED, "area_name"] = "Medway Towns"
    table = pd.concat([kept, new]).rename_axis("area_code").reset_index()
    in_cumbria = table["area_code"].isin([CUMBERLAND, WESTMORLAND])
    table.loc[in_cumbria, ["combined_authority_code", "combined_authority_name"]] = [FOUNDED, "Cumbria"]
    return table[list(held.columns)]


def layers(path: Path) -> dict[str, gpd.GeoDataFrame]:
    """The boundaries held, with Surrey cut in two and the others named and joined anew."""
    held = simplified_layers(path)
    rows, shapes = held["utla"], held["utla"].geometry
    surrey = shapes[SURREY]
    west, south, east, north = surrey.bounds
    cut = round((west + east) / 2, DECIMALS)
    new = {
        WEST: shapely.intersection(surrey, shapely.box(west, south, cut, north)),
        EAST: shapely.intersection(surrey, shapely.box(cut, south, east, north)),
        PAIR: shapely.union(shapes[HARTLEPOOL], shapes[STOCKTON]),
        RENAMED: shapes[MEDWAY],
    }
    founded = {FOUNDED: shapely.union(shapes[CUMBERLAND], shapes[WESTMORLAND])}
    kept = rows.drop([SURREY, HARTLEPOOL, STOCKTON, MEDWAY])
    return held | {
        "utla": pd.concat([kept, _layer(new)]),
        "combined-authority": pd.concat([held["combined-authority"], _layer(founded)]),
    }


def _layer(shapes: dict[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_name": list(shapes)}, geometry=list(shapes.values()), index=list(shapes), crs="EPSG:4326"
    )


@pytest.fixture(scope="module")
def world(changed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """All figures held, and a publisher of one new release of healthy life expectancy."""
    del changed
    folder = tmp_path_factory.mktemp("succession")
    keep_only(folder / "raw", *lock.read(store.RAW_FOLDER))
    with publisher() as server:
        yield World(server, folder / "raw", folder / "processed", folder / "cache")


@pytest.fixture(scope="module")
def fetched(world: World) -> pd.DataFrame:
    """Table hle with the new release beside those held."""
    source = replace(HLE, releases=(Release(date=RELEASED, url=HLE.releases[0].url),))
    world.server.serve(HLE.releases[0].url, as_bytes(published()))
    assert world.fetch(source) == 0
    return pd.concat([store.read(RAW["hle"], file) for file in sorted((world.raw_folder / "hle").glob("*.csv"))])


@pytest.fixture(scope="module")
def tables(world: World, fetched: pd.DataFrame) -> Iterator[Tables]:
    """The build of what was fetched, which screens and exports open from then on.

    What rests on regions alone, which stay, is taken from the build that is held, and so are cases that touch no area.
    """
    del fetched
    held = Tables.open(HELD)
    new = lookup(store.read(RAW["lookup"], max((world.raw_folder / "lookup").glob("*.csv")))).assign(release=RELEASED)
    hold(world.raw_folder, SOURCES["ons-lookup"], store.csv_text(RAW["lookup"], new), day=RELEASED)
    folder = world.processed_folder
    cases = ("local_action", "local_action_series", "local_action_records")
    with pytest.MonkeyPatch.context() as patch:
        forecasts = {name: held.table(name) for name in ("forecast_record", "forecast_variances")}
        patch.setattr("pipeline.build.forecast_tables", lambda *_: forecasts)
        patch.setattr("pipeline.build.verdicts_by_release", lambda *_: held.table("verdicts_by_release"))
        patch.setattr("pipeline.build.local_action_tables", lambda *_, **__: {name: held.table(name) for name in cases})
        patch.setattr("pipeline.build.simplified_layers", layers)
        build(world.raw_folder, folder, folder.parent / "docs", folder.parent / "static")
        patch.setattr(store, "PROCESSED_FOLDER", folder)
        yield Tables.open_whole()


def test_a_fetch_takes_splits_mergers_new_names_and_new_areas_and_keeps_the_history(fetched: pd.DataFrame) -> None:
    new, old = (set(fetched.loc[fetched["release"] == day, "area_code"]) for day in (RELEASED, "2026-02-19"))
    assert {EAST, WEST, PAIR, RENAMED, FOUNDED} <= new
    assert not {SURREY, HARTLEPOOL, STOCKTON, MEDWAY} & new
    assert {SURREY, HARTLEPOOL, STOCKTON, RENAMED} <= old, "history stays, a renamed area goes on"
    before, after = fetched.query("release == '2026-02-19'"), fetched.query("release == '2028-02-17'")
    assert len(after) - len(before) == 24 * (len({EAST, WEST, PAIR, FOUNDED}) - len({SURREY, HARTLEPOOL, STOCKTON}))


def test_half_a_split_is_refused_in_words(
    world: World, fetched: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    del fetched
    half = published()
    world.server.serve(HLE.releases[0].url, as_bytes(half[half["areacd"] != WEST]))
    capsys.readouterr()
    assert world.fetch() == 4
    assert (
        "Not all that follow are there: E10000030 Surrey, since 2027 East Surrey, and West Surrey"
        in capsys.readouterr().err
    )


def test_a_diff_speaks_of_the_split_and_the_merger(fetched: pd.DataFrame) -> None:
    before, after = (fetched[fetched["release"] == day] for day in ("2026-02-19", RELEASED))
    change = table_change(RAW["hle"], before, after, replaced_before={}, replaced_after={}, names={})
    assert "E10000030 Surrey, since 2027 East Surrey, and West Surrey" in change.split_or_merged
    assert "E06000001 Hartlepool, since 2027 part of Hartlepool and Stockton" in change.split_or_merged


def test_nothing_is_lost_and_no_area_is_blank(tables: Tables) -> None:
    held = Tables.open(HELD)
    authorities = tables.table("areas").query("area_type == 'utla'")
    assert {EAST, WEST, PAIR, RENAMED} <= set(authorities["area_code"])
    for name in ("places", "residuals", "deprivation", "population"):
        found = set(tables.table(name)["area_code"])
        assert set(authorities["area_code"]) - set(areas.WITHOUT_HLE) <= found, name
    residents = "area_type == 'country' and sex == 'persons'"
    assert tables.table("population").query(residents)["population"].item() == pytest.approx(
        held.table("population").query(residents)["population"].item(), abs=2
    )
    lsoas = ["area_code", "small_areas"]
    split = tables.table("pockets").groupby("area_code")["small_areas"].sum()
    whole = held.table("pockets")[lsoas].groupby("area_code")["small_areas"].sum()
    assert split[EAST] + split[WEST] == whole[SURREY]
    assert split[PAIR] == whole[HARTLEPOOL] + whole[STOCKTON]
    assert split["E92000001"] == whole["E92000001"]


def test_fifths_are_formed_in_one_geography(tables: Tables) -> None:
    deprivation = tables.table("deprivation").set_index("area_code")
    assert sorted(deprivation["imd_rank"]) == list(range(1, 154))  # one more by the split, one fewer by the merger
    before = Tables.open(HELD).table("deprivation").set_index("area_code")
    low, high = sorted(before.loc[[HARTLEPOOL, STOCKTON], "imd_score"])
    assert low < deprivation.loc[PAIR, "imd_score"] < high
    parts = deprivation.loc[[EAST, WEST]]
    mean = (parts["imd_score"] * parts["population"]).sum() / parts["population"].sum()
    whole = small_areas_of(Tables.open(HELD), SURREY)
    assert mean == pytest.approx((whole["imd_score"] * whole["residents"]).sum() / whole["residents"].sum(), abs=0.001)


NEW = {
    # code -> its name, and what its Place screen says of the change
    EAST: ("East Surrey", "East Surrey was formed in 2027 from part of Surrey (E10000030)."),
    WEST: ("West Surrey", "West Surrey was formed in 2027 from part of Surrey (E10000030)."),
    PAIR: ("Hartlepool and Stockton", "from Hartlepool (E06000001) and Stockton-on-Tees (E06000004)"),
    RENAMED: ("Medway Towns", "Medway Towns was called Medway until 2027 (code E06000035)."),
    FOUNDED: ("Cumbria", ""),
}


@pytest.mark.parametrize("code", NEW)
def test_every_new_area_has_its_charts(tables: Tables, code: str) -> None:
    for chart in ("place-hle", "place-peers", "place-standing", "pockets", "place-nations"):
        drawn = CATALOGUE[chart].chart(tables, View(place=code))
        assert len(drawn.table), chart


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("code", NEW)
def test_the_place_screen_of_a_new_area_tells_of_the_change(code: str) -> None:
    shown, (name, change) = place_screen(place=code), NEW[code]
    assert not shown.exception
    assert not shown.warning
    assert [one.value for one in shown.title] == [name]
    told = " ".join(one.value for one in shown.info)
    assert change in told
    assert "A change to come" not in told, "what has come is no longer announced"


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("asked", "title", "words"),
    [
        ("Guildford", "West Surrey", "**Guildford** lies in West Surrey"),
        (MEDWAY, "Medway Towns", "was called Medway until 2027"),
        (SURREY, "", "E10000030 was the code of Surrey, since 2027 East Surrey, and West Surrey"),
        (STOCKTON, "", "E06000004 was the code of Stockton-on-Tees, since 2027 part of Hartlepool and Stockton"),
    ],
)
def test_an_old_link_leads_to_what_follows_or_says_what_became_of_the_area(asked: str, title: str, words: str) -> None:
    shown = place_screen(place=asked)
    assert not shown.exception
    assert words in " ".join(one.value for one in [*shown.info, *shown.warning])
    assert not title or [one.value for one in shown.title] == [title]


def place_screen(**address: str) -> AppTest:
    test = AppTest.from_file(str(store.ROOT / "app.py"), default_timeout=60)
    test.switch_page("pages/place.py")
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


@pytest.mark.parametrize(("level", "codes"), [("utla", {EAST, WEST, PAIR, RENAMED}), ("combined-authority", {FOUNDED})])
def test_the_map_has_a_row_and_a_shape_for_every_new_area(tables: Tables, level: str, codes: set[str]) -> None:
    period = tables.newest("hle")["period"].max()
    rows = map_rows(tables, area_type=level, sex="female", period=period).set_index("area_code")
    assert not rows.loc[sorted(codes), "hle_years"].isna().any()
    assert not {SURREY, HARTLEPOOL, STOCKTON, MEDWAY} & set(rows.index)
    drawn = json.loads(
        (tables.folder.parent / "static" / "boundaries" / f"{level}.geojson").read_text(encoding="utf-8")
    )
    assert {shape["id"] for shape in drawn["features"]} == set(rows.index)
    assert all(shape["geometry"]["coordinates"] for shape in drawn["features"])
    if level == "utla":
        assert set(tables.table("tiles")["area_code"]) == set(rows.index)


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("code", [EAST, PAIR, RENAMED, FOUNDED])
def test_the_charts_of_a_new_area_are_exported_under_its_name(code: str, tmp_path: Path) -> None:
    words = ["export", "place", code, "--format", "csv", "--format", "xlsx", "--out", str(tmp_path)]
    done = CliRunner().invoke(export_commands, words)
    assert done.exit_code == 0, done.output
    stem = NEW[code][0].lower().replace(" ", "-")
    assert (tmp_path / f"{stem}.xlsx").is_file()
    for chart in ("place-hle", "place-standing", "place-peers"):
        assert len(list((tmp_path / "csv").glob(f"{stem}-*men-{chart}-*.csv"))) == 2, chart
    assert RELEASED in (tmp_path / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("changed")
def test_districts_lead_to_the_authority_that_follows(tables: Tables) -> None:
    found = tables.table("districts").set_index("district_name")["area_code"]
    assert found["Guildford"] == WEST
    assert found["Tandridge"] == EAST
    assert found["Allerdale"] == CUMBERLAND


@pytest.mark.usefixtures("changed")
def test_what_changed_is_told_with_the_law() -> None:
    told = boundary_changes.changes()
    assert told[EAST].startswith("East Surrey was formed in 2027 from part of Surrey (E10000030).")
    assert told[EAST].endswith("The Surrey (Structural Changes) Order 2026 (S.I. 2026/264).")
    assert "from Hartlepool (E06000001) and Stockton-on-Tees (E06000004)" in told[PAIR]
    assert told[RENAMED].startswith("Medway Towns was called Medway until 2027 (code E06000035).")
    assert boundary_changes.announced(SURREY) == ""


def test_an_area_that_no_row_explains_is_refused(fetched: pd.DataFrame) -> None:
    new = fetched[fetched["release"] == RELEASED]
    strange = new.replace({"area_code": {"E06000002": "E06000099"}})
    with pytest.raises(SourceChanged, match=r"add a row to pipeline/sources/succession.csv"):
        guard.nothing_lost(HLE, RAW["hle"], strange, new, where="hle")
