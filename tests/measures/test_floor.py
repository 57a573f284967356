"""Claims about the floor for many areas and the fastest sustained rise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.floor import areas_below_floor, fastest_sustained_rise, floor_value

T = np.arange(2012.5, 2024.5)


@given(st.floats(60, 70), st.floats(0.1, 20))
def test_with_the_rich_end_held_the_floor_is_the_midpoint_of_the_two_ends(rich, gap):
    assert floor_value(rich, gap) == pytest.approx((rich + (rich - gap)) / 2)


def test_ends_of_65_and_57_give_the_floor_of_61_years():
    assert floor_value(65.0, 8.0) == pytest.approx(61.0)


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
