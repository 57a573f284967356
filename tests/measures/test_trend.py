"""Claims about the pace of a gap over overlapping periods."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.trend import (
    gap_covariance,
    non_overlapping_pace,
    observed_pace,
    process_covariance,
    sampling_covariance,
    wandering_covariance,
)
from tests.measures.regional_figures import MID_POINTS, ends, expected
from tests.measures.simulated_series import false_alarm_rate, ordinary_false_alarm_rate, series_without_a_slope

TAU = 0.139  # refitting noise of one end, years; a gap has two
SLOPES = {(row["sex"], row["method"]): row for row in expected("trend_south_east_north_east.csv")}


def paces(sex):
    pair = ends(sex)
    covariance = gap_covariance(pair.better_se, pair.worse_se, MID_POINTS)
    with_nugget = observed_pace(pair.gap, pair.gap_se, MID_POINTS, covariance, nugget_variance=2 * TAU**2)
    return {
        "weighted, naive": (with_nugget.pace_years_per_year, with_nugget.naive_se),
        "weighted, overlap and nugget": (with_nugget.pace_years_per_year, with_nugget.pace_se),
    }


@pytest.mark.parametrize(("sex", "method"), [key for key in SLOPES if key[1].startswith("weighted")])
def test_slopes_and_errors_of_south_east_minus_north_east_match_the_reference(sex, method):
    slope, se = paces(sex)[method]
    row = SLOPES[sex, method]
    assert slope == pytest.approx(float(row["pace_years_per_year"]), abs=1e-6)
    assert se == pytest.approx(float(row["pace_se"]), abs=0.002 if "nugget" in method else 1e-5)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_four_non_overlapping_periods_match_the_reference(sex):
    pair = ends(sex)
    pace = non_overlapping_pace(pair.gap, pair.gap_se, MID_POINTS)
    row = SLOPES[sex, "four non-overlapping periods"]
    assert pace.pace_years_per_year == pytest.approx(float(row["pace_years_per_year"]), abs=1e-5)
    assert pace.pace_se == pytest.approx(float(row["pace_se"]), abs=1e-5)


def test_the_corrected_test_raises_a_false_alarm_in_5_percent_and_the_naive_one_in_over_15():
    values, se = series_without_a_slope(20_000)
    pace = observed_pace(values, se, MID_POINTS, sampling_covariance(se, MID_POINTS))
    assert 0.03 < false_alarm_rate(pace.pace_years_per_year, pace.pace_se) < 0.07
    assert false_alarm_rate(pace.pace_years_per_year, pace.naive_se) > 0.15


def test_the_slope_over_four_periods_raises_a_false_alarm_in_5_percent_as_well():
    values, se = series_without_a_slope(20_000)
    four = non_overlapping_pace(values, se, MID_POINTS)
    assert 0.03 < false_alarm_rate(four.pace_years_per_year, four.pace_se) < 0.07


@pytest.mark.parametrize(("sex", "sampling_only", "wandering_aware"), [("female", 2.98, 2.15), ("male", 2.15, 1.49)])
def test_the_default_pair_has_the_published_z_with_and_without_wandering(sex, sampling_only, wandering_aware):
    pair = ends(sex, "London", "North East")
    covariance = gap_covariance(pair.better_se, pair.worse_se, MID_POINTS)
    plain = observed_pace(pair.gap, pair.gap_se, MID_POINTS, covariance, nugget_variance=2 * TAU**2)
    wandering = covariance + wandering_covariance(MID_POINTS, sigma=0.154, tau=TAU)
    aware = observed_pace(pair.gap, pair.gap_se, MID_POINTS, wandering)
    assert plain.pace_years_per_year / plain.pace_se == pytest.approx(sampling_only, abs=0.01)
    assert aware.pace_years_per_year / aware.pace_se == pytest.approx(wandering_aware, abs=0.01)


def test_a_series_of_five_periods_has_a_pace_and_its_check_says_that_it_cannot():
    t, se = MID_POINTS[-5:], np.full(5, 0.5)
    pace = observed_pace(0.2 * t, se, t, sampling_covariance(se, t))
    assert pace.pace_years_per_year == pytest.approx(0.2)
    check = non_overlapping_pace(0.2 * t, se, t)
    assert np.isnan([check.pace_years_per_year, check.pace_se, check.pace_lci_95, check.pace_uci_95]).all()
    seven = MID_POINTS[-7:]
    assert non_overlapping_pace(0.2 * seven, np.full(7, 0.5), seven).pace_years_per_year == pytest.approx(0.2)


def test_ordinary_least_squares_on_overlapping_periods_would_cry_wolf_in_28_percent():
    """The control behind the choice: residual scatter looks small because neighbours move together."""
    values, _ = series_without_a_slope(20_000)
    assert ordinary_false_alarm_rate(values) == pytest.approx(0.28, abs=0.015)


def test_overlap_widens_the_error_and_more_noise_widens_it_further():
    pair = ends("male")
    covariance = gap_covariance(pair.better_se, pair.worse_se, MID_POINTS)
    plain = observed_pace(pair.gap, pair.gap_se, MID_POINTS, covariance)
    noisy = observed_pace(pair.gap, pair.gap_se, MID_POINTS, covariance, nugget_variance=0.04)
    wandering = covariance + 2 * 0.089**2 * process_covariance(MID_POINTS, MID_POINTS, 2011.5)
    drifting = observed_pace(pair.gap, pair.gap_se, MID_POINTS, wandering, nugget_variance=0.04)
    assert plain.naive_se < plain.pace_se < noisy.pace_se < drifting.pace_se


def test_many_series_at_once_give_what_each_gives_alone():
    both = [ends(sex) for sex in ("male", "female")]
    gap, se = np.array([e.gap for e in both]), np.array([e.gap_se for e in both])
    covariance = sampling_covariance(se, MID_POINTS)
    together = observed_pace(gap, se, MID_POINTS, covariance)
    for i in range(2):
        alone = observed_pace(gap[i], se[i], MID_POINTS, covariance[i])
        assert together.pace_years_per_year[i] == pytest.approx(alone.pace_years_per_year)
        assert together.pace_se[i] == pytest.approx(alone.pace_se)


@given(st.floats(-1, 1), st.floats(40, 80), st.lists(st.floats(0.2, 2), min_size=12, max_size=12))
def test_a_straight_line_gives_its_slope_back_whatever_the_weights(slope, level, standard_errors):
    values = level + slope * (MID_POINTS - 2018)
    covariance = sampling_covariance(standard_errors, MID_POINTS)
    assert observed_pace(values, standard_errors, MID_POINTS, covariance).pace_years_per_year == pytest.approx(
        slope, abs=1e-8
    )


def test_the_process_covariance_is_that_of_averaged_partial_sums():
    """Independent arithmetic: average the rows of a cumulative-sum matrix and multiply it out."""
    yearly_from_steps = np.tril(np.ones((14, 14)), -1)  # the first year has no step before it
    average = np.array([[1 / 3 if i <= y < i + 3 else 0 for y in range(14)] for i in range(12)])
    loadings = average @ yearly_from_steps
    assert process_covariance(MID_POINTS, MID_POINTS, 2011.5) == pytest.approx(loadings @ loadings.T)


@pytest.mark.parametrize(
    ("values", "standard_errors", "periods"),
    [([1.0, 2.0], [1.0, 1.0], [1.5, 2.5]), ([1.0, 2.0, 3.0], [1, 0, 1], [1.5, 2.5, 3.5]), ([1, 2], [1, 1], [1, 2, 3])],
)
def test_a_slope_without_three_periods_or_errors_is_refused(values, standard_errors, periods):
    with pytest.raises(MeasureRefused):
        observed_pace(values, standard_errors, periods, np.eye(len(periods)))
