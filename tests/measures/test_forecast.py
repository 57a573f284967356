"""Claims about the forecast of a gap and the years to reach a goal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.forecast import forecast, probability_at_most, years_to_reach
from pipeline.measures.trend.trend import gap_covariance
from pipeline.measures.trend.variances import WanderingVariances, pooled_variances
from tests.measures.regional_figures import MID_POINTS, PRE_PANDEMIC, Z_95, ends, expected, nine_regions

WITH_DRIFT = WanderingVariances(sigma=0.089, tau=0.139, drift=True)
WITHOUT_DRIFT = WanderingVariances(sigma=0.154, tau=0.139, drift=False)
REFERENCE = expected("forecast_south_east_north_east.csv")


def at_target(sex, variances, periods=slice(None)):
    pair, t = ends(sex), MID_POINTS[periods]
    covariance = gap_covariance(pair.better_se[periods], pair.worse_se[periods], t)
    return forecast(pair.gap[periods], covariance, t, [2033.5], variances=variances)


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: row["sex"])
def test_the_forecast_for_2032_to_2034_matches_the_reference(row):
    found = at_target(row["sex"], WITH_DRIFT)
    half_of_latest = ends(row["sex"]).gap[-1] / 2
    probability = probability_at_most(half_of_latest, found.gap_years, found.gap_se)
    assert found.gap_years[0] == pytest.approx(float(row["gap_years"]), abs=0.02)
    assert Z_95 * found.gap_se[0] == pytest.approx(float(row["half_width_95"]), abs=0.02)
    assert probability[0] == pytest.approx(float(row["p_half"]), abs=0.001)


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: row["sex"])
def test_our_own_variances_give_the_same_forecast_to_0_02_years(row):
    found = at_target(row["sex"], pooled_variances(*nine_regions(), MID_POINTS, drift=True))
    assert found.gap_years[0] == pytest.approx(float(row["gap_years"]), abs=0.02)
    assert Z_95 * found.gap_se[0] == pytest.approx(float(row["half_width_95"]), abs=0.02)


@pytest.mark.parametrize("variances", [WITH_DRIFT, WITHOUT_DRIFT])
def test_the_forecast_is_the_conditional_normal_of_one_big_matrix(variances):
    """Independent arithmetic: give level and drift a vague prior and condition the whole normal at once."""
    pair = ends("male")
    years = np.arange(2011, 2035)
    level_and_drift = 1e6 * (np.ones((24, 24)) + variances.drift * np.outer(years - 2018, years - 2018))
    walk = 2 * variances.sigma**2 * np.minimum.outer(years - 2011, years - 2011)
    average = np.array([[1 / 3 if s <= y <= s + 2 else 0 for y in years] for s in (*range(2011, 2023), 2032)])
    joint = average @ (level_and_drift + walk) @ average.T
    seen, target = joint[:12, :12], joint[12:, :12]
    seen = seen + gap_covariance(pair.better_se, pair.worse_se, MID_POINTS) + 2 * variances.tau**2 * np.eye(12)
    gain = np.linalg.solve(seen, target.T).T
    found = at_target("male", variances)
    assert found.gap_years == pytest.approx(gain @ pair.gap, abs=1e-3)
    assert found.gap_se**2 == pytest.approx((joint[12:, 12:] - gain @ target.T)[0], abs=1e-3)


def test_the_intervals_cover_as_often_as_they_say():
    """Simulate the model itself, forecast ten years on, and count how often the truth lies inside."""
    generator = np.random.default_rng(11)
    count, standard_error = 4000, 0.4
    drift = generator.normal(0, 0.05, size=(count, 1))
    steps = generator.normal(0, np.sqrt(2) * WITH_DRIFT.sigma, size=(count, 24))
    latent = 6 + np.cumsum(steps + drift, axis=-1)
    yearly_error = generator.normal(0, np.sqrt(3) * standard_error, size=(count, 14))
    window = np.lib.stride_tricks.sliding_window_view
    seen = window(latent[:, :14] + yearly_error, 3, axis=-1).mean(axis=-1)
    seen = seen + generator.normal(0, np.sqrt(2) * WITH_DRIFT.tau, size=seen.shape)
    both_ends = np.full(12, standard_error / np.sqrt(2))
    covariance = gap_covariance(both_ends, both_ends, MID_POINTS)
    found = forecast(seen, covariance, MID_POINTS, [2033.5], variances=WITH_DRIFT)
    truth = latent[:, 21:24].mean(axis=-1, keepdims=True)
    inside_95 = np.mean((found.gap_lci_95 < truth) & (truth < found.gap_uci_95))
    inside_80 = np.mean((found.gap_lci_80 < truth) & (truth < found.gap_uci_80))
    assert inside_95 == pytest.approx(0.95, abs=0.012)
    assert inside_80 == pytest.approx(0.80, abs=0.022)


def test_the_fan_opens_with_time():
    pair = ends("female")
    covariance = gap_covariance(pair.better_se, pair.worse_se, MID_POINTS)
    fan = forecast(pair.gap, covariance, MID_POINTS, np.arange(2023.5, 2034.5), variances=WITH_DRIFT)
    assert np.all(np.diff(fan.gap_se) > 0)
    assert fan.gap_se[0] < pair.gap_se[-1]
    assert np.all(fan.gap_lci_95 < fan.gap_lci_80)
    assert np.all(fan.gap_uci_80 < fan.gap_uci_95)


def test_without_drift_the_forecast_stays_where_the_gap_is():
    found = at_target("male", WITHOUT_DRIFT)
    assert found.drift_years_per_year == 0
    assert 6.0 < found.gap_years[0] < 6.7


def test_pre_pandemic_periods_alone_say_far_less():
    assert at_target("male", WITH_DRIFT, PRE_PANDEMIC).gap_se > 1.5 * at_target("male", WITH_DRIFT).gap_se


def test_a_forecast_of_the_past_before_the_series_or_from_missing_figures_is_refused():
    four = [2020.5, 2021.5, 2022.5, 2023.5]
    with pytest.raises(MeasureRefused, match="before the first"):
        forecast([6.0, 6.0, 6.0, 6.0], np.eye(4), four, [2019.5], variances=WITH_DRIFT)
    with pytest.raises(MeasureRefused, match="missing"):
        forecast([6.0, np.nan, 6.0, 6.0], np.eye(4), four, [2033.5], variances=WITH_DRIFT)


@pytest.mark.parametrize("count", [5, 6])
@pytest.mark.parametrize("variances", [WITH_DRIFT, WITHOUT_DRIFT])
def test_a_series_of_five_or_six_periods_is_forecast_with_a_wider_fan(count, variances):
    short, long = (at_target("male", variances, slice(start, None)) for start in (12 - count, 0))
    assert np.isfinite(short.gap_years).all()
    assert short.gap_se > long.gap_se


@pytest.mark.parametrize("count", [0, 1, 3])
def test_three_periods_or_fewer_are_refused(count):
    with pytest.raises(MeasureRefused, match=r"4 or more|No mid-point"):
        at_target("male", WITH_DRIFT, slice(12 - count, 12))


@pytest.mark.parametrize(
    "fault",
    [
        {"gap": [6.0, 6.0, np.inf, 6.0]},
        {"gap": []},
        {"gap": [6.0, 6.0, 6.0]},
        {"gap": 6.0},
        {"covariance": np.eye(3)},
        {"covariance": -np.eye(4)},
        {"covariance": np.zeros((4, 4))},
        {"covariance": np.diag([1, 1, 1, np.nan])},
        {"covariance": np.eye(4) + np.triu(np.ones((4, 4)), 1)},
        {"mid_points": [2020.5, 2021.5, 2021.5, 2023.5]},
        {"mid_points": [2023.5, 2022.5, 2021.5, 2020.5]},
        {"mid_points": [2020.5, 2021.5, np.nan, 2023.5]},
        {"future_mid_points": [np.nan]},
        {"future_mid_points": []},
        {"future_mid_points": [2034.5, 2033.5]},
        {"ends": 0.0},
        {"ends": np.nan},
    ],
    ids=str,
)
def test_bad_input_is_refused_by_name(fault):
    silent = WanderingVariances(sigma=0.0, tau=0.0, drift=False)
    good = {
        "gap": [6.0, 6.1, 5.9, 6.0],
        "covariance": np.eye(4),
        "mid_points": [2020.5, 2021.5, 2022.5, 2023.5],
        "future_mid_points": [2033.5],
    }
    assert np.isfinite(forecast(**good, variances=silent).gap_years)
    with pytest.raises(MeasureRefused):
        forecast(**good | fault, variances=silent)


@pytest.mark.parametrize("spread", [{"sigma": -0.1}, {"tau": np.nan}, {"omega": np.inf}], ids=str)
def test_spreads_below_zero_or_missing_are_refused(spread):
    with pytest.raises(MeasureRefused):
        WanderingVariances(**{"sigma": 0.1, "tau": 0.1, "drift": True} | spread)


def test_at_the_mean_the_probability_is_one_half():
    assert probability_at_most(3.0, 3.0, 1.0) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "values",
    [
        (3.0, 3.0, 0.0),
        (np.nan, 3.0, 1.0),
        (3.0, np.inf, 1.0),
        (3.0, 3.0, np.nan),
        ([1, 2], [1, 2, 3], 1.0),
        ([], [], []),
    ],
)
def test_a_probability_from_missing_or_mismatched_figures_is_refused(values):
    with pytest.raises(MeasureRefused):
        probability_at_most(*values)


@pytest.mark.parametrize(
    "values",
    [
        (np.nan, 3.0, -0.3, 0.1),
        (6.0, np.inf, -0.3, 0.1),
        (6.0, 3.0, np.nan, 0.1),
        (6.0, 3.0, -0.3, -0.1),
        (6.0, 3.0, -0.3, 0.1, [0.5, 1.0]),
        (6.0, 3.0, -0.3, 0.1, []),
    ],
)
def test_years_from_missing_figures_or_impossible_probabilities_are_refused(values):
    with pytest.raises(MeasureRefused):
        years_to_reach(*values)


@pytest.mark.parametrize(
    ("gap", "goal", "pace", "years"),
    [
        (6.0, 3.0, -0.3, 10.0),
        (6.0, 3.0, 0.0, np.inf),
        (6.0, 3.0, 0.1, np.inf),
        (3.0, 3.0, 0.1, 0.0),
        (2.0, 3.0, -0.1, 0),
    ],
)
def test_years_to_reach_a_goal_are_a_number_never_or_zero(gap, goal, pace, years):
    assert years_to_reach(gap, goal, pace, 0.1).years == years


@given(st.floats(-0.5, 0.5), st.floats(0.02, 0.2))
def test_exact_quantiles_of_the_years_agree_with_simulation(pace, se):
    exact = years_to_reach(6.0, 3.0, pace, se, (0.1, 0.5, 0.9))
    draws = np.random.default_rng(3).normal(pace, se, 20_000)
    never = np.mean(draws >= 0)
    assert exact.p_never == pytest.approx(never, abs=0.02)
    years = np.where(draws < 0, 3.0 / np.where(draws < 0, -draws, 1), np.inf)
    for probability, quantile in zip((0.1, 0.5, 0.9), exact.quantiles, strict=True):
        assert np.mean(years <= quantile) == pytest.approx(1.0 if np.isinf(quantile) else probability, abs=0.02)


def test_a_pace_next_to_nothing_takes_for_ever_without_a_warning():
    assert np.isinf(years_to_reach(6.0, 3.0, -1e-310, 0.1).years)


def test_where_never_is_likelier_than_not_the_median_is_infinite():
    assert np.isinf(years_to_reach(7.4, 3.7, 0.0064, 0.067).quantiles[1])
