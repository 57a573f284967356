"""What the documents say of the code is what the code is."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tools import architecture

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / ".github" / "pull_request_template.md"]


def test_the_picture_of_the_rooms_is_as_the_command_draws_it() -> None:
    document = architecture.DOCUMENT.read_text(encoding="utf-8")
    assert architecture.renewed(document) == document, "run `make architecture`"


def test_an_import_that_follows_from_others_is_left_out_and_no_other() -> None:
    imports = {("screens", "charts"), ("charts", "numbers"), ("screens", "numbers"), ("files", "numbers")}
    assert architecture.without_detours(imports) == imports - {("screens", "numbers")}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if "://" not in link:
            assert (document.parent / link).exists(), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)(?:`|^)make ([a-z]+)", text))
    assert named <= targets, named - targets


def test_one_version_is_named_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert f"\n## {version}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
