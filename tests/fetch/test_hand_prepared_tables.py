"""Tables prepared by hand come in with the truth about themselves, and never push out a publisher's own."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from publisher import tree
from world import TODAY

from pipeline import store
from pipeline.errors import ContractBroken, PipelineError, SourceChanged, UsageError
from pipeline.intake import lock
from pipeline.intake.ingest import ingest_hand_prepared as adopt
from pipeline.read import corrections
from pipeline.read.hand_prepared import HAND_PREPARED, HandPrepared
from pipeline.sources import SOURCES
from pipeline.tables import RAW

DECILES = """release,imd_decile,sex,period,period_start,period_end,hle_years,le_years
2026-04-15,1,male,2022 to 2024,2022,2024,50.0,73.0
2026-04-15,10,male,2022 to 2024,2022,2024,69.0,83.0
2026-04-15,1,female,2022 to 2024,2022,2024,51.0,78.0
2026-04-15,10,female,2022 to 2024,2022,2024,71.0,86.0
"""


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    folder = tmp_path / "prepared"
    folder.mkdir()
    (folder / "hle_deciles.csv").write_text(DECILES, encoding="utf-8")
    return folder


def test_a_prepared_table_is_brought_in_and_called_what_it_is(tmp_path: Path, prepared: Path) -> None:
    raw = tmp_path / "raw"
    assert adopt(prepared, raw, today=TODAY) == ["hle_deciles/2026-04-15.csv"]
    entry = lock.read(raw)["hle_deciles/2026-04-15.csv"]
    assert entry.retrieved_from == "prepared table: hle_deciles.csv"
    assert entry.upstream_sha256 == lock.sha256(DECILES.encode())
    assert entry.url == SOURCES["ons-hle-deciles"].landing_page
    assert entry.trust
    table = store.read(RAW["hle_deciles"], raw / "hle_deciles" / "2026-04-15.csv")
    assert list(table["hle_years"]) == [51.0, 50.0, 71.0, 69.0]
    assert table["hle_lci_95"].isna().all()


def test_bringing_it_in_again_touches_nothing(tmp_path: Path, prepared: Path) -> None:
    raw = tmp_path / "raw"
    adopt(prepared, raw, today=TODAY)
    before = {path: path.stat().st_mtime_ns for path in raw.rglob("*")}
    assert adopt(prepared, raw, today=date(2031, 1, 1)) == []
    assert {path: path.stat().st_mtime_ns for path in raw.rglob("*")} == before


def test_a_publishers_own_file_is_never_replaced(tmp_path: Path, prepared: Path) -> None:
    raw = tmp_path / "raw"
    adopt(prepared, raw, today=TODAY)
    entries = lock.read(raw)
    name = "hle_deciles/2026-04-15.csv"
    own = replace(entries[name], trust="", retrieved_from="https://www.ons.gov.uk/file")
    store.write_text(lock.text_of({name: own}), raw / lock.NAME)
    (prepared / "hle_deciles.csv").write_text(DECILES.replace("50.0", "49.9"), encoding="utf-8")
    said: list[str] = []
    assert adopt(prepared, raw, today=TODAY, report=said.append) == []
    assert said == [f"{name}: kept as it is, from the publisher itself"]


def test_a_damaged_prepared_table_is_refused_and_nothing_is_written(tmp_path: Path, prepared: Path) -> None:
    for damaged in (DECILES.replace("hle_years", "years"), DECILES.replace("50.0", "n/a"), DECILES[:120], ""):
        (prepared / "hle_deciles.csv").write_text(damaged, encoding="utf-8")
        with pytest.raises((SourceChanged, ContractBroken)):
            adopt(prepared, tmp_path / "raw", today=TODAY)
    assert not (tmp_path / "raw").exists()


def test_a_folder_that_is_not_there_or_holds_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        adopt(tmp_path / "nowhere", tmp_path / "raw", today=TODAY)
    with pytest.raises(UsageError, match="holds none of the prepared tables"):
        adopt(tmp_path, tmp_path / "raw", today=TODAY)


def test_every_prepared_table_that_is_held_says_how_far_to_trust_it() -> None:
    held = lock.read(store.RAW_FOLDER)
    prepared = {table.source_id for table in HAND_PREPARED}
    by_hand = {entry.source for entry in held.values() if entry.retrieved_from.startswith("prepared table")}
    assert by_hand <= prepared
    assert all(entry.trust for entry in held.values() if entry.source in by_hand)


def test_every_known_error_of_the_lookup_is_mended_in_what_is_held() -> None:
    lookup = store.read(RAW["lookup"], store.RAW_FOLDER / "lookup" / "2026-01.csv").set_index("area_code")
    # Yorkshire and The Humber, as in the Indices of Deprivation
    assert lookup.loc["E06000012", "region_code"] == "E12000003"
    assert lookup.loc["E06000013", "region_code"] == "E12000003"
    # the control: Lincolnshire itself lies in the East Midlands
    assert lookup.loc["E10000019", "region_code"] == "E12000004"


def test_a_correction_says_so_once_the_publisher_has_mended_the_error() -> None:
    lookup = store.read(RAW["lookup"], store.RAW_FOLDER / "lookup" / "2026-01.csv")
    with pytest.raises(SourceChanged, match="the known error has been mended"):
        corrections.corrected_regions(lookup)
    still_wrong = lookup.copy()
    still_wrong.loc[still_wrong["area_code"].isin(["E06000012", "E06000013"]), "region_code"] = "E12000004"
    assert corrections.corrected_regions(still_wrong).equals(lookup)


def test_corrections_say_why() -> None:
    assert all(len(correction.reason) > 30 for correction in corrections.REGIONS)


AS_HELD = [
    one
    for one in HAND_PREPARED
    if one.reshape.__name__ in ("_as_they_come", "_small_areas")
    and one.source_id in {e.source for e in lock.read(store.RAW_FOLDER).values()}
]
"""Tables whose rows are ours under other names, so that what is held can be written as it was prepared."""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that is held, each table as if it had been prepared: a publisher's own is never replaced, so never refused."""
    folder = tmp_path_factory.mktemp("held") / "raw"
    shutil.copytree(store.RAW_FOLDER, folder)
    return folder


@pytest.fixture
def nothing_held_is_touched(raw: Path) -> Iterator[None]:
    before = tree(raw)
    yield
    assert tree(raw) == before


def as_prepared(prepared: HandPrepared) -> pd.DataFrame:
    """What is held of a source, in the columns of the prepared file."""
    names = [name for name, entry in lock.read(store.RAW_FOLDER).items() if entry.source == prepared.source_id]
    rows = pd.concat([pd.read_csv(store.RAW_FOLDER / name, dtype=str, keep_default_na=False) for name in names])
    return rows.rename(columns=dict(prepared.columns)).reset_index(drop=True)


def column(prepared: HandPrepared, ours: str) -> str:
    return prepared.columns.get(ours, ours)


def in_cell(ours: str, change: Callable[[str], str], *, everywhere: bool = False) -> Callable[..., pd.DataFrame | None]:
    """Changes a cell of one of our columns in the last row, or wherever the same stands; None where there is no such column."""

    def changed(rows: pd.DataFrame, prepared: HandPrepared) -> pd.DataFrame | None:
        name = column(prepared, ours)
        if name not in rows:
            return None
        cells = rows[name].tolist()
        found = [change(cell) if cell == cells[-1] else cell for cell in cells]
        return rows.assign(**{name: found if everywhere else [*cells[:-1], found[-1]]})

    return changed


def without_an_area(rows: pd.DataFrame, prepared: HandPrepared) -> pd.DataFrame | None:
    code = column(prepared, "area_code")
    return rows[rows[code] != rows[code].iloc[-1]] if code in rows else None


def with_two_names_swapped(rows: pd.DataFrame, prepared: HandPrepared) -> pd.DataFrame | None:
    name = column(prepared, "area_name")
    if name not in rows:
        return None
    one, other = rows[name].drop_duplicates().tail(2)
    return rows.assign(**{name: rows[name].replace({one: other, other: one})})


def number_of(prepared: HandPrepared) -> str:
    return next(one.name for one in prepared.source.contract.columns if one.kind == "number" and not one.optional)


FAULTS: dict[str, Callable[[pd.DataFrame, HandPrepared], pd.DataFrame | None]] = {
    "holds a control character": in_cell("area_name", lambda name: f"{name[:2]}\x0b{name[2:]}", everywhere=True),
    "take it for a formula": in_cell("area_name", lambda name: f"={name}", everywhere=True),
    "is nearly": in_cell("area_code", lambda code: f"{code} ", everywhere=True),
    "missing: |areas of level": without_an_area,
    "the name held for": with_two_names_swapped,
    r"repeated row\(s\)": lambda rows, _: pd.concat([rows, rows.tail(1)]),
    "hold no number|could not|unable": lambda rows, prepared: in_cell(number_of(prepared), lambda _: "n/a")(
        rows, prepared
    ),
    "has no column|columns have changed|wrong columns": lambda rows, prepared: rows.drop(
        columns=column(prepared, number_of(prepared))
    ),
}
FILES: dict[str, Callable[[str], bytes]] = {
    "cells, the header": lambda text: text.rpartition(",")[0].encode(),
    "semicolons stand between": lambda text: text.replace(",", ";").encode(),
    "not UTF-8": lambda text: text.encode("utf-16"),
    "which only a spreadsheet program": lambda text: f"sep=,\n{text}".encode(),
    "cannot be read as CSV|has no rows|no column": lambda _: b"",
}


def refused(prepared: HandPrepared, content: bytes, raw: Path, folder: Path) -> str:
    (folder / prepared.file).write_bytes(content)
    with pytest.raises(PipelineError) as failed:
        adopt(folder, raw, today=TODAY)
    assert failed.value.exit_code in (4, 5)
    assert failed.value.where
    assert failed.value.do
    assert "version control" not in failed.value.explain()
    return failed.value.explain()


@pytest.mark.parametrize("prepared", AS_HELD, ids=lambda one: one.source_id)
def test_what_is_held_can_be_brought_in_again_as_it_is(prepared: HandPrepared, raw: Path, tmp_path: Path) -> None:
    copy = tmp_path / "raw"
    shutil.copytree(raw, copy)
    (tmp_path / prepared.file).write_text(as_prepared(prepared).to_csv(index=False), encoding="utf-8")
    adopt(tmp_path, copy, today=TODAY)
    before, after = tree(raw), tree(copy)
    del before[lock.NAME], after[lock.NAME]
    assert after == before


@pytest.mark.usefixtures("nothing_held_is_touched")
@pytest.mark.parametrize("prepared", AS_HELD, ids=lambda one: one.source_id)
def test_a_fault_in_a_prepared_table_is_refused_by_name(prepared: HandPrepared, raw: Path, tmp_path: Path) -> None:
    """Each table gets a third of the faults, each fault falls on a third of the tables."""
    rows, turn = as_prepared(prepared), AS_HELD.index(prepared)
    for number, (words, fault) in enumerate(FAULTS.items()):
        damaged = fault(rows, prepared) if number % 3 == turn % 3 else None
        if damaged is not None:
            assert re.search(words, refused(prepared, damaged.to_csv(index=False).encode(), raw, tmp_path))
    for number, (words, change) in enumerate(FILES.items()):
        if number % 3 == turn % 3:
            assert re.search(words, refused(prepared, change(rows.to_csv(index=False)), raw, tmp_path))


@pytest.mark.usefixtures("nothing_held_is_touched")
def test_a_nation_that_is_lost_or_has_the_name_of_another_is_refused(raw: Path, tmp_path: Path) -> None:
    (prepared,) = (one for one in AS_HELD if one.source_id == "ons-good-health")
    rows = as_prepared(prepared)
    for one in ("Scotland", "Wales"):
        lost = rows[rows["area_name"] != one]
        assert "1 area(s) are missing" in refused(prepared, lost.to_csv(index=False).encode(), raw, tmp_path)
        swapped = rows.assign(area_name=rows["area_name"].replace({one: "England", "England": one}))
        assert f"is named {one}, the name held for" in refused(
            prepared, swapped.to_csv(index=False).encode(), raw, tmp_path
        )
