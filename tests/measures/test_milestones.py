"""Milestones: worlds simulated year by year, on the path and without a change, fall into the ranges as often as these say."""

import numpy as np
import pytest

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.milestones import milestones
from pipeline.measures.trend.trend import gap_covariance

WORLDS, COMING = 40_000, 10
SIGMA, TAU, PACE, GAP = 0.154, 0.139, -0.42, 6.0
TIMES = 2023.5 + np.arange(COMING + 1)
BETTER_SE, WORSE_SE = 0.45, 0.56


@pytest.fixture(scope="module")
def found():
    covariance = gap_covariance(np.full(COMING + 1, BETTER_SE), np.full(COMING + 1, WORSE_SE), TIMES)
    return milestones(GAP, PACE, covariance=covariance, mid_points=TIMES, sigma=SIGMA, tau=TAU)


def rises_published_since_the_latest(pace: float, seed: int) -> np.ndarray:
    """Published gap of each coming period minus the latest one, in worlds drawn year by year and averaged over three years."""
    generator, years = np.random.default_rng(seed), COMING + 3
    steps = generator.normal(0, SIGMA, (2, WORLDS, years)).cumsum(axis=-1)
    true = steps[0] - steps[1] + pace * np.arange(years)
    yearly_errors = [generator.normal(0, np.sqrt(3) * se, (WORLDS, years)) for se in (BETTER_SE, WORSE_SE)]
    periods = np.lib.stride_tricks.sliding_window_view(true + sum(yearly_errors), 3, axis=-1).mean(axis=-1)
    published = periods + generator.normal(0, TAU, (2, *periods.shape)).sum(axis=0)
    return published[:, 1:] - published[:, :1]


def test_figures_of_worlds_on_the_path_fall_into_its_range_95_times_in_100(found) -> None:
    figures = GAP + rises_published_since_the_latest(PACE, seed=1)
    inside = ((figures >= found.path_lci_95) & (figures <= found.path_uci_95)).mean(axis=0)
    assert inside == pytest.approx(np.full(COMING, 0.95), abs=0.005)


def test_figures_of_worlds_without_a_change_fall_into_theirs(found) -> None:
    figures = GAP + rises_published_since_the_latest(0.0, seed=2)
    inside = ((figures >= found.no_change_lci_95) & (figures <= found.no_change_uci_95)).mean(axis=0)
    assert inside == pytest.approx(np.full(COMING, 0.95), abs=0.005)


def test_the_chance_of_telling_is_the_share_of_worlds_on_the_path_that_do_not_fit_no_change(found) -> None:
    figures = GAP + rises_published_since_the_latest(PACE, seed=3)
    told = (figures < found.no_change_lci_95).mean(axis=0)
    assert found.chance_of_telling == pytest.approx(told, abs=0.02)
    assert told[0] < 0.2
    assert told[-1] > 0.8


def test_the_path_ends_at_the_target_and_ranges_are_alike_for_both_worlds(found) -> None:
    assert found.path_years[-1] == pytest.approx(GAP + PACE * COMING)
    assert found.path_uci_95 - found.path_lci_95 == pytest.approx(found.no_change_uci_95 - found.no_change_lci_95)


def test_a_gap_that_is_at_its_target_has_no_milestones() -> None:
    with pytest.raises(MeasureRefused, match="pace"):
        milestones(2.0, 0.0, covariance=np.eye(2), mid_points=[2023.5, 2024.5], sigma=SIGMA, tau=TAU)
