"""What a map shows of each area: years not in good health, change, deprivation, thirds; and why a figure is missing."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from pipeline.answers.map.rows import (
    apart,
    in_force_at,
    map_rows,
    periods_apart,
    with_change,
    with_deprivation,
    with_life_expectancy,
    with_thirds,
)
from pipeline.answers.map.scale import level_scale, round_edges, round_half_way, rows_scale
from pipeline.errors import UsageError
from pipeline.processed import Tables

LATEST, FIRST = "2022 to 2024", "2011 to 2013"
NORTH_EAST = "E12000001"


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def rows(area_type: str, sex: str = "female", period: str = LATEST, since: str = "") -> pd.DataFrame:
    return map_rows(tables(), area_type=area_type, sex=sex, period=period, since=since).set_index("area_code")


@pytest.mark.parametrize(("area_type", "count"), [("region", 9), ("combined-authority", 15), ("utla", 153)])
def test_every_area_of_a_level_has_one_row(area_type: str, count: int) -> None:
    found = rows(area_type)
    assert len(found) == count
    assert found.index.is_unique


def test_years_not_in_good_health_are_life_expectancy_minus_healthy_life_expectancy() -> None:
    """ONS: men in the North East, 2022 to 2024, life expectancy 77.7 and healthy 57.0 (56.1 to 57.9)."""
    found = rows("region", "male").loc[NORTH_EAST]
    assert found["poor_health_years"] == pytest.approx(20.7)
    assert found["poor_health_lci_95"] == pytest.approx(19.8)
    assert found["poor_health_uci_95"] == pytest.approx(21.6)


def test_years_not_in_good_health_are_given_only_where_both_figures_belong_together() -> None:
    latest, first = rows("utla"), rows("utla", period=FIRST)
    assert latest["poor_health_years"].notna().sum() == 151
    given = first["poor_health_years"].notna()
    assert given.sum() == 21
    assert first.loc[~given & first["hle_years"].notna(), "le_release"].eq("2024-12").all()
    reasons = first.loc[~given, "no_poor_health_reason"]
    assert reasons.str.contains("earlier release").sum() == 130
    assert reasons.str.contains("too few residents").sum() == 2
    assert first.loc[given, "no_poor_health_reason"].isna().all()


def test_combined_authorities_have_no_life_expectancy_in_the_latest_period_and_say_so() -> None:
    found = rows("combined-authority")
    assert found["le_years"].isna().all()
    assert found["no_le_reason"].str.contains("2022 to 2024").all()
    assert found["no_poor_health_reason"].notna().all()


def test_a_life_expectancy_published_after_healthy_life_expectancy_is_not_in_force() -> None:
    assert in_force_at("2026-02-19", ["2024-12", "2025-12-10", "2026-12-09"]) == "2025-12-10"
    assert in_force_at("2020-01-01", ["2024-12"]) == ""


def test_life_expectancy_of_the_newest_release_held_is_shown() -> None:
    base = pd.DataFrame(
        {
            "area_code": ["E06000001"],
            "hle_years": [55.0],
            "hle_lci_95": [53.0],
            "hle_uci_95": [57.0],
            "no_hle_reason": [None],
        }
    )
    held = pd.DataFrame(
        {
            "area_code": ["E06000001"] * 2,
            "sex": "male",
            "period": LATEST,
            "le_years": [78.0, 79.0],
            "le_lci_95": np.nan,
            "le_uci_95": np.nan,
            "release": ["2025-12-10", "2024-12"],
        }
    )
    found = with_life_expectancy(base, held, sex="male", period=LATEST, hle_release="2026-02-19").iloc[0]
    assert (found["le_years"], found["poor_health_years"]) == (78.0, 23.0)


def test_a_change_has_the_error_of_both_periods() -> None:
    """Women in the North East: 60.1 (59.5 to 60.8) to 56.9 (55.9 to 57.9).

    SE 1.3 / 3.919928 = 0.33164 and 2.0 / 3.919928 = 0.51021, together 0.60852; -3.2 ± 1.959964 x 0.60852.
    """
    found = rows("region", since=FIRST).loc[NORTH_EAST]
    assert found["change_years"] == pytest.approx(-3.2)
    assert found["change_lci_95"] == pytest.approx(-4.3927, abs=1e-3)
    assert found["change_uci_95"] == pytest.approx(-2.0073, abs=1e-3)
    assert found["changed"] == "fell"


def test_periods_that_share_years_give_a_change_without_a_test() -> None:
    found = rows("region", since="2021 to 2023")
    assert found["change_years"].notna().all()
    assert found[["change_lci_95", "change_uci_95"]].isna().all(axis=None)
    assert (found["changed"] == "not tested").all()


def test_each_word_for_a_change_is_said_when_it_is_true() -> None:
    now = pd.DataFrame(
        {
            "area_code": list("abcd"),
            "hle_years": [62.0, 58.0, 60.5, np.nan],
            "hle_lci_95": [61.0, 57.0, 59.5, np.nan],
            "hle_uci_95": [63.0, 59.0, 61.5, np.nan],
        }
    )
    before = pd.DataFrame(
        {
            "area_code": list("abcd"),
            "sex": "male",
            "period": FIRST,
            "hle_years": 60.0,
            "hle_lci_95": 59.0,
            "hle_uci_95": 61.0,
        }
    )
    found = with_change(now, before, sex="male", period=LATEST, since=FIRST)
    assert found["changed"].tolist() == ["rose", "fell", "not clearly changed", "no figure"]


def test_periods_apart_share_no_year() -> None:
    assert apart("2011 to 2013", "2014 to 2016")
    assert not apart("2011 to 2013", "2013 to 2015")
    assert periods_apart([f"{year} to {year + 2}" for year in range(2011, 2023)], latest=LATEST) == [
        "2013 to 2015",
        "2016 to 2018",
        "2019 to 2021",
        "2022 to 2024",
    ]


def test_deprivation_of_a_larger_area_is_the_mean_of_its_people() -> None:
    deprivation = pd.DataFrame(
        {
            "release": "2025-10",
            "area_code": ["E06000001", "E06000002", "E06000003"],
            "imd_score": [10.0, 30.0, 50.0],
            "population": [100, 300, 600],
        }
    )
    areas = pd.DataFrame(
        {
            "area_code": ["E06000001", "E06000002", "E06000003"],
            "region_code": ["E12000001", "E12000001", "E12000002"],
            "combined_authority_code": [None, "E47000006", "E47000006"],
        }
    )
    for area_type, code, expected in (
        ("region", "E12000001", 25.0),
        ("combined-authority", "E47000006", 130 / 3),
        ("utla", "E06000002", 30.0),
    ):
        found = with_deprivation(pd.DataFrame({"area_code": [code], "area_type": [area_type]}), deprivation, areas)
        assert found["imd_score"].iloc[0] == pytest.approx(expected)


def test_thirds_hold_a_third_each_and_ties_stay_together() -> None:
    found = with_thirds(
        pd.DataFrame(
            {"hle_years": [50, 51, 52, 52, 52, 60, 61, 62, 63, np.nan], "imd_score": [9, 8, 7, 6, 5, 4, 3, 2, 1, 5]}
        )
    )
    assert found["hle_third"].tolist()[:9] == ["lowest"] * 5 + ["middle"] + ["highest"] * 3
    assert found["imd_third"].tolist()[:9] == ["highest"] * 3 + ["middle"] * 3 + ["lowest"] * 3
    assert found.loc[9, ["hle_third", "imd_third"]].isna().all()


def test_a_period_without_figures_for_england_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="2011 to 2013"):
        map_rows(tables(), area_type="region", sex="female", period="1999 to 2001")


def test_edges_are_round_and_spread_the_middle_of_the_values_over_the_classes() -> None:
    values = np.linspace(52, 70, 1001)  # the middle 90% spans 16.2 years: classes of at least 2.7, so 3
    assert round_edges(values) == (54.0, 57.0, 60.0, 63.0, 66.0)
    assert round_edges([]) == ()
    assert round_edges([np.nan, np.nan]) == ()


def test_large_is_the_median_size_to_the_nearest_half() -> None:
    assert round_half_way([-3.1, 4.2, -9.0]) == 4.0
    assert round_half_way([0.1, -0.1]) == 0.5
    assert round_half_way([]) == 1.0


def test_one_scale_serves_both_sexes_and_all_periods() -> None:
    edges = level_scale(tables(), column="hle_years", area_type="utla").edges
    hle = tables().newest("hle")
    values = hle.loc[hle["area_type"] == "utla", "hle_years"]
    shares = np.histogram(values, bins=[-np.inf, *edges, np.inf])[0] / len(values)
    assert len(edges) == 5
    assert shares.min() > 0.05
    assert shares.max() < 0.35


@pytest.mark.parametrize("column", ["hle_years", "le_years", "poor_health_years"])
@pytest.mark.parametrize("area_type", ["region", "utla"])
def test_every_level_measure_has_classes(column: str, area_type: str) -> None:
    assert len(level_scale(tables(), column=column, area_type=area_type).edges) == 5


def test_only_clear_values_say_what_is_large() -> None:
    table = pd.DataFrame({"change_years": [-8.0, -6.0, 0.1, 0.2, 0.3]})
    assert rows_scale(table, column="change_years", clear=[True, True, False, False, False]).large == 7.0
