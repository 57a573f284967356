"""Claims about single places: ranks, spread and what deprivation predicts."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests

from pipeline.errors import MeasureRefused
from pipeline.measures.places.places import (
    deprivation_residual,
    held_in_every_period,
    noise_adjusted_spread,
    rank_uncertainty,
)
from tests.measures.regional_figures import Z_95, authorities


def ranks(values, standard_errors, seed=1, **options):
    return rank_uncertainty(values, standard_errors, generator=np.random.default_rng(seed), **options)


def test_well_separated_areas_have_certain_ranks_and_rank_1_is_the_highest():
    found = ranks([70, 65, 60, 55, 50], np.full(5, 0.01))
    assert found.rank_lci_95.tolist() == found.rank_uci_95.tolist() == [1, 2, 3, 4, 5]
    assert found.p_lowest_fifth.tolist() == [0, 0, 0, 0, 1]


def test_equal_areas_share_the_lowest_fifth_evenly():
    found = ranks(np.full(20, 60.0), np.full(20, 1.0))
    assert found.p_lowest_fifth == pytest.approx(np.full(20, 0.2), abs=0.02)
    # nineteen of twenty equally likely ranks hold 95%
    assert found.rank_lci_95.max() <= 2
    assert found.rank_uci_95.min() >= 19


def test_two_areas_swap_ranks_as_often_as_the_normal_distribution_says():
    # The lower of the last two is the lowest of five with P(N(1, sqrt 2) > 0) = 0.76025.
    found = ranks([90, 80, 70, 51, 50], np.array([1e-6, 1e-6, 1e-6, 1, 1]), draws=40_000)
    assert found.p_lowest_fifth[-1] == pytest.approx(0.76025, abs=0.01)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_rank_intervals_hold_the_true_rank_in_94_of_100_worlds_and_are_hardly_wider_than_the_best_possible(sex):
    held, width, best = [], [], []
    generator = np.random.default_rng(20)
    for truth, values, se in simulated_worlds(sex, generator, count=60):
        rank = (-truth).argsort().argsort() + 1
        found = rank_uncertainty(values, se, generator=generator, draws=2000)
        held.append(np.mean((found.rank_lci_95 <= rank) & (rank <= found.rank_uci_95)))
        width.append(np.mean(found.rank_uci_95 - found.rank_lci_95 + 1))
        best.append(posterior_of_ranks(truth, values, se, generator))
    assert np.mean(held) >= 0.94
    assert np.mean(width) <= 1.10 * width_of_the_best_intervals(np.concatenate(best), coverage=0.94)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_draws_round_the_published_values_would_hold_the_true_rank_in_fewer_than_93_of_100(sex):
    """The control: the first edition's intervals, two helpings of noise and no shrinkage."""
    held, generator = [], np.random.default_rng(20)
    for truth, values, se in simulated_worlds(sex, generator, count=60):
        rank = (-truth).argsort().argsort() + 1
        drawn = (-generator.normal(values, se, (2000, len(values)))).argsort(axis=-1).argsort(axis=-1) + 1
        lower, upper = np.quantile(drawn, [0.025, 0.975], axis=0, method="inverted_cdf")
        held.append(np.mean((lower <= rank) & (rank <= upper)))
    assert 0.90 < np.mean(held) < 0.93


@pytest.mark.parametrize("sex", ["male", "female"])
def test_of_the_areas_given_a_chance_to_be_in_the_lowest_fifth_that_share_is(sex):
    chances, lowest, generator = [], [], np.random.default_rng(21)
    for truth, values, se in simulated_worlds(sex, generator, count=60):
        chances.append(rank_uncertainty(values, se, generator=generator, draws=1000).p_lowest_fifth)
        lowest.append((-truth).argsort().argsort() >= len(truth) - 30)
    chance, in_lowest = np.concatenate(chances), np.concatenate(lowest)
    for low, high in ((0.1, 0.3), (0.4, 0.6), (0.7, 0.9)):
        band = (chance > low) & (chance < high)
        assert in_lowest[band].mean() == pytest.approx(chance[band].mean(), abs=0.05)


def simulated_worlds(sex, generator, *, count):
    """True values with the noise-adjusted spread of the authorities, and figures with their standard errors."""
    published, se, _ = authorities(sex)
    true_sd = np.sqrt(published.var(ddof=1) - (se**2).mean())
    for _ in range(count):
        truth = generator.normal(published.mean(), true_sd, len(se))
        yield truth, truth + generator.normal(0, se), se


def posterior_of_ranks(truth, values, se, generator):
    """Chance of each rank for each area, for one who knows the distribution that the truth was drawn from."""
    between, mean = truth.var(ddof=1), truth.mean()
    kept = between / (between + se**2)
    drawn = generator.normal(mean + kept * (values - mean), np.sqrt(kept) * se, (1000, len(se)))
    ranks = (-drawn).argsort(axis=-1).argsort(axis=-1)
    return np.array([np.bincount(column, minlength=len(se)) / len(ranks) for column in ranks.T])


def width_of_the_best_intervals(chances, *, coverage):
    """Mean width of the narrowest set of ranks that holds the truth that often: the likeliest ranks of all areas first.

    Sets with holes are allowed, so no interval can be narrower.
    """
    ordered = np.sort(chances.ravel())[::-1].cumsum()
    return (np.searchsorted(ordered, coverage * len(chances)) + 1) / len(chances)


def test_the_chances_of_all_areas_add_up_to_the_places_in_the_lowest_fifth():
    values, se, _ = authorities("male")
    assert ranks(values, se, draws=2000).p_lowest_fifth.sum() == pytest.approx(30)


def test_the_same_seed_gives_the_same_figures():
    values, se, _ = authorities("female")
    first, second = ranks(values, se, draws=500), ranks(values, se, draws=500)
    assert np.array_equal(first.p_lowest_fifth, second.p_lowest_fifth)
    assert not np.array_equal(first.p_lowest_fifth, ranks(values, se, seed=2, draws=500).p_lowest_fifth)


@pytest.mark.parametrize(("sex", "raw_range"), [("male", 18.4), ("female", 19.1)])
def test_the_raw_range_of_authorities_shrinks_to_about_16_years(sex, raw_range):
    values, se, _ = authorities(sex)
    spread = noise_adjusted_spread(values, se)
    assert spread.raw_range_years == pytest.approx(raw_range)
    assert spread.adjusted_range_years == pytest.approx(16, abs=0.3)


def test_the_adjusted_spread_recovers_the_spread_of_the_true_values():
    generator = np.random.default_rng(8)
    truth = generator.normal(60, 3, 40_000)
    spread = noise_adjusted_spread(truth + generator.normal(0, 2, 40_000), np.full(40_000, 2.0))
    assert spread.adjusted_sd_years == pytest.approx(3, rel=0.03)
    assert spread.raw_sd_years > 3.4


def test_areas_that_differ_by_noise_alone_have_no_adjusted_spread():
    spread = noise_adjusted_spread([60.0, 60.1, 59.9, 60.0, 60.1], np.full(5, 1.0))
    assert spread.adjusted_sd_years == spread.adjusted_range_years == 0


@pytest.mark.parametrize("sex", ["male", "female"])
def test_residuals_and_their_z_agree_with_statsmodels(sex):
    values, se, score = authorities(sex)
    found = deprivation_residual(values, se, score)
    fit = sm.WLS(values, sm.add_constant(score), weights=1 / se**2).fit()
    whitened = sm.OLS(values / se, sm.add_constant(score) / se[:, None]).fit()
    leverage = whitened.get_influence().hat_matrix_diag
    z = fit.resid / (se * np.sqrt(1 - leverage))
    assert found.expected_hle_years == pytest.approx(fit.fittedvalues)
    assert found.slope_years_per_point == pytest.approx(fit.params[1])
    assert found.residual_z == pytest.approx(z)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_areas_that_stand_out_are_those_that_statsmodels_finds(sex):
    values, se, score = authorities(sex)
    found = deprivation_residual(values, se, score)
    rejected, *_ = multipletests(2 * norm.sf(np.abs(found.residual_z)), alpha=0.05, method="fdr_bh")
    assert found.stands_out.tolist() == rejected.tolist()
    assert found.stands_out.any()
    assert found.stands_out.sum() < np.sum(np.abs(found.residual_z) > Z_95)


def test_when_noise_explains_everything_hardly_any_area_stands_out():
    generator = np.random.default_rng(4)
    score = generator.uniform(8, 40, 150)
    se = generator.uniform(0.5, 2, 150)
    values = 70 - 0.4 * score + generator.normal(0, se, size=(400, 150))
    found = deprivation_residual(values, np.broadcast_to(se, values.shape), score)
    assert found.residual_z.std() == pytest.approx(1, abs=0.01)
    assert np.mean(found.stands_out.any(axis=-1)) == pytest.approx(0.05, abs=0.03)


@given(st.floats(-1, 1))
def test_areas_on_the_line_have_no_residual(slope):
    score = np.linspace(8, 40, 20)
    found = deprivation_residual(70 + slope * score, np.linspace(0.5, 2, 20), score)
    assert found.residual_years == pytest.approx(np.zeros(20), abs=1e-9)
    assert not found.stands_out.any()


def test_an_area_held_only_if_its_residual_kept_its_sign_every_time():
    residuals = [[1.0, 1.0, -1.0, 0.0], [2.0, -0.1, -2.0, 0.0], [0.1, 1.0, -0.5, 0.0]]
    assert held_in_every_period(residuals).tolist() == [True, False, True, False]


def test_missing_figures_and_too_few_areas_are_refused():
    with pytest.raises(MeasureRefused, match="City of London"):
        ranks([60, 61, 62, 63, np.nan], np.ones(5))
    with pytest.raises(MeasureRefused, match="five areas or more"):
        noise_adjusted_spread([60, 61], [1, 1])
    with pytest.raises(MeasureRefused, match="no IMD score"):
        deprivation_residual([60, 61, 62, 63, 64], np.ones(5), [1, 2, 3, 4, np.nan])
