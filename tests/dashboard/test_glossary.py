"""The glossary explains every term once, in order, and every screen's terms are in it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import glossary

ROOT = Path(__file__).resolve().parents[2]

JARGON: Mapping[str, str] = {
    "hle": r"healthy life expectancy",
    "interval": r"95% interval",
    "baseline": r"baseline (?!value)",
    "forecast": r"forecast",
    "pace": r"\bpaces?\b",
    "floor": r"\bfloor\b",
    "imd": r"index of multiple deprivation|\bIMD\b",
    "decile": r"\btenths?\b",
    "fifth": r"(lowest|deprived) fifth",
    "sii": r"slope index",
    "rii": r"relative index",
    "small-area": r"small areas?\b",
    "rank-interval": r"\brank\b.*interval",
    "p-lowest-fifth": r"chance of being among the lowest fifth",
    "expected": r"deprivation predicts",
    "similar": r"similar places",
    "combined-authority": r"combined authorit",
    "years-not-healthy": r"not in good health",
    "building-blocks": r"building blocks?",
    "local-action": r"local action",
    "release": r"releases compared",
    "checksum": r"checksum",
    "verdict": r"on course",
    "reading": r"readings?\b",
    "milestone": r"on the path\b",
    "shortfall": r"shortfall",
    "early-sign": r"early signs?\b",
}
"""Term -> the words by which a screen uses it."""

EXPLAINED = 'aria-label="Definitions"'
BLACKPOOL = "E06000009"
SCREENS = {
    "app.py": [
        {"tab": tab}
        for tab in (
            "definitions",
            "readings",
            "release",
            "history",
            "everyone",
            "nations",
            "lives",
            "signs",
            "promises",
        )
    ],
    "pages/map.py": [{}],
    "pages/progress.py": [{"tab": tab} for tab in ("milestones", "ends", "needed", "ages")],
    "pages/deprivation.py": [{"tab": tab} for tab in ("slopes", "places", "inside")],
    "pages/place.py": [{"place": BLACKPOOL, "tab": tab} for tab in ("trends", "peers", "inside")],
    # not the view of health, whose ranks are those of a correlation
    "pages/levers.py": [{"view": view} for view in ("gaps", "holders", "place", "action")],
    "pages/data.py": [{}],
    "pages/trust.py": [{}],
}
"""Page -> words of its address for each of its parts."""


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
        for listed in re.findall(r"(?:terms=|TERMS = )\(((?:[^()]|\([^()]*\))*)\)", page.read_text(encoding="utf-8")):
            assert set(re.findall(r'"([^"]+)"', listed)) <= known, page.name


def said_on(shown: AppTest) -> str:
    """Return the words of a screen: sentences, headings, titles, controls and words beneath charts; not those of the terms themselves."""
    html = [one.proto.body for one in shown.get("html") if EXPLAINED not in one.proto.body]
    labels = [one.label for kind in (shown.selectbox, shown.radio, shown.button_group) for one in kind]
    texts = [*(one.value for one in [*shown.markdown, *shown.title, *shown.header, *shown.subheader]), *labels, *html]
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", " ".join(texts), flags=re.S)


@pytest.mark.parametrize(("page", "words"), [(page, words) for page, parts in SCREENS.items() for words in parts])
def test_every_hard_word_on_a_screen_is_explained_a_click_away(
    screen: Callable[..., AppTest], page: str, words: dict[str, str]
) -> None:
    shown = screen("" if page == "app.py" else page, **words)
    shown.session_state["definitions"] = True
    shown.run()
    (explained,) = (one.proto.body for one in shown.get("html") if EXPLAINED in one.proto.body)
    text = said_on(shown)
    used = [term for term, pattern in JARGON.items() if re.search(pattern, text, re.I)]
    assert len(used) > 2
    known = glossary.terms()
    assert [term for term in used if f"<strong>{known[term].name}.</strong>" not in explained] == []
