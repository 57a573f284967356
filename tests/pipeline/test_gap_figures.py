"""The gap under each definition is the one that anybody can work out from the published figures."""

import csv

import pandas as pd
import pytest

from pipeline import store
from pipeline.measures.gap.gaps import borrowed_decile_error


def gap_rows() -> dict[tuple[str, str, str], dict[str, str]]:
    with (store.PROCESSED_FOLDER / "gaps.csv").open(encoding="utf-8") as file:
        return {(row["definition"], row["sex"], row["period"]): row for row in csv.DictReader(file)}


# Regions: published values subtracted by hand. Tenths, fifths and deciles: worked out apart from this project.
GAPS = [
    ("deprivation-regions", "2011 to 2013", 6.7, 6.7),
    ("deprivation-regions", "2022 to 2024", 6.0, 7.4),
    ("income-regions", "2011 to 2013", 4.8, 3.6),
    ("income-regions", "2022 to 2024", 5.9, 6.0),
    ("extreme-tenths", "2011 to 2013", 11.03, 11.37),
    ("extreme-tenths", "2022 to 2024", 12.80, 13.89),
    ("deprivation-deciles", "2022 to 2024", 19.4, 20.3),
    ("deprivation-fifths", "2022 to 2024", 7.6, 8.1),
    ("slope-deciles", "2022 to 2024", 19.32, 20.15),
]


@pytest.mark.parametrize(("definition", "period", "men", "women"), GAPS)
def test_the_gap_is_the_published_difference(definition: str, period: str, men: float, women: float) -> None:
    rows = gap_rows()
    assert float(rows[definition, "male", period]["gap_years"]) == pytest.approx(men, abs=0.05)
    assert float(rows[definition, "female", period]["gap_years"]) == pytest.approx(women, abs=0.05)


def test_the_gap_without_counting_a_fall_at_the_top_has_widened() -> None:
    rows = gap_rows()
    for sex, expected in (("male", 8.9), ("female", 10.2)):
        row = rows["deprivation-regions", sex, "2022 to 2024"]
        assert float(row["levelling_up_gap_years"]) == pytest.approx(expected, abs=0.05)


def test_the_standard_error_of_a_gap_comes_from_both_ends() -> None:
    rows = gap_rows()
    for sex, expected in (("male", 0.61), ("female", 0.70)):
        row = rows["income-regions", sex, "2022 to 2024"]
        assert float(row["gap_se"]) == pytest.approx(expected, abs=0.005)
        half_width = (float(row["gap_uci_95"]) - float(row["gap_lci_95"])) / 2
        assert half_width == pytest.approx(1.959964 * float(row["gap_se"]), abs=0.001)


def test_the_ends_are_the_regions_that_income_and_deprivation_name() -> None:
    rows = gap_rows()
    income = rows["income-regions", "male", "2022 to 2024"]
    deprivation = rows["deprivation-regions", "male", "2022 to 2024"]
    assert (income["better_off"], income["worse_off"]) == ("London", "North East")
    assert (deprivation["better_off"], deprivation["worse_off"]) == ("South East", "North East")


def test_a_gap_without_published_intervals_claims_none() -> None:
    row = gap_rows()["deprivation-deciles", "male", "2022 to 2024"]
    assert row["gap_se"] == row["gap_lci_95"] == row["gap_uci_95"] == ""


def test_deciles_that_come_out_before_the_areas_borrow_the_newest_error() -> None:
    hle = pd.DataFrame(
        {
            "release": "2026-02-19",
            "area_type": "country",
            "sex": "male",
            "period": ["2021 to 2023", "2022 to 2024"],
            "hle_lci_95": [60.8, 60.7],
            "hle_uci_95": [61.2, 61.1],
        }
    )
    gaps = pd.DataFrame(
        {"definition": "deprivation-deciles", "sex": "male", "period": ["2022 to 2024", "2023 to 2025"]}
    )
    borrowed = borrowed_decile_error(gaps, hle)
    # half-width 0.2 / 1.959964, a tenth of the people surveyed, two ends
    assert borrowed.tolist() == pytest.approx([0.2 / 1.959964 * 20**0.5] * 2)
