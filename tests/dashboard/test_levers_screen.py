"""The Levers screen opens every view and every case by a link, and other screens find the cases of their place."""

from collections.abc import Callable

import pytest
from screen_tables import tables_on
from streamlit.testing.v1 import AppTest

from dashboard.levers.local_action import local_action_at
from pipeline.processed import Tables

Screen = Callable[..., AppTest]
CASES = {
    "4.A": "Coventry",
    "4.B": "Gateshead",
    "5.A": "Sunderland",
    "5.B": "England and Wales",
    "6.A": "Wiltshire and Swindon",
    "6.B": "South east London",
    "7.A": "Northern Devon",
    "7.B": "Buckfastleigh",
    "8.A": "Greater Manchester",
    "8.B": "UK",
    "8.C": "Paddington (Westminster)",
    "9.A": "Wigan",
    "9.B": "Wiltshire",
}


def titles(shown: AppTest) -> str:
    return " ".join(html.proto.body for html in shown.get("html") if "chart-title" in html.proto.body)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("gaps", "Most deprived fifth: worse off on"),
        ("health", "go with longer healthy lives"),
        ("holders", "Widest gap: Work and Pensions"),
        ("place", ": weakest on "),
        ("action", "beat prediction in all 4 periods"),
    ],
)
def test_every_view_opens_by_its_name_and_says_its_finding(screen: Screen, view: str, said: str) -> None:
    shown = screen("pages/levers.py", view=view)
    assert not shown.exception
    assert not shown.error
    assert said in titles(shown)


@pytest.mark.parametrize(
    ("former", "said"),
    [
        ("Their gaps", "Most deprived fifth: worse off on"),
        ("And healthy life", "go with longer healthy lives"),
        ("Who holds them", "Widest gap"),
        ("What places did", "beat prediction"),
    ],
)
def test_addresses_with_former_words_open_the_same_view(screen: Screen, former: str, said: str) -> None:
    shown = screen("pages/levers.py", view=former)
    assert not shown.exception
    assert not shown.warning
    assert said in titles(shown)


@pytest.mark.parametrize(("case", "place"), CASES.items())
def test_every_case_opens_from_a_link_to_it(screen: Screen, case: str, place: str) -> None:
    shown = screen("pages/levers.py", view="action", case=case)
    assert not shown.exception
    assert place in [one.value for one in shown.header]
    text = " ".join(one.value for one in shown.markdown)
    assert "This is its account, not proof of an effect" in text
    assert f"National Syndemic (2021), case {case}." in text


def test_a_link_that_names_a_case_alone_opens_the_view_that_shows_it(screen: Screen) -> None:
    shown = screen("pages/levers.py", case="9.A", sex="male")
    assert not shown.exception
    assert "Wigan" in [one.value for one in shown.header]
    assert "Men: Wigan " in titles(shown)


def test_filters_narrow_the_building_blocks_and_say_so(screen: Screen) -> None:
    shown = screen("pages/levers.py", acts="combined-authority", department="Department for Transport")
    text = " ".join(part.value for part in shown.markdown)
    assert "1 building block led by Department for Transport, on which a combined authority can act." in text


def test_a_choice_that_nothing_meets_says_so_and_is_no_fault(screen: Screen) -> None:
    shown = screen("pages/levers.py", part="Wellbeing", acts="combined-authority")
    assert not shown.exception
    assert "Nothing matches these filters" in shown.info[0].value


def test_missing_authorities_are_listed_by_name(screen: Screen) -> None:
    shown = screen("pages/levers.py", part="Work")
    shown.session_state["without-figure"] = True  # opened
    shown.run()
    (listed,) = (one for one in tables_on(shown) if "Which" in one)
    names = dict(zip(listed["Building block"], listed["Which"], strict=True))
    assert "Isles of Scilly" in names["Employment rate"]
    assert "Surrey" in names["Output per hour worked"]


def test_an_unknown_case_is_said_and_nothing_breaks(screen: Screen) -> None:
    shown = screen("pages/levers.py", view="action", case="9.Z")
    assert not shown.exception
    assert "is not one of the choices, so nothing is chosen" in shown.warning[0].value


@pytest.mark.parametrize(
    ("area", "cases"),
    [
        ("E08000010", ["8.A", "9.A"]),  # Wigan: its own, and Greater Manchester's
        ("E47000001", ["8.A", "9.A"]),  # Greater Manchester: its own, and a member's
        ("E12000002", ["8.A", "9.A"]),  # North West
        ("E10000008", ["7.A", "7.B"]),  # Devon
        ("E06000054", ["6.A", "9.B"]),  # Wiltshire
        ("E09000023", ["6.B"]),  # Lewisham
        ("E06000009", []),  # Blackpool
        ("", []),
    ],
)
def test_a_place_finds_its_cases_first_and_the_nationwide_ones_last(area: str, cases: list[str]) -> None:
    found = local_action_at(Tables.open(), area)
    assert [one.case for one in found] == [*cases, "5.B", "8.B"]
    assert [one.nationwide for one in found] == [False] * len(cases) + [True, True]


def test_every_case_is_found_from_some_area_and_leads_to_its_own_link() -> None:
    areas = ["E08000026", "E08000037", "E08000024", "E06000054", "E09000022", "E10000008", "E09000033", "E08000010"]
    found = {one.case: one for area in areas for one in local_action_at(Tables.open(), area)}
    assert set(found) == set(CASES)
    assert found["4.A"].query == {"view": "action", "case": "4.A"}
    assert found["9.A"].label == "Wigan, since 2011"
    assert found["8.B"].label == "UK, since 2021 (nationwide)"
