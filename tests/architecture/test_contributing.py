"""CONTRIBUTING.md names the right files, and as few as it should."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = re.split(r"(?m)^## ", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
MOST_FILES = {
    "Add a definition of the gap": 4,
    "Add a chart to a screen": 3,
    "Add a source of figures": 6,
    "Add a screen": 3,
    "Take in a new release": 0,
}


def rows(heading: str) -> list[tuple[str, list[str]]]:
    """File and the names that are to be found in it, for each row of a section's table."""
    (section,) = [text for text in SECTIONS if text.startswith(f"{heading}\n")]
    lines = re.findall(r"(?m)^\| `([^`]+)` \| (.+) \|$", section)
    return [(file, re.findall(r"`([^`]+)`", words)) for file, words in lines]


ROWS = [(file, names) for heading in MOST_FILES for file, names in rows(heading)]


@pytest.mark.parametrize("heading", MOST_FILES)
def test_no_addition_touches_more_files_than_it_should(heading: str) -> None:
    found = rows(heading)
    assert len(found) <= MOST_FILES[heading]
    assert bool(found) == bool(MOST_FILES[heading])


@pytest.mark.parametrize(("file", "names"), ROWS)
def test_every_file_is_there_and_holds_what_is_named(file: str, names: list[str]) -> None:
    files = [path for path in ROOT.glob(re.sub(r"<\w+>", "*", file)) if "<" not in file or path.name != "__init__.py"]
    assert files, file
    texts = [path.read_text(encoding="utf-8") for path in files]
    for name in names:
        assert any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts), f"{name} is not in {file}"


def test_the_lists_are_read() -> None:
    assert len(ROWS) > 12
    assert sum(len(names) for _, names in ROWS) > 10
