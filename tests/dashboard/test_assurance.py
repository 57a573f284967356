"""How far to trust this: every part of the document and every assumption is on the screen, and it is one click away."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboard.data import assurance
from dashboard.masthead import masthead
from dashboard.shell import MENU
from pipeline.sources import SOURCES


def test_the_screen_shows_every_part_and_every_assumption_whole(screen: Callable[..., AppTest]) -> None:
    shown = screen("pages/trust.py")
    assert not shown.exception
    headings = [one.value for one in shown.header]
    assert set(assurance.sections()) | {"Assumptions", "Sensitivity"} == set(headings)
    tables = " ".join(one.proto.body for one in shown.get("html"))
    log = assurance.assumptions()
    assert len(log) >= 15
    assert all(f">{number}</th>" in tables for number in log["Number"])
    assert all(cell.strip() for cell in log.to_numpy().ravel())


def test_it_is_linked_from_the_top_of_every_screen() -> None:
    assert ("pages/trust.py", "How far to trust this") in MENU


def test_the_top_of_every_screen_says_when_the_next_figures_are_expected_until_they_are_there() -> None:
    expected = SOURCES["ons-hle"].next_release
    assert expected == "2027-02"
    assert "Next: February 2027." in masthead.site("2026-02-19")
    assert "Next:" not in masthead.site("2027-02-18")
