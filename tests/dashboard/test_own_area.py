"""The Place screen with places that the visitor chooses: an own area from a link, compared, and set against another."""

from collections.abc import Callable

import pytest
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
    pairs = tables_on(shown)[-1]["Places"].tolist()
    assert pairs == ["Coast and Tees minus Blackpool", "Coast and Tees minus Cumbria", "Blackpool minus Cumbria"]


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
