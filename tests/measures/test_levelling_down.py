"""Claims about levelling down: raised on good evidence only, not because a small gap happens to fall."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.levelling_down import change_se, levelling_down, probability_of_levelling_down

SE = 0.55  # a region's change between two periods, years
GAP_SE = np.hypot(SE, SE)


def chance(gap_change, worse_off_change, **options):
    return probability_of_levelling_down(
        gap_change=gap_change,
        worse_off_change=worse_off_change,
        **{"gap_change_se": GAP_SE, "worse_off_change_se": SE} | options,
    )


@pytest.mark.parametrize("change", [(-0.7, -1.7), (-0.1, 0.2), (0.5, -2.0), (-3.0, -3.0), (0.0, 0.0)])
def test_the_probability_is_that_of_the_bivariate_normal(change):
    covariance = [[GAP_SE**2, -(SE**2)], [-(SE**2), SE**2]]
    assert chance(*change) == pytest.approx(multivariate_normal(change, covariance).cdf([0, 0]), abs=1e-5)


def test_the_probability_is_the_share_of_simulated_worlds():
    generator = np.random.default_rng(3)
    better, worse = generator.normal(-2.4, SE, 400_000), generator.normal(-1.7, SE, 400_000)
    assert chance(-0.7, -1.7) == pytest.approx(np.mean((better < worse) & (worse <= 0)), abs=0.003)


def test_a_gap_that_clearly_fell_with_both_ends_raises_the_flag():
    assert levelling_down(chance(-2.0, -2.0))


@pytest.mark.parametrize("change", [(-2.0, 2.0), (2.0, -3.0), (-0.7, -1.7)])
def test_a_rise_of_the_worse_off_end_a_wider_gap_or_weak_evidence_does_not(change):
    assert not levelling_down(chance(*change))


def test_both_ends_falling_alike_raises_it_in_under_one_world_in_ten_and_without_a_test_in_half():
    generator = np.random.default_rng(4)
    better, worse = generator.normal(-2.5, SE, 2000), generator.normal(-2.5, SE, 2000)
    flags = [levelling_down(chance(b - w, w)) for b, w in zip(better, worse, strict=True)]
    assert np.mean(flags) == pytest.approx(0.10, abs=0.02)
    assert np.mean((better < worse) & (worse <= 0)) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(("probability", "flag"), [(0.9, False), (0.9001, True)])
def test_the_flag_needs_more_than_nine_in_ten(probability, flag):
    assert levelling_down(probability) is flag


def test_periods_that_share_years_have_a_firmer_change():
    assert change_se(0.4, 0.3) == pytest.approx(0.5)
    assert change_se(0.4, 0.4, shared_years=2 / 3) == pytest.approx(0.4 * np.sqrt(2 / 3))
    assert change_se(0.4, 0.3, tau=0.139) == pytest.approx(np.sqrt(0.25 + 2 * 0.139**2))


@pytest.mark.parametrize("options", [{"gap_change_se": 0.3}, {"covariance": 5.0}, {"worse_off_change_se": 0.0}])
def test_standard_errors_that_cannot_belong_together_are_refused(options):
    with pytest.raises(MeasureRefused):
        chance(-1.0, -1.0, **options)
