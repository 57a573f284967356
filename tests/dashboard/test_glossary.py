"""The glossary explains every term once, in order, and every screen's terms are in it."""

import re
from pathlib import Path

import pytest

from dashboard import glossary

ROOT = Path(__file__).resolve().parents[2]


def test_every_heading_of_the_file_is_a_term_with_a_meaning() -> None:
    text = glossary.FILE.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.M)
    assert [term.name for term in glossary.terms().values()] == headings
    assert all(term.meaning.endswith(".") for term in glossary.terms().values())


def test_terms_stand_in_the_order_of_the_alphabet() -> None:
    names = [term.name.lower() for term in glossary.terms().values()]
    assert names == sorted(names)


@pytest.mark.parametrize("definition", ["hle", "le", "gap", "interval", "imd", "sii", "rii", "income", "authority"])
def test_the_words_that_every_visitor_meets_are_explained(definition: str) -> None:
    assert len(glossary.terms()[definition].meaning) > 40


def test_an_unknown_term_is_a_mistake_and_not_an_empty_panel() -> None:
    with pytest.raises(KeyError):
        glossary.as_markdown("hle", "no-such-term")


def test_the_terms_that_screens_ask_for_are_all_in_the_glossary() -> None:
    known = set(glossary.terms())
    for page in [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]:
        for listed in re.findall(r"terms=\(([^)]*)\)", page.read_text(encoding="utf-8")):
            assert set(re.findall(r'"([^"]+)"', listed)) <= known, page.name
