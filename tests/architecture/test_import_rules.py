"""The rooms and what may pass between them; each rule is shown to catch its breach."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pipeline", "charts", "dashboard")


BREACHES = {
    "pipeline.periods": ["charts.kit.words", "pipeline.tables"],
    "pipeline.errors": ["pipeline.areas"],
    "pipeline.tables.contract": ["pipeline.build", "pipeline.contracts"],
    "pipeline.read.reading": ["pipeline.measures.difference", "pipeline.intake.fetch"],
    "pipeline.measures.difference": ["pipeline.store", "plotly", "streamlit", "requests"],
    "pipeline.answers.map.scale": ["pipeline.intake.lock", "pipeline.store"],
    "pipeline.geography.tiles": ["pipeline.answers.map.scale", "pipeline.assemble.places"],
    "pipeline.build": ["pipeline.review.diff"],
    "charts.kit.words": ["dashboard.shell", "charts.gap", "pipeline.review.diff"],
    "charts.kit.theme": ["streamlit", "scipy", "requests"],
    "charts.map.classes": ["charts.catalogue.entry", "pipeline.intake.lock", "pipeline.build"],
    "charts.catalogue.entry": ["charts.export.names"],
    "dashboard.link": ["pipeline.read.reading", "pipeline.intake.lock"],
}
"""Module -> what it may not import."""


@dataclass(frozen=True)
class Verdict:
    """What the import rules say of a folder."""

    kept: bool
    said: str
    broken: frozenset[str]
    """Names of the rules that are broken."""


def lint(folder: Path) -> Verdict:
    """Hold a folder against the import rules of its pyproject.toml."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(program), "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    said = " ".join(done.stdout.split())
    broken = frozenset(name for name in rules() if re.search(re.escape(name) + r" BROKEN", said))
    return Verdict(done.returncode == 0, said, broken)


def rules() -> list[str]:
    """Names of the import rules."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [rule["name"] for rule in settings["tool"]["importlinter"]["contracts"]]


def copied(target: Path) -> Path:
    """Give a copy of the rooms and their rules, to break."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, target / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


@pytest.fixture(scope="module")
def breached(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What the rules say once every deliberate breach is in the code, and a module that belongs to no room."""
    folder = copied(tmp_path_factory.mktemp("breached"))
    for module, imports in BREACHES.items():
        path = folder / (module.replace(".", "/") + ".py")
        lines = "".join(f"import {name}\n" for name in imports)
        path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    (folder / "pipeline" / "heap.py").write_text("", encoding="utf-8")
    return lint(folder)


def test_no_import_breaks_a_rule(tmp_path: Path) -> None:
    verdict = lint(copied(tmp_path))
    assert verdict.kept, verdict.said


@pytest.mark.parametrize(
    ("module", "imported"), [(module, name) for module, imports in BREACHES.items() for name in imports]
)
def test_a_deliberate_breach_is_caught(breached: Verdict, module: str, imported: str) -> None:
    assert f"{module} -> {imported} (l." in breached.said


def test_every_rule_catches_a_breach(breached: Verdict) -> None:
    assert breached.broken == set(rules())


def test_a_module_outside_the_rooms_is_caught(breached: Verdict) -> None:
    assert "not listed as layers: - pipeline.heap" in breached.said


@pytest.mark.parametrize(
    "folder",
    sorted({path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}),
    ids=lambda folder: folder.relative_to(ROOT).as_posix(),
)
def test_no_floor_has_more_rooms_than_a_stranger_can_survey(folder: Path) -> None:
    rooms = [path for path in folder.iterdir() if path.is_dir() or path.suffix == ".py"]
    assert len([path for path in rooms if not path.name.startswith("__")]) <= 20


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


@pytest.mark.parametrize("path", [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))], ids=lambda path: path.name)
def test_no_screen_imports_a_drawing(path: Path) -> None:
    modules = re.findall(r"(?m)^(?:from|import) (charts[.\w]*)", path.read_text(encoding="utf-8"))
    assert [name for name in modules if not re.match(r"charts\.(catalogue|kit)\b", name)] == []


def test_only_the_tests_of_a_release_read_the_figures_of_today() -> None:
    for path in (ROOT / "tests").rglob("*.py"):
        if path.parent.name != "release" and path.name != "freeze.py":
            today = r"""(ROOT|parents\[2\]) / "data"|"data/(raw|processed)/|STATIC_FOLDER / "boundaries\""""
            assert not re.search(today, path.read_text("utf-8")), path


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
