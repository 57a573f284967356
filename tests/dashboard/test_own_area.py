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
    assert "our estimate from ONS figures for 5 authorities" in said(shown)
    pairs = tables_on(shown)[-1]["Places"].tolist()
    assert pairs == ["Coast and Tees minus Blackpool", "Coast and Tees minus Cumbria", "Blackpool minus Cumbria"]


def test_the_copied_link_holds_name_and_codes(screen: Screen) -> None:
    shown = screen(PAGE, **OWN)
    assert "place=Coast+and+Tees" in said(shown)
    assert f"codes={CODES.replace('~', '%7E')}" in said(shown) or f"codes={CODES}" in said(shown)


@pytest.mark.parametrize(
    ("name", "codes", "words"),
    [
        ("Our area", "E06000099", "no authority in England today: E06000099"),
        ("<b>Our area</b>", CODES, "signs that a name cannot have"),
        ("Surrey", "E06000002", "Surrey is the name of a published place"),
        ("Our area", "E12000001~E06000002", "overlap"),
    ],
)
def test_a_malformed_own_area_is_said_in_words(screen: Screen, name: str, codes: str, words: str) -> None:
    shown = screen(PAGE, place=name, codes=codes)
    assert not shown.exception
    assert words in shown.warning[0].value


def test_a_gap_with_another_place_is_shown_as_the_visitors_own(screen: Screen) -> None:
    shown = screen(PAGE, place="E06000002", tab="pair")
    assert not shown.exception
    assert "not one of the definitions in use" in said(shown)
    assert "7.1 years" in said(shown)  # England 61.3 minus Middlesbrough 54.2, women, published


def test_a_deck_keeps_the_own_area(screen: Screen) -> None:
    shown = screen("pages/slides.py", **OWN, deck="place-hle.female", target="2034")
    assert not shown.exception
    assert not shown.warning
    assert shown.session_state["place"] == "Coast and Tees"
