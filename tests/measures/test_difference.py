"""Claims about gaps, their intervals and which end moved them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import (
    difference,
    ends_change,
    interval_from_standard_error,
    levelling_up_gap,
    refuse_reversed_ends,
    standard_error_from_interval,
    weighted_mean,
)

years = st.floats(40, 80)
standard_errors = st.floats(0, 3)


def test_a_95_percent_interval_is_1_959964_standard_errors_each_way():
    lower, upper = interval_from_standard_error(60.0, 1.0)
    assert lower == pytest.approx(60 - 1.959964, abs=1e-6)
    assert upper == pytest.approx(60 + 1.959964, abs=1e-6)


@given(years, standard_errors, st.floats(0.5, 0.999))
def test_interval_and_standard_error_agree(estimate, se, confidence):
    lower, upper = interval_from_standard_error(estimate, se, confidence)
    assert standard_error_from_interval(lower, upper, confidence) == pytest.approx(se, abs=1e-9)


def test_the_wrong_confidence_level_does_not_bring_the_standard_error_back():
    lower, upper = interval_from_standard_error(60.0, 1.0, 0.998)
    assert standard_error_from_interval(lower, upper, 0.95) > 1.5


def test_a_missing_limit_gives_a_missing_standard_error():
    assert np.isnan(standard_error_from_interval([np.nan], [61.0])).all()


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_level_outside_0_to_1_is_refused(confidence):
    with pytest.raises(MeasureRefused):
        interval_from_standard_error(60, 1, confidence)


def test_swapped_limits_are_refused():
    with pytest.raises(MeasureRefused, match="lower limit above"):
        standard_error_from_interval(61.0, 60.0)


def test_the_standard_error_of_a_gap_is_that_of_a_3_4_5_triangle():
    gap, se = difference(64.0, 58.0, 0.3, 0.4)
    assert gap == pytest.approx(6.0)
    assert se == pytest.approx(0.5)


def test_a_negative_standard_error_is_refused():
    with pytest.raises(MeasureRefused):
        difference(64.0, 58.0, -0.3, 0.4)


@given(st.lists(st.tuples(years, years), min_size=2, max_size=12))
def test_reversing_polarity_is_caught(pairs):
    better, worse = np.array(pairs).T
    if better.mean() - worse.mean() < 1e-6:
        better, worse = worse + 1, better
    refuse_reversed_ends(better, worse)
    with pytest.raises(MeasureRefused, match="swapped"):
        refuse_reversed_ends(worse, better)


def test_one_period_with_a_negative_gap_is_not_taken_for_reversed_polarity():
    refuse_reversed_ends([62.0, 59.9], [60.0, 60.0])


def test_one_upside_down_series_among_many_is_caught():
    with pytest.raises(MeasureRefused):
        refuse_reversed_ends([[65, 66], [58, 59]], [[60, 60], [60, 60]])


def test_a_weighted_mean_and_its_standard_error_match_hand_arithmetic():
    # 1/4 of 60 and 3/4 of 64 is 63; sqrt((0.25 * 0.8)^2 + (0.75 * 0.2)^2) = sqrt(0.04 + 0.0225) = 0.25
    mean, se = weighted_mean([60.0, 64.0], [0.8, 0.2], [1000, 3000])
    assert mean == pytest.approx(63.0)
    assert se == pytest.approx(0.25)


def test_a_weighted_mean_takes_many_periods_at_once():
    mean, _ = weighted_mean([[60.0, 64.0], [50.0, 54.0]], 0.5, [1, 3])
    assert mean == pytest.approx([63.0, 53.0])


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], [1, np.nan]])
def test_weights_that_are_no_populations_are_refused(weights):
    with pytest.raises(MeasureRefused):
        weighted_mean([60.0, 64.0], [0.5, 0.5], weights)


def test_the_levelling_up_gap_keeps_the_peak_of_the_better_off_end():
    assert levelling_up_gap([65.0, 66.0, 63.0], [60.0, 59.0, 60.0]) == pytest.approx([5, 7, 6])


@given(st.lists(st.tuples(years, years), min_size=1, max_size=12), st.floats(0, 10))
def test_a_fall_of_the_better_off_end_never_narrows_the_levelling_up_gap(pairs, fall):
    better, worse = np.array(pairs).T
    fallen = better.copy()
    fallen[-1] = better.max() - fall
    before = levelling_up_gap(np.append(better, better.max()), np.append(worse, worse[-1]))
    after = levelling_up_gap(np.append(better, fallen[-1]), np.append(worse, worse[-1]))
    assert after[-1] == pytest.approx(before[-1])


def test_a_gap_that_narrows_because_the_top_fell_shows_it():
    change = ends_change(better_off_start=65.9, better_off_end=63.5, worse_off_start=59.2, worse_off_end=57.5)
    assert change.gap_change == pytest.approx(-0.7)
    assert change.better_off_change == pytest.approx(-2.4)
    assert change.worse_off_change == pytest.approx(-1.7)
