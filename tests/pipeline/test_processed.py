"""The processed tables of one build are opened, all of them or none."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from pipeline import store
from pipeline.contracts import check
from pipeline.errors import ContractBroken, NotBuilt
from pipeline.processed import Tables
from pipeline.tables import PROCESSED
from pipeline.tables.contract import FORMULA_STARTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the build that a test may damage."""
    for name in ("datapackage.json", "gaps.csv", "hle.csv"):
        shutil.copy2(store.PROCESSED_FOLDER / name, tmp_path / name)
    return tmp_path


def test_the_same_build_is_opened_once(folder: Path) -> None:
    assert Tables.open(folder) is Tables.open(folder)


def test_a_new_build_is_opened_anew(folder: Path) -> None:
    before, path = Tables.open(folder), folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"build": "newer"}), encoding="utf-8")
    assert Tables.open(folder).build == "newer" != before.build


def test_a_build_of_the_same_size_is_told_by_its_time(folder: Path) -> None:
    before = Tables.open(folder)
    os.utime(folder / "datapackage.json", (0, 0))
    assert Tables.open(folder) is not before


def test_a_table_is_read_once_also_by_many_threads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, reads = pd.read_csv, []

    def counted(*args: object, **kwargs: object) -> pd.DataFrame:
        reads.append(1)
        return read(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(pd, "read_csv", counted)
    tables = Tables.open(folder)
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: tables.table("gaps"), range(32)))
    assert len(reads) == 1
    assert all(one is seen[0] for one in seen)


def test_a_table_has_the_types_of_its_contract(folder: Path) -> None:
    checked = store.read(PROCESSED["hle"], folder / "hle.csv")
    pd.testing.assert_frame_equal(Tables.open(folder).table("hle"), checked)


def test_only_the_newest_release_and_only_england_are_picked(folder: Path) -> None:
    tables = Tables.open(folder)
    assert set(tables.newest("hle")["release"]) == {tables.release}
    assert set(tables.england()["area_code"]) == {"E92000001"}


@pytest.mark.parametrize("damage", ["cut", "foreign"])
def test_a_table_that_the_descriptor_does_not_vouch_for_is_refused(folder: Path, damage: str) -> None:
    path = folder / "gaps.csv"
    path.write_bytes(path.read_bytes()[:-100] if damage == "cut" else b"area,sex\n")
    with pytest.raises(NotBuilt, match="being replaced"):
        Tables.open(folder).table("gaps")


def test_a_missing_table_is_said_with_the_command_that_makes_it(folder: Path) -> None:
    (folder / "gaps.csv").unlink()
    with pytest.raises(NotBuilt, match="python -m pipeline build"):
        Tables.open(folder).table("gaps")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"build": "b", "version": "v"}'])
def test_a_descriptor_that_is_not_whole_is_no_build(folder: Path, text: str) -> None:
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(NotBuilt, match="python -m pipeline build"):
        Tables.open(folder)


def test_no_descriptor_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="no figures to show"):
        Tables.open(tmp_path)


@pytest.mark.parametrize("name", PROCESSED)
def test_no_table_and_so_no_data_pack_can_hold_text_that_a_spreadsheet_would_run(name: str) -> None:
    frame = Tables.open(store.PROCESSED_FOLDER).table(name).head(20).astype(object)
    frame = frame.astype({column.name: column.dtype for column in PROCESSED[name].columns if column.kind != "text"})
    free = [one.name for one in PROCESSED[name].columns if one.kind == "text" and not (one.pattern or one.allowed)]
    for column, start in zip(free, FORMULA_STARTS, strict=False):
        spoilt = frame.copy()
        spoilt.loc[frame.index[-1], column] = f"{start}1+1"
        with pytest.raises(ContractBroken, match="must not begin as a formula does"):
            check(PROCESSED[name], spoilt, where="here")
