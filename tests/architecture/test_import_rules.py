"""The rooms and what may pass between them; each rule is shown to catch its breach."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pipeline", "charts", "dashboard")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import rules of pyproject.toml in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the rooms and their rules, to break."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_import_breaks_a_rule(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "breach"),
    [
        ("pipeline/periods.py", "import charts.kit.words"),
        ("charts/kit/words.py", "import dashboard.shell"),
        ("pipeline/measures/gap/difference.py", "import pipeline.store"),
        ("pipeline/measures/gap/difference.py", "import plotly"),
        ("pipeline/measures/gap/difference.py", "import streamlit"),
        ("charts/kit/theme.py", "import streamlit"),
        ("charts/kit/theme.py", "import scipy"),
        ("pipeline/tables/contract.py", "import pipeline.build"),
        ("pipeline/read/__init__.py", "import pipeline.measures.gap.difference"),
    ],
)
def test_a_deliberate_breach_is_caught(copy: Path, module: str, breach: str) -> None:
    path = copy / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{breach}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode == 1, done.stdout
    assert "broken" in done.stdout.lower()


def imported_rooms(path: Path) -> set[str]:
    """Return the top-level packages that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(
    "path", [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))], ids=lambda path: str(path.name)
)
def test_a_screen_chooses_and_shows_and_leaves_computing_to_others(path: Path) -> None:
    others = imported_rooms(path) - {"streamlit", "charts", "dashboard", "pipeline"}
    assert others <= sys.stdlib_module_names, others - sys.stdlib_module_names


def test_only_fetch_opens_a_connection_among_the_numbers() -> None:
    networked = {"requests", "socket", "urllib3", "http", "httpx", "aiohttp"}
    for path in (ROOT / "pipeline").rglob("*.py"):
        if path.name not in {"fetch.py", "faults.py"}:
            assert not imported_rooms(path) & networked, path


def test_the_module_that_names_network_failures_opens_nothing() -> None:
    tree = ast.parse((ROOT / "pipeline" / "intake" / "faults.py").read_text(encoding="utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "requests"
    }
    assert used.isdisjoint({"get", "post", "put", "head", "request", "Session", "session"})


def test_the_search_for_connections_would_find_one(tmp_path: Path) -> None:
    (tmp_path / "sly.py").write_text("from requests import get\n", encoding="utf-8")
    assert "requests" in imported_rooms(tmp_path / "sly.py")
