"""The committed tables are exactly what the committed figures give, wherever they are built."""

from pathlib import Path

from pipeline.build import build

ROOT = Path(__file__).resolve().parents[2]


def test_a_build_from_nothing_gives_the_committed_tables_byte_for_byte(tmp_path: Path) -> None:
    report = build(ROOT / "data" / "raw", tmp_path / "processed", tmp_path / "docs", tmp_path / "static")
    for built, committed in (
        (tmp_path / "processed", ROOT / "data" / "processed"),
        (tmp_path / "docs", ROOT / "docs"),
        (tmp_path / "static", ROOT / "static"),
    ):
        for path in built.rglob("*.*"):
            assert path.read_bytes() == (committed / path.relative_to(built)).read_bytes(), path.name
    assert {path.name for path in (tmp_path / "processed").iterdir()} == {
        path.name for path in (ROOT / "data" / "processed").iterdir()
    }
    assert len(report.rewritten) >= len(list((tmp_path / "processed").iterdir()))
