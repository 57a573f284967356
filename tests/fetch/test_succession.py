"""A rehearsal of what is to come: a county split, a pair merged, an area renamed, a combined authority founded.

Only the healthy life expectancy and the lookup are of the new geography, as in the first months after a change: all
other figures are those of the areas that ended. Names and codes of what follows are made up, Surrey's new names are not.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from publisher import as_bytes, published_hle, publisher
from world import HLE, World, keep_only

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from pipeline import areas, store, succession
from pipeline.answers.place.small_areas import small_areas_of
from pipeline.build import compute, read_raw
from pipeline.errors import SourceChanged
from pipeline.geography import boundary_changes
from pipeline.intake import guard
from pipeline.processed import Tables
from pipeline.review.changes import table_change
from pipeline.sources import Release
from pipeline.succession import Succession
from pipeline.tables import PROCESSED, RAW

SURREY, HARTLEPOOL, STOCKTON, MEDWAY, CUMBERLAND = "E10000030", "E06000001", "E06000004", "E06000035", "E06000063"
EAST, WEST, PAIR, RENAMED, FOUNDED = "E06000090", "E06000091", "E06000092", "E06000093", "E47000099"
CODES = {"East Surrey": EAST, "West Surrey": WEST}
DAY = "2027-04-01"


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


@pytest.fixture(scope="module")
def changed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        rows = to_come()
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
    in_cumbria = table["area_code"].isin([CUMBERLAND, "E06000064"])
    table.loc[in_cumbria, ["combined_authority_code", "combined_authority_name"]] = [FOUNDED, "Cumbria"]
    return table[list(held.columns)]


@pytest.fixture(scope="module")
def world(changed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    del changed
    folder = tmp_path_factory.mktemp("succession")
    keep_only(folder / "raw", "hle/2024-12-12.csv", "hle/2026-02-19.csv")
    with publisher() as server:
        yield World(server, folder / "raw", folder / "processed", folder / "cache")


@pytest.fixture(scope="module")
def fetched(world: World) -> pd.DataFrame:
    """Table hle with the new release beside those held."""
    source = replace(HLE, releases=(Release(date="2028-02-17", url=HLE.releases[0].url),))
    world.server.serve(HLE.releases[0].url, as_bytes(published()))
    assert world.fetch(source) == 0
    return pd.concat([store.read(RAW["hle"], file) for file in sorted((world.raw_folder / "hle").glob("*.csv"))])


@pytest.fixture(scope="module")
def tables(fetched: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The processed tables; forecasts rest on regions, which stay, and are taken from the build that is held."""
    held = Tables.open()
    raw = read_raw(store.RAW_FOLDER)
    for frame in raw.values():  # as the fetch does with tables that are held
        if "area_code" in frame:
            frame["area_code"] = frame["area_code"].map(areas.code_in_force)
    raw |= {"hle": fetched.reset_index(drop=True), "lookup": lookup(raw["lookup"])}
    with pytest.MonkeyPatch.context() as patch:
        kept = {name: held.table(name) for name in ("forecast_record", "forecast_variances")}
        patch.setattr("pipeline.build.forecast_tables", lambda *_: kept)
        # regions alone again, and cases that touch none of the areas
        patch.setattr("pipeline.build.vintages", lambda **_: held.table("vintages"))
        patch.setattr("pipeline.build.local_action_tables", lambda *_, **__: {})
        made = compute(raw)
    opened = Tables(tmp_path_factory.mktemp("processed"), {"build": "abc123", "version": "2028-02-17", "resources": []})
    for name, frame in made.items():
        text = store.csv_text(PROCESSED[name], frame)
        types = {column.name: column.dtype for column in PROCESSED[name].columns}
        read = pd.read_csv(io.StringIO(text), dtype=types, keep_default_na=False, na_values=[""])
        opened._once(name, lambda read=read: read)
    return opened


def test_a_fetch_takes_splits_mergers_new_names_and_new_areas_and_keeps_the_history(fetched: pd.DataFrame) -> None:
    new, old = (set(fetched.loc[fetched["release"] == day, "area_code"]) for day in ("2028-02-17", "2026-02-19"))
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
    before, after = (fetched[fetched["release"] == day] for day in ("2026-02-19", "2028-02-17"))
    change = table_change(RAW["hle"], before, after, replaced_before={}, replaced_after={}, names={})
    assert "E10000030 Surrey, since 2027 East Surrey, and West Surrey" in change.split_or_merged
    assert "E06000001 Hartlepool, since 2027 part of Hartlepool and Stockton" in change.split_or_merged


def test_nothing_is_lost_and_no_area_is_blank(tables: Tables) -> None:
    held = Tables.open()
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
    before = Tables.open().table("deprivation").set_index("area_code")
    low, high = sorted(before.loc[[HARTLEPOOL, STOCKTON], "imd_score"])
    assert low < deprivation.loc[PAIR, "imd_score"] < high
    parts = deprivation.loc[[EAST, WEST]]
    mean = (parts["imd_score"] * parts["population"]).sum() / parts["population"].sum()
    whole = small_areas_of(Tables.open(), SURREY)
    assert mean == pytest.approx((whole["imd_score"] * whole["residents"]).sum() / whole["residents"].sum(), abs=0.001)


@pytest.mark.parametrize("code", [EAST, PAIR, RENAMED, FOUNDED])
def test_every_new_area_has_its_charts(tables: Tables, code: str) -> None:
    for chart in ("place-hle", "place-peers", "place-standing", "pockets", "place-nations"):
        drawn = CATALOGUE[chart].chart(tables, View(place=code))
        assert len(drawn.table), chart


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
    new = fetched[fetched["release"] == "2028-02-17"]
    strange = new.replace({"area_code": {"E06000002": "E06000099"}})
    with pytest.raises(SourceChanged, match=r"add a row to pipeline/sources/succession.csv"):
        guard.nothing_lost(HLE, RAW["hle"], strange, new, where="hle")
