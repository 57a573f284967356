"""Succession as it is written by hand: every row has its law, and an area that goes on has one successor."""

from collections import Counter

import pytest

from pipeline.sources.facts import facts
from pipeline.succession import CARRIES_ON, SUCCESSION, Succession, ended, successors
from pipeline.tables import PROCESSED
from tests.pipeline.processed import processed

CUMBERLAND, WESTMORLAND = "E06000063", "E06000064"
BY_LAW = {
    "Allerdale": CUMBERLAND,
    "Carlisle": CUMBERLAND,
    "Copeland": CUMBERLAND,
    "Barrow-in-Furness": WESTMORLAND,
    "Eden": WESTMORLAND,
    "South Lakeland": WESTMORLAND,
}
"""Explanatory note of S.I. 2022/331."""
EAST_SURREY = {"Elmbridge", "Epsom and Ewell", "Mole Valley", "Reigate and Banstead", "Tandridge"}
"""As the government announced on 28 October 2025."""


def test_every_row_names_the_law_it_rests_on() -> None:
    rows = facts(PROCESSED["succession"])
    assert rows["law"].str.contains(r"Order \d{4}").all()
    assert rows["from_date"].str.endswith("-04-01").all()


def test_an_area_that_goes_on_has_one_successor_and_is_the_only_one_before_it() -> None:
    going_on = [row for row in SUCCESSION if row.change in CARRIES_ON]
    assert max(Counter(row.old_code for row in SUCCESSION if row in going_on).values()) == 1
    assert max(Counter(row.new_code for row in going_on).values()) == 1


@pytest.mark.parametrize(("district", "authority"), BY_LAW.items())
def test_the_districts_of_cumbria_lead_to_the_authorities_that_the_law_formed_of_them(
    district: str, authority: str
) -> None:
    found = processed("districts").set_index("district_name")["area_code"]
    assert found[district] == authority


def test_each_district_of_surrey_is_in_one_of_the_two_councils_to_come() -> None:
    to_come = {row.old_name: row.new_name for row in SUCCESSION if not row.new_code and not row.is_authority}
    districts = processed("districts").query("area_code == 'E10000030'")["district_name"]
    assert set(to_come) == set(districts)
    assert {name for name, council in to_come.items() if council == "East Surrey"} == EAST_SURREY


def row(change: str, old: str, new: str) -> Succession:
    rest = {"from_date": "2027-04-01", "old_name": old, "new_name": new, "law": "", "law_url": ""}
    return Succession(change=change, old_code=old, new_code=new, **rest)


def test_a_chain_of_new_codes_leads_to_the_last_and_one_without_a_code_changes_nothing() -> None:
    rows = [row("name", "E1", "E2"), row("boundary", "E2", "E3"), row("name", "E4", "")]
    assert successors(rows) == {"E1": "E3", "E2": "E3"}


def test_what_became_of_an_area_is_said_in_words() -> None:
    rows = [row("split", "A", "B"), row("split", "A", "C"), row("merger", "D", "E"), row("split", "F", "")]
    assert ended(rows) == {"A": "A, since 2027 B, and C", "D": "D, since 2027 part of E"}
