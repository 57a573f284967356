"""Claims about how good the forecasts were, and which of them is the default."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
import statsmodels.api as sm

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.candidates import CANDIDATES, Fits, GapSeries, fit_candidates, predict
from pipeline.measures.trend.default_forecast import RecordSummary, default_forecast
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.record import Scored, forecast_record, summaries
from pipeline.measures.trend.scoring import score
from pipeline.measures.trend.trend import gap_covariance
from tests.measures.independent_record import LONDON, two_sex_record
from tests.measures.regional_figures import MID_POINTS, nine_regions

NORTH_EAST = 0


@cache
def fits_of_all_periods() -> Fits:
    return fit_candidates(*nine_regions(), MID_POINTS, apart=LONDON)


@pytest.fixture(scope="module")
def record() -> list[Scored]:
    return forecast_record(*nine_regions(), MID_POINTS, apart=LONDON)


@pytest.fixture(scope="module")
def summary(record) -> dict[str, RecordSummary]:
    return {one.candidate_id: one for one in summaries(record, default_pair=(LONDON, NORTH_EAST))}


def test_every_pair_sex_origin_and_period_three_ahead_or_more_is_scored(record):
    for candidate in CANDIDATES:
        own = [one for one in record if one.candidate_id == candidate]
        assert sum(one.crps.size for one in own) == 1080
        assert len({pair for one in own for pair in one.pairs}) == 36
        assert {one.origin for one in own} == {4, 5, 6, 7, 8}
        assert min(min(one.periods) - one.origin for one in own) == 3


def test_the_default_holds_the_standard_set_for_it(summary):
    chosen = summary[default_forecast(list(summary.values()))]
    assert chosen.candidate_id == "two-sex"
    assert chosen.crps <= 0.50
    assert 0.75 <= chosen.coverage_80 <= 0.90
    assert chosen.coverage_95 >= 0.92
    assert chosen.crps_default_pair <= summary["last-value"].crps_default_pair


def test_other_arithmetic_gives_the_same_record_of_the_default(summary):
    other = two_sex_record(*nine_regions())
    for name, value in other.items():
        assert getattr(summary["two-sex"], name) == pytest.approx(value, abs=0.005), name


@pytest.mark.parametrize(
    ("candidate", "crps", "coverage_80", "coverage_95"),
    [
        ("shrunken-drift", 0.483, 0.79, 0.91),
        ("no-drift", 0.490, 0.79, 0.89),
        ("drift", 0.616, 0.83, 0.97),
        ("least-squares", 0.729, 0.39, 0.58),
        ("last-value", 0.504, None, None),
        ("mean-of-three", 0.494, None, None),
    ],
)
def test_with_variances_of_all_periods_the_simple_candidates_score_as_was_found_elsewhere(
    candidate, crps, coverage_80, coverage_95
):
    found = scored_with_hindsight(candidate)
    assert found["crps"] == pytest.approx(crps, abs=0.005)
    if coverage_80:
        assert found["in_80"] == pytest.approx(coverage_80, abs=0.011)
        assert found["in_95"] == pytest.approx(coverage_95, abs=0.011)


def scored_with_hindsight(candidate: str) -> dict[str, float]:
    values, errors = nine_regions()
    fits = fits_of_all_periods()
    scores = []
    for a, b in combinations(range(9), 2):
        for origin in range(4, 9):
            seen, ahead = slice(origin + 1), slice(origin + 3, 12)
            gap = values[:, a] - values[:, b]
            series = GapSeries(
                gap=gap[:, seen],
                covariance=gap_covariance(errors[:, a, seen], errors[:, b, seen], MID_POINTS[seen]),
                mid_points=MID_POINTS[seen],
                asked_mid_points=MID_POINTS[ahead],
                ends=GapEnds(),
            )
            later = errors[:, a, ahead] ** 2 + errors[:, b, ahead] ** 2
            scores.append(score(predict(candidate, series, fits).published_gap(later), gap[:, ahead]))
    return {name: np.concatenate([getattr(one, name).ravel() for one in scores]).mean() for name in vars(scores[0])}


def one_pair(origin: int = 8) -> tuple[GapSeries, np.ndarray]:
    values, errors = nine_regions()
    gap, seen = values[:, LONDON] - values[:, NORTH_EAST], slice(origin + 1)
    covariance = gap_covariance(errors[:, LONDON, seen], errors[:, NORTH_EAST, seen], MID_POINTS[seen])
    return GapSeries(
        gap=gap[:, seen],
        covariance=covariance,
        mid_points=MID_POINTS[seen],
        asked_mid_points=MID_POINTS[origin + 3 :],
        ends=GapEnds(ordinary=1.0, apart=1.0),
    ), covariance


def test_the_straight_line_is_what_statsmodels_predicts():
    series, _ = one_pair()
    fits = fits_of_all_periods()
    found = predict("least-squares", series, fits).published_gap(np.zeros((2, 1)))
    for sex in range(2):
        fitted = sm.OLS(series.gap[sex], sm.add_constant(series.mid_points)).fit()
        other = fitted.get_prediction(sm.add_constant(series.asked_mid_points, has_constant="add"))
        assert found.mean[sex] == pytest.approx(other.predicted_mean)
        assert found.sd[sex] == pytest.approx(other.se_obs, rel=1e-6)


def test_the_free_drift_is_what_generalised_least_squares_of_statsmodels_finds_where_nothing_wanders():
    series, covariance = one_pair()
    fits = fits_of_all_periods()
    still = replace(fits, drift=replace(fits.drift, sigma=0.0))
    found = predict("drift", series, still).true_gap
    for sex in range(2):
        seen = covariance[sex] + 2 * fits.drift.tau**2 * np.eye(9)
        fitted = sm.GLS(series.gap[sex], sm.add_constant(series.mid_points), sigma=seen).fit(cov_type="fixed scale")
        ahead = np.array([1.0, series.asked_mid_points[0]])
        assert found.mean[sex, 0] == pytest.approx(ahead @ fitted.params)
        assert found.sd[sex, 0] == pytest.approx(np.sqrt(ahead @ fitted.cov_params() @ ahead), rel=1e-4)


def summary_of(candidate_id: str, crps: float, in_80: float, in_95: float, default_pair: float = 1.0) -> RecordSummary:
    return RecordSummary(
        candidate_id=candidate_id, crps=crps, coverage_80=in_80, coverage_95=in_95, crps_default_pair=default_pair
    )


def test_the_rule_takes_the_lowest_score_among_honest_fans():
    record = [
        summary_of("last-value", 0.50, 0.74, 0.89),
        summary_of("too narrow", 0.40, 0.74, 0.95),
        summary_of("too wide", 0.41, 0.91, 0.99),
        summary_of("tails too thin", 0.42, 0.80, 0.89),
        summary_of("bad for the default pair", 0.43, 0.80, 0.95, default_pair=1.1),
        summary_of("honest", 0.47, 0.75, 0.90),
        summary_of("honest and worse", 0.48, 0.80, 0.95),
    ]
    assert default_forecast(record) == "honest"
    with pytest.raises(MeasureRefused, match="held"):
        default_forecast(record[:5])
    with pytest.raises(MeasureRefused, match="last-value"):
        default_forecast(record[1:])


@pytest.mark.parametrize("value", [np.nan, -0.1, np.inf])
def test_a_record_of_impossible_numbers_is_refused(value):
    with pytest.raises(MeasureRefused):
        summary_of("any", value, 0.8, 0.95)
    with pytest.raises(MeasureRefused):
        summary_of("any", 0.5, 0.8, 1.2)


def test_too_few_periods_for_a_record_are_refused():
    values, errors = nine_regions()
    with pytest.raises(MeasureRefused, match="8 or more"):
        forecast_record(values[..., :7], errors[..., :7], MID_POINTS[:7], apart=None)
    with pytest.raises(MeasureRefused):
        forecast_record(values[:, :1], errors[:, :1], MID_POINTS, apart=None)
    with pytest.raises(MeasureRefused):
        forecast_record(np.where(values == values.max(), np.nan, values), errors, MID_POINTS, apart=None)


def test_an_unknown_candidate_is_refused_by_name():
    with pytest.raises(MeasureRefused, match="crystal-ball"):
        predict("crystal-ball", one_pair()[0], fits_of_all_periods())
