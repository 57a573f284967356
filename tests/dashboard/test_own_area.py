"""The Place screen with places that the visitor chooses: an own area from a link, compared, and set against another."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from malformed_groups import MALFORMED
from screen_tables import tables_on
from streamlit.testing.v1 import AppTest

Screen = Callable[..., AppTest]
PAGE, CODES = "pages/place.py", "E06000001~E06000002~E06000003~E06000004~E06000011"
OWN = {"place": "Coast and Tees", "codes": CODES}


def said(shown: AppTest) -> str:
    html = [one.proto.body for one in shown.get("html")]
    return " ".join([*(part.value for part in [*shown.markdown, *shown.warning, *shown.error]), *html])


def test_a_link_with_five_codes_and_a_name_opens_cold_and_compares(screen: Screen) -> None:
    shown = screen(PAGE, **OWN, tab="compare", compare="E06000009~cumbria", quantity="share")
    assert not shown.exception
    assert not shown.warning
    assert [one.value for one in shown.title] == ["Coast and Tees"]
    link = next(code.value for code in shown.code if "?" in code.value)
    assert "place=Coast+and+Tees" in link
    assert f"codes={CODES.replace('~', '%7E')}" in link or f"codes={CODES}" in link
    assert "our estimate from ONS figures for 5 authorities" in said(shown)
    menu = next(one for one in re.findall("<nav.*?</nav>", said(shown)) if "menu" in one)
    taken = dict(re.findall(r'href="/(\w*)\??([^"]*)"', menu))
    assert "place=Coast" in taken["slides"]
    assert "codes=" in taken["slides"]
    assert "place" not in taken["map"], "a screen without groups is not told of one"
    pairs = tables_on(shown)[-1]["Places"].tolist()
    assert pairs == ["Coast and Tees minus Blackpool", "Coast and Tees minus Cumbria", "Blackpool minus Cumbria"]


def read_address() -> None:
    """A screen that only reads a place from the address."""
    import streamlit as st

    from dashboard import link, screen
    from dashboard.place import search
    from pipeline.processed import Tables

    st.session_state.clear()  # as opened cold; a script of its own for each address takes four times as long
    shown = screen.begin(screen.Screen())
    link.begin("Place")
    st.title(search.box(Tables.open())[0] or "none")
    for sentence in shown.misread:
        st.warning(sentence)
    link.let_go()


def test_every_malformed_own_area_in_an_address_gets_words() -> None:
    assert len(MALFORMED) >= 40
    shown = AppTest.from_function(read_address, default_timeout=60)
    for name, codes, words in MALFORMED:
        shown.query_params.clear()
        shown.query_params.update(place=name, codes=codes)
        shown.run()
        assert not shown.exception, (name, codes)
        found = " ".join(one.value for one in shown.warning)
        assert words.replace("E06000002 is", "Middlesbrough is") in found, "the address says a code in words"


@pytest.mark.parametrize(
    ("name", "codes", "words"),
    [
        ("Our area", "E06000099", "no authority in England today: E06000099"),
        ("<b>Our area</b>", CODES, "signs that a name cannot have"),
        ("Surrey", "E06000002", "Surrey is the name of a published place"),
    ],
)
def test_a_malformed_own_area_is_said_in_words(screen: Screen, name: str, codes: str, words: str) -> None:
    shown = screen(PAGE, place=name, codes=codes)
    assert not shown.exception
    assert words in shown.warning[0].value


def test_a_deck_keeps_the_own_area(screen: Screen) -> None:
    shown = screen("pages/slides.py", **OWN, deck="place-hle.female", target="2034")
    assert not shown.exception
    assert not shown.warning
    assert shown.session_state["place"] == "Coast and Tees"


def test_an_own_area_is_gathered_from_the_map_one_by_one(screen: Screen) -> None:
    shown = screen("pages/map.py", place="E06000002")
    for place in ("E06000002", "E06000003", "E06000001"):
        shown.session_state["place"] = place  # as a click on the map does
        shown.run()
        next(one for one in shown.button if one.label == "Add to your own area").click().run()
    next(one for one in shown.button if one.label == "Take out of your own area").click().run()
    assert not shown.exception
    link = next(one.proto for one in shown.get("page_link") if "own area" in one.proto.label)
    assert "Your own area: Middlesbrough and Redcar and Cleveland." in said(shown)
    shown.switch_page(PAGE)  # the place chosen on the map is still held, but the link says another
    shown.query_params.clear()
    shown.query_params.update({name: values[0] for name, values in parse_qs(link.query_string).items()})
    shown.run()
    assert not shown.warning
    assert [one.value for one in shown.title] == ["Your own area"]
    assert "our estimate from ONS figures for 2 authorities" in said(shown)
