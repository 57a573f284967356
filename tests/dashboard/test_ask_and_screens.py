"""A screen says the figures that `ask` gives for the same settings."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from charts.catalogue.view import question_of, view_of
from charts.kit import words
from pipeline import ask, open_tables

LINKS = [
    {"sex": "male", "definition": "extreme-tenths", "baseline": "2013 to 2015", "target": "2040", "share": "25"},
    {
        "sex": "female",
        "definition": "slope-regions",
        "target": "2031",
        "share": "75",
        "rule": "england",
        "model": "drift",
    },
]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link["definition"])
def test_the_screen_says_what_ask_says(screen: Callable[..., AppTest], link: dict[str, str]) -> None:
    shown = screen("pages/progress.py", **link)
    said = "\n".join([*(one.value for one in shown.markdown), *(one.proto.alt for one in shown.get("plotly_chart"))])
    tables = open_tables()
    view = view_of(link)
    one = ask(tables, question_of(tables, view), sex=view.sex, model=view.model)
    assert f"{words.number(one.gap_years)} more years" in said
    assert f"to {words.years(one.target_gap_years)} by {one.target_year}" in said
    assert f"narrow by {words.number(-one.required_pace, 2)} years a year" in said
    limits = words.interval(one.pace_lci_95, one.pace_uci_95, 2)
    assert f"{words.signed(one.observed_pace, 2)} years a year (95% interval {limits})" in said
    assert f"closing {one.share:.0f}% of it by {one.target_year}: {words.percent(one.probability)}" in said
    assert (
        f"against a dashed line at {words.number(one.floor_years)}; {one.authorities_below_floor} lie below it" in said
    )
