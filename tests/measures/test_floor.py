"""Claims about the floor for many areas and the fastest sustained rise."""

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from pipeline.errors import MeasureRefused
from pipeline.measures.gap.floor import areas_below_floor, fastest_sustained_rise

T = np.arange(2012.5, 2024.5)


@pytest.mark.parametrize(("value", "is_below"), [(60.9, True), (61.0, False), (61.1, False), (np.nan, False)])
def test_only_an_area_under_the_floor_is_below_it(value, is_below):
    assert areas_below_floor([value], [1000], 61.0).below.tolist() == [is_below]


def test_areas_people_and_years_below_the_floor_are_counted():
    task = areas_below_floor([58.0, 60.5, 63.0], [100, 200, 400], 61.0)
    assert task.area_count == 2
    assert task.people == 300
    assert task.shortfall_years == pytest.approx([3.0, 0.5, 0.0])


def test_an_area_below_the_floor_without_people_is_refused():
    with pytest.raises(MeasureRefused, match="no population"):
        areas_below_floor([58.0, 63.0], [np.nan, 100], 61.0)


def test_unequal_lengths_are_refused():
    with pytest.raises(MeasureRefused, match="one population per area"):
        areas_below_floor([58.0, 63.0], [100], 61.0)


def test_the_fastest_rise_is_found_with_its_area_run_pace_and_error():
    values = np.full((3, 12), 60.0)
    values[1] += 0.2 * (T - T[0])
    values[2, 4:] += 0.5 * (T[4:] - T[4])
    rise = fastest_sustained_rise(values, np.full((3, 12), 0.6), T)
    assert (rise.area_position, rise.first_position, rise.last_position) == (2, 4, 10)
    assert rise.pace_years_per_year == pytest.approx(0.5)
    assert rise.pace_se == pytest.approx(0.6 * np.sqrt(2) / 6)


def test_one_jump_that_is_not_kept_up_does_not_count_as_sustained():
    values = np.array([[60.0] * 6 + [64.0] * 6, 60 + 0.1 * (T - T[0])])
    assert fastest_sustained_rise(values, np.ones((2, 12)), T).area_position == 1


def test_when_every_area_falls_there_is_no_sustained_rise():
    with pytest.raises(MeasureRefused, match="No area rose"):
        fastest_sustained_rise([61 - 0.1 * (T - T[0])], [np.ones(12)], T)


def test_a_run_longer_than_the_series_is_refused():
    with pytest.raises(MeasureRefused, match="does not fit"):
        fastest_sustained_rise([T], [T], T, period_count=5)


def test_an_area_published_at_the_floor_is_not_below_it() -> None:
    # 63.7 - 1.8 is 61.900000000000006 in binary; an area at 61.9 stands at the floor
    task = areas_below_floor([61.8, 61.9, 62.0], [10, 10, 10], 63.7 - 1.8)
    assert task.area_count == 1


def test_a_floor_is_compared_on_the_published_decimal():
    # a quarter of the gap of the extreme tenths closed gives 59.00002; two authorities were published at 59.0
    task = areas_below_floor([58.9, 59.0, 59.0, 59.1], [10, 20, 30, 40], 59.00002500000001)
    assert (task.area_count, task.people) == (1, 10)
    assert task.shortfall_years == pytest.approx([0.1, 0, 0, 0], abs=1e-4)
    # a floor printed as 62.0 has the areas at 61.9 below it, and those at 62.0 not
    assert areas_below_floor([61.9, 62.0], [10, 20], 61.95).area_count == 1


def test_the_floor_of_the_extreme_tenths_is_above_56_authorities_and_17_187_454_people():
    hle = pd.read_csv(store.PROCESSED_FOLDER / "hle.csv").query("area_type == 'utla' and sex == 'female'")
    hle = hle[hle["release"] == "2026-02-19"].merge(
        pd.read_csv(store.PROCESSED_FOLDER / "deprivation.csv"), on="area_code"
    )
    by_hle = hle[hle["period"] == "2020 to 2022"].sort_values("hle_years")["hle_years"]
    floor = by_hle.tail(15).mean() - 0.75 * (by_hle.tail(15).mean() - by_hle.head(15).mean())
    latest = hle[hle["period"] == "2022 to 2024"]
    task = areas_below_floor(latest["hle_years"], latest["population"], floor)
    assert (task.area_count, task.people) == (56, 17_187_454)


@pytest.mark.parametrize("floor", [np.nan, np.inf])
def test_a_missing_floor_is_refused(floor):
    with pytest.raises(MeasureRefused, match="floor"):
        areas_below_floor([58.0], [10], floor)
