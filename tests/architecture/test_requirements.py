"""The pinned libraries: each with checksums, from no particular host, the same in all files."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements-setup.txt", "requirements.txt", "requirements-pipeline.txt", "requirements-dev.txt")
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = DECLARED["project"]


def pins(file: str) -> set[str]:
    """Library, version and the systems it is for, as a requirements file pins them."""
    return set(re.findall(r"(?m)^([a-z0-9][^\\\n]*==[^\\\n]*?) \\$", (ROOT / file).read_text(encoding="utf-8")))


def names(file: str) -> set[str]:
    return {re.split(r"==|\[", pin)[0] for pin in pins(file)}


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_checksums_and_no_host_is_named(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^(?=\w)", text)[1:]
    assert len(blocks) == len(pins(file)) > 0
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


@pytest.mark.parametrize(
    ("smaller", "larger"), [(FILES[1], FILES[2]), (FILES[2], FILES[3]), ("requirements-setup.txt", FILES[3])]
)
def test_what_more_needs_is_pinned_as_what_less_needs(smaller: str, larger: str) -> None:
    assert pins(smaller) < pins(larger)


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("requirements-setup.txt", DECLARED["dependency-groups"]["setup"]),
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-pipeline.txt", PROJECT["optional-dependencies"]["pipeline"]),
        ("requirements-dev.txt", PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_everything_that_the_project_asks_for_is_pinned(file: str, asked: list[str]) -> None:
    wanted = {re.match(r"[\w-]+", library)[0] for library in asked}  # type: ignore[index]
    assert wanted <= names(file), "run `make lock`"


def test_the_screens_are_not_given_what_only_figures_and_files_need() -> None:
    assert names("requirements.txt").isdisjoint({"geopandas", "shapely", "kaleido", "gptables", "stamina", "openpyxl"})
