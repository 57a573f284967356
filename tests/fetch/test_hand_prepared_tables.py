"""Tables prepared by hand come in with the truth about themselves, and never push out a publisher's own."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from world import TODAY

from pipeline import store
from pipeline.errors import ContractBroken, SourceChanged, UsageError
from pipeline.intake import lock
from pipeline.intake.ingest import ingest_hand_prepared as adopt
from pipeline.read import corrections
from pipeline.read.hand_prepared import HAND_PREPARED
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
