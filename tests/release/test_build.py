"""The committed tables are exactly what the committed figures give, wherever they are built."""

from pathlib import Path

import pytest

from pipeline.build import BuildReport, build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """A build into empty folders."""
    folder = tmp_path_factory.mktemp("rebuilt")
    report = build(ROOT / "data" / "raw", folder / "processed", folder / "docs", folder / "static")
    return folder, report


def test_a_build_from_nothing_gives_the_committed_tables_byte_for_byte(rebuilt: tuple[Path, BuildReport]) -> None:
    folder, report = rebuilt
    for built, committed in (
        (folder / "processed", ROOT / "data" / "processed"),
        (folder / "docs", ROOT / "docs"),
        (folder / "static", ROOT / "static"),
    ):
        for path in built.rglob("*.*"):
            assert path.read_bytes() == (committed / path.relative_to(built)).read_bytes(), path.name
    assert {path.name for path in (folder / "processed").iterdir()} == {
        path.name for path in (ROOT / "data" / "processed").iterdir()
    }
    assert len(report.rewritten) >= len(list((folder / "processed").iterdir()))


def test_a_second_build_touches_no_file(rebuilt: tuple[Path, BuildReport]) -> None:
    folder, first = rebuilt
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    second = build(ROOT / "data" / "raw", folder / "processed", folder / "docs", folder / "static")
    assert second.rewritten == ()
    assert second.build == first.build
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == times
