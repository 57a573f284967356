"""Claims about the verdict: a word for the course and a word for the direction, each decided at stated boundaries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.verdict import course, direction
from pipeline.measures.trend.forecast import forecast, probability_at_most
from pipeline.measures.trend.trend import gap_covariance, process_covariance
from pipeline.measures.trend.variances import WanderingVariances
from tests.measures.regional_figures import MID_POINTS, ends

probabilities = st.floats(0, 1)
TARGET, TAU = 2033.5, 0.1397

COURSES = [
    # now, by target, word
    (0.9501, 0.00, "Halved"),
    (0.95, 0.76, "On course"),
    (0.00, 0.75, "On course"),
    (0.00, 0.7499, "Cannot tell"),
    (0.00, 0.25, "Cannot tell"),
    (0.00, 0.2499, "Not on course"),
    (0.00, 0.00, "Not on course"),
]

DIRECTIONS = [
    # lower limit, upper limit, word
    (0.001, 0.2, "Wider"),
    (0.0, 0.2, "No clear change"),
    (-0.1, 0.1, "No clear change"),
    (-0.2, 0.0, "No clear change"),
    (-0.2, -0.001, "Narrower"),
]


@pytest.mark.parametrize(("now", "by_target", "word"), COURSES)
def test_each_boundary_of_the_course_falls_on_its_stated_side(now, by_target, word):
    assert course(p_reached_now=now, p_reached_by_target=by_target) == word


@pytest.mark.parametrize(("lower", "upper", "word"), DIRECTIONS)
def test_each_boundary_of_the_direction_falls_on_its_stated_side(lower, upper, word):
    assert direction(pace_lci_95=lower, pace_uci_95=upper) == word


@given(probabilities, probabilities, probabilities)
def test_a_better_chance_never_gives_a_worse_course(now, first, second):
    order = ["Not on course", "Cannot tell", "On course", "Halved"]
    worse, better = (order.index(course(p_reached_now=now, p_reached_by_target=p)) for p in sorted((first, second)))
    assert worse <= better


@pytest.mark.parametrize("chances", [(np.nan, 0.5), (0.5, 1.2), (-0.1, 0.5)])
def test_missing_or_impossible_probabilities_are_refused(chances):
    with pytest.raises(MeasureRefused, match="probability"):
        course(p_reached_now=chances[0], p_reached_by_target=chances[1])


@pytest.mark.parametrize("limits", [(np.nan, 0.1), (0.1, np.inf), (0.2, 0.1)])
def test_a_pace_without_an_interval_has_no_direction(limits):
    with pytest.raises(MeasureRefused, match="interval"):
        direction(pace_lci_95=limits[0], pace_uci_95=limits[1])


@pytest.mark.parametrize(("sigma", "share"), [(0.0, 0.24), (0.0871, 0.26), (0.154, 0.29)])
def test_a_gap_truly_on_the_halving_path_is_called_not_on_course_in_about_a_quarter_of_worlds(sigma, share):
    """What the threshold costs: the default pair, first edition's forecast, truth that wanders and ends on the target."""
    pair, generator, count = ends("female", "London", "North East"), np.random.default_rng(1), 2000
    start, target = pair.gap[0], pair.gap[0] / 2
    path = start - (start - target) * (MID_POINTS - MID_POINTS[0]) / (TARGET - MID_POINTS[0])
    sampling = gap_covariance(pair.better_se, pair.worse_se, MID_POINTS)
    times = np.append(MID_POINTS, TARGET)
    walk = 2 * sigma**2 * process_covariance(times, times, MID_POINTS[0] - 1) + 1e-12 * np.eye(13)
    wander = generator.multivariate_normal(np.zeros(13), walk, count)
    bridge = wander[:, :12] - wander[:, 12:] * walk[:12, 12] / walk[12, 12]
    noise = generator.multivariate_normal(np.zeros(12), sampling + 2 * TAU**2 * np.eye(12), count)
    variances = WanderingVariances(sigma=0.0871, tau=TAU, drift=True)
    ahead = forecast(path + bridge + noise, sampling, MID_POINTS, [TARGET], variances=variances)
    chance = probability_at_most(target, ahead.gap_years[:, 0], ahead.gap_se[..., 0])
    words = [course(p_reached_now=0.0, p_reached_by_target=float(p)) for p in chance]
    assert np.mean([word == "Not on course" for word in words]) == pytest.approx(share, abs=0.04)
