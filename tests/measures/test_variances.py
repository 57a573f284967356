"""Claims about the pooled variances behind the forecast."""

import numpy as np
import pytest

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.variances import deviations_from_common_movement, pooled_variances
from tests.measures.exact_contrasts import exact_log_likelihood
from tests.measures.regional_figures import MID_POINTS, nine_regions

REFERENCE = {True: (0.089, 0.139), False: (0.154, 0.139)}


@pytest.mark.parametrize("drift", [True, False])
def test_the_nine_regions_give_the_reference_variances(drift):
    found = pooled_variances(*nine_regions(), MID_POINTS, drift=drift)
    sigma, tau = REFERENCE[drift]
    assert found.sigma == pytest.approx(sigma, abs=0.003)
    assert found.tau == pytest.approx(tau, abs=0.002)
    assert found.drift is drift


@pytest.mark.parametrize("drift", [True, False])
def test_exact_contrasts_of_the_regions_could_not_tell_our_variances_from_their_own_best(drift):
    found = pooled_variances(*nine_regions(), MID_POINTS, drift=drift)
    ours = exact_log_likelihood(found.sigma, found.tau, drift=drift)
    grid = [
        exact_log_likelihood(sigma, tau, drift=drift)
        for sigma in np.linspace(0.04, 0.2, 17)
        for tau in (0.13, 0.135, 0.14, 0.145)
    ]
    assert ours > max(grid) - 0.02
    assert ours > exact_log_likelihood(found.sigma, 0.3, drift=drift) + 5


def test_with_drift_the_likelihood_is_so_flat_that_sigma_could_be_nearly_zero_or_nearly_double():
    at = {sigma: exact_log_likelihood(sigma, 0.139, drift=True) for sigma in (0.01, 0.089, 0.154)}
    assert max(at.values()) - min(at.values()) < 0.5


def test_known_variances_are_recovered_from_many_simulated_areas():
    generator = np.random.default_rng(5)
    sigma, tau, standard_error = 0.3, 0.2, 0.3
    steps = generator.normal(0, sigma, size=(8, 40, 14)).cumsum(axis=-1)
    yearly = 60 + steps + generator.normal(0, np.sqrt(3) * standard_error, size=steps.shape)
    values = np.lib.stride_tricks.sliding_window_view(yearly, 3, axis=-1).mean(axis=-1)
    values = values + generator.normal(0, tau, size=values.shape)
    found = pooled_variances(values, np.full(values.shape, standard_error), MID_POINTS, drift=False)
    assert found.sigma == pytest.approx(sigma, rel=0.1)
    assert found.tau == pytest.approx(tau, rel=0.1)


def test_what_happens_to_all_regions_at_once_changes_nothing():
    values, standard_errors = nine_regions()
    pandemic = np.where(MID_POINTS > 2020, -3.0, 0.0)
    before = pooled_variances(values, standard_errors, MID_POINTS, drift=True)
    after = pooled_variances(values + pandemic, standard_errors, MID_POINTS, drift=True)
    assert after.sigma == pytest.approx(before.sigma, abs=1e-4)
    assert after.tau == pytest.approx(before.tau, abs=1e-4)


def test_scaled_deviations_keep_the_variance_of_one_area():
    values = np.random.default_rng(1).normal(0, 2, size=(2000, 9, 3))
    assert deviations_from_common_movement(values).std() == pytest.approx(2, rel=0.01)


def test_one_area_or_missing_figures_are_refused():
    values, standard_errors = nine_regions()
    with pytest.raises(MeasureRefused, match="no mean"):
        deviations_from_common_movement(values[:, :1])
    holed = values.copy()
    holed[0, 0, 0] = np.nan
    with pytest.raises(MeasureRefused, match="missing"):
        pooled_variances(holed, standard_errors, MID_POINTS, drift=True)


def test_shrunken_drift_lies_between_a_free_one_and_none():
    free, none = (pooled_variances(*nine_regions(), MID_POINTS, drift=drift) for drift in (True, False))
    shrunken = pooled_variances(*nine_regions(), MID_POINTS, drift=False, shrunken=True)
    assert 0 < shrunken.omega < 0.1
    assert shrunken.sigma < none.sigma
    assert free.omega == none.omega == 0


def test_a_search_that_ends_at_its_bound_says_so():
    values, standard_errors = nine_regions()
    early = pooled_variances(values[..., :5], standard_errors[..., :5], MID_POINTS[:5], drift=True)
    assert early.sigma == pytest.approx(0, abs=1e-4)
    assert early.on_bound == ("sigma",)
    assert pooled_variances(values, standard_errors, MID_POINTS, drift=True).on_bound == ()


@pytest.mark.parametrize(
    "fault", ["short", "reversed", "repeated", "infinite", "no error", "other shape", "two drifts"]
)
def test_variances_of_unusable_series_are_refused(fault):
    values, standard_errors = nine_regions()
    t, shrunken = MID_POINTS.copy(), False
    match fault:
        case "short":
            values, standard_errors, t = values[..., :3], standard_errors[..., :3], t[:3]
        case "reversed":
            t = t[::-1]
        case "repeated":
            t[1] = t[0]
        case "infinite":
            values = np.where(values == values.max(), np.inf, values)
        case "no error":
            standard_errors = np.zeros_like(standard_errors)
        case "other shape":
            standard_errors = standard_errors[:, :8]
        case "two drifts":
            shrunken = True
    with pytest.raises(MeasureRefused):
        pooled_variances(values, standard_errors, t, drift=True, shrunken=shrunken)
