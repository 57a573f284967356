"""Periods in every publisher's spelling, and codes that have been replaced."""

import pandas as pd
import pytest

from pipeline import store
from pipeline.areas import area_type_of, code_in_force, nearest_names
from pipeline.errors import SourceChanged
from pipeline.periods import Period, parse_period


@pytest.mark.parametrize(
    "spelling",
    ["2022 to 2024", "2022 - 24", "2022-24", "2022-2024", "2022/24", "2022-01-01/P3Y", " 2022 to 2024 ", "2022–2024"],  # noqa: RUF001
)
def test_every_spelling_met_is_one_period(spelling: str) -> None:
    assert parse_period(spelling) == Period(2022, 2024)
    assert parse_period(spelling).label == "2022 to 2024"


def test_a_single_year_is_a_period_of_one() -> None:
    assert parse_period("2023").label == "2023"
    assert parse_period("2023-01-01/P1Y") == Period(2023, 2023)


def test_a_period_across_the_century_ends_after_it_starts() -> None:
    assert parse_period("1999 - 01") == Period(1999, 2001)


def test_the_mid_point_of_three_years_is_in_the_middle_one() -> None:
    assert Period(2022, 2024).midpoint_year == 2023.5


@pytest.mark.parametrize("text", ["", "lately", "2024 to 2022", "22-24", "2022 to", "Q1 2022"])
def test_another_text_is_refused_with_the_spellings_that_are_known(text: str) -> None:
    with pytest.raises(SourceChanged, match="Period not understood"):
        parse_period(text)


@pytest.mark.parametrize("start", [f"2022-{month:02d}-01" for month in range(2, 13)] + ["2022-01-02", "2022-01-31"])
@pytest.mark.parametrize("length", ["/P3Y", "/P1Y", ""])
def test_a_period_that_does_not_start_on_the_first_of_january_is_refused(start: str, length: str) -> None:
    assert parse_period(f"2022-01-01{length}").start == 2022
    with pytest.raises(SourceChanged, match="Expected whole calendar years"):
        parse_period(start + length)


def test_replaced_codes_lead_to_the_code_in_force() -> None:
    assert code_in_force("E08000016") == "E08000038"
    assert code_in_force("E08000019") == "E08000039"
    assert code_in_force("E06000001") == "E06000001"


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("E92000001", "country"),
        ("E12000007", "region"),
        ("E47000001", "combined-authority"),
        ("E10000008", "utla"),
        ("E07000026", ""),
        ("W06000001", ""),
        ("E1200000", ""),
    ],
)
def test_a_code_tells_its_level(code: str, level: str) -> None:
    assert area_type_of(code) == level


NAMES = sorted(set(pd.read_csv(store.RAW_FOLDER / "hle" / "2026-02-19.csv", usecols=["area_name"])["area_name"]))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Yorkshire & the Humber", "Yorkshire and The Humber"),
        ("yorkshire", "Yorkshire and The Humber"),
        ("St Helens", "St. Helens"),
        ("Bristol", "Bristol, City of"),
        ("Hull", "Kingston upon Hull, City of"),
        ("Durham", "County Durham"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Newcastle on Tyne", "Newcastle upon Tyne"),
        ("Midlesbrough", "Middlesbrough"),
        ("BRIGHTON AND HOVE", "Brighton and Hove"),
    ],
)
def test_a_name_spelt_otherwise_leads_to_the_one_that_was_meant(asked: str, meant: str) -> None:
    assert meant in nearest_names(asked, NAMES)


@pytest.mark.parametrize(
    "change", [str.lower, str.upper, lambda name: name.replace(" and ", " & "), lambda name: name[:-1]]
)
def test_every_name_is_found_again_in_another_case_with_an_ampersand_or_a_letter_short(change) -> None:
    assert [name for name in NAMES if name not in nearest_names(change(name), NAMES)] == []


@pytest.mark.parametrize("asked", ["", "  ", "&", "xyzzy"])
def test_what_is_like_no_name_has_no_suggestion(asked: str) -> None:
    assert nearest_names(asked, NAMES) == []
