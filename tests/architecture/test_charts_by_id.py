"""Pages and the dashboard reach charts by id: only the catalogue knows how a chart is drawn."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = ("gap", "promise", "map", "deprivation", "place", "levers", "england")
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "dashboard").rglob("*.py"))]


def drawings_imported(source: str) -> set[str]:
    """Return the folders of drawings from which a file imports anything."""
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {f"{node.module}.{name.name}" for name in node.names}
    return {f"charts.{one}" for one in SUBJECTS if any(f"{name}.".startswith(f"charts.{one}.") for name in imported)}


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_and_no_part_of_a_screen_imports_a_drawing(path: Path) -> None:
    assert drawings_imported(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("breach", "found"),
    [
        ("from charts.gap.gap_path import gap_path", {"charts.gap"}),
        ("from charts import gap", {"charts.gap"}),
        ("import charts.map.views as views", {"charts.map"}),
        ("from charts.catalogue import gap", set()),
        ("from charts.kit import words", set()),
    ],
)
def test_a_deliberate_breach_is_found_and_the_catalogue_is_none(breach: str, found: set[str]) -> None:
    assert drawings_imported(breach) == found
