"""Damaged published figures: one clear message, a non-zero exit, and the last good tables stay as they were."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from publisher import tree

from pipeline import build as building
from pipeline import cli, store
from pipeline.tables import PROCESSED

FROM = {
    "raw": store.RAW_FOLDER,
    "processed": store.PROCESSED_FOLDER,
    "docs": store.DOCS_FOLDER,
    "static": store.DATA_FOLDER / "static",
}
HLE = "hle/2026-02-19.csv"
Lines = list[str]


@pytest.fixture(scope="module")
def published() -> dict[str, pd.DataFrame]:
    """Every undamaged table: to read them all takes longer than all else that most builds here do."""
    return building.read_raw(FROM["raw"])


@pytest.fixture(scope="module")
def computed() -> dict[str, pd.DataFrame]:
    """What undamaged figures give; that a build computes these very tables is tested in tests/release."""
    return {name: store.read(table, FROM["processed"] / f"{name}.csv") for name, table in PROCESSED.items()}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: dict[str, pd.DataFrame]) -> Path:
    """A project of its own, whose tables were built from undamaged figures; of its published tables the damaged are read."""
    for name, folder in FROM.items():
        shutil.copytree(folder, tmp_path / name, ignore=shutil.ignore_patterns("pictures", "published"))
        monkeypatch.setattr(store, f"{name.upper()}_FOLDER", tmp_path / name)
    read = building._all_releases

    def read_where_damaged(name: str, folder: Path) -> pd.DataFrame:
        return published[name] if tree(folder) == tree(FROM["raw"] / name) else read(name, folder)

    monkeypatch.setattr(building, "_all_releases", read_where_damaged)
    return tmp_path


def build(project: Path) -> Result:
    return CliRunner().invoke(cli.main, ["build", "--raw", str(project / "raw")])


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.*"))}


def edit(path: Path, change: Callable[[Lines], Lines]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


def without_column(name: str) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        place = lines[0].split(",").index(name)
        return [",".join(cell for i, cell in enumerate(line.split(",")) if i != place) for line in lines]

    return change


def swapped_interval(lines: Lines) -> Lines:
    header = lines[0].split(",")
    lower, upper = header.index("hle_lci_95"), header.index("hle_uci_95")
    cells = lines[5].split(",")
    cells[lower], cells[upper] = cells[upper], cells[lower]
    return [*lines[:5], ",".join(cells), *lines[6:]]


def without_one_period(lines: Lines) -> Lines:
    first = next(i for i, line in enumerate(lines) if "E12000001" in line and "2015 to 2017" in line)
    return lines[:first] + lines[first + 1 :]


def without_one_authority(lines: Lines) -> Lines:
    return [line for line in lines if "E06000001" not in line]


def reversed_polarity(lines: Lines) -> Lines:
    header = lines[0].split(",")
    place = header.index("imd_decile")
    flipped = []
    for line in lines[1:]:
        cells = line.split(",")
        cells[place] = str(11 - int(cells[place]))
        flipped.append(",".join(cells))
    return [lines[0], *flipped]


DAMAGE = {
    "a missing column": (HLE, without_column("hle_lci_95"), "missing hle_lci_95"),
    "an unknown column": (
        HLE,
        lambda lines: [f"{line},{'surprise' if i == 0 else 1}" for i, line in enumerate(lines)],
        "unknown surprise",
    ),
    "an unknown code": (
        HLE,
        lambda lines: [line.replace("E12000001", "E99000001") for line in lines],
        "'E99000001' is not allowed",
    ),
    "a swapped interval": (HLE, swapped_interval, "is above"),
    "a repeated row": (HLE, lambda lines: [*lines, lines[1]], "repeated row"),
    "a missing period": (HLE, without_one_period, "lacks 1 period"),
    "an empty file": (HLE, lambda _: [""], "cannot be read as CSV"),
    "a header without rows": (HLE, lambda lines: lines[:1], "has no rows"),
    "a word for a number": (
        HLE,
        lambda lines: [lines[0], lines[1].replace("2011,2013", "2011,soon"), *lines[2:]],
        "soon",
    ),
    "a missing authority": (HLE, without_one_authority, "missing E06000001"),
    "a page instead of a table": (HLE, lambda _: ["<html>", "<body>Not found</body>"], "wrong columns"),
    "reversed polarity": ("hle_deciles/2026-04-15.csv", reversed_polarity, "wrong polarity"),
}


@pytest.mark.parametrize("damage", list(DAMAGE), ids=lambda name: str(name).replace(" ", "-"))
def test_damaged_figures_are_refused_and_nothing_is_lost(project: Path, damage: str) -> None:
    file, change, message = DAMAGE[damage]
    edit(project / "raw" / file, change)
    before = digests(project / "processed")

    result = build(project)

    assert result.exit_code == 5, result.output
    assert message in result.output, result.output
    assert "Where: " in result.output
    assert "What to do: " in result.output
    assert "Traceback" not in result.output
    assert digests(project / "processed") == before


def test_a_missing_folder_is_refused_in_the_same_way(project: Path) -> None:
    shutil.rmtree(project / "raw" / "hle")
    before = digests(project / "processed")
    result = build(project)
    assert result.exit_code == 5
    assert "No published figures for table hle" in result.output
    assert digests(project / "processed") == before


def test_a_full_disk_leaves_the_last_good_tables(
    project: Path, monkeypatch: pytest.MonkeyPatch, computed: dict[str, pd.DataFrame]
) -> None:
    monkeypatch.setattr(building, "compute", lambda _: computed)
    (project / "processed" / "gaps.csv").write_text("old\n", encoding="utf-8")
    before = digests(project / "processed")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    result = build(project)
    assert result.exit_code == 6, result.output
    assert "No space left on device" in result.output
    assert digests(project / "processed") == before


def test_undamaged_figures_build_and_rewrite_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, computed: dict[str, pd.DataFrame]
) -> None:
    monkeypatch.setattr(building, "compute", lambda _: computed)
    before = digests(project / "processed")
    result = build(project)
    assert result.exit_code == 0, result.output
    assert "0 file(s) rewritten" in result.output
    assert digests(project / "processed") == before
