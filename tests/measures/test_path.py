"""Claims about the path that halves a gap and what it asks of the poor end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.path import halving_path, poor_end_task, required_pace, rich_end_path, target_gap

gaps = st.floats(0.1, 25)
shapes = st.sampled_from(["linear", "geometric"])
rules = st.sampled_from(["held", "own-trend", "england"])
paces = st.floats(-1, 1)


@given(gaps, shapes, st.floats(1, 30), st.floats(1.1, 5))
def test_a_halving_path_starts_at_the_baseline_and_ends_at_its_target(gap, shape, years, factor):
    t0 = 2018.5
    path = halving_path(
        [t0, t0 + years, t0 + years + 9],
        baseline_gap=gap,
        baseline_mid_point=t0,
        target_mid_point=t0 + years,
        factor=factor,
        shape=shape,
    )
    assert path == pytest.approx([gap, gap / factor, gap / factor])


@given(gaps)
def test_the_geometric_path_is_below_the_linear_one_between_its_ends(gap):
    middle = [
        halving_path([2028.5], baseline_gap=gap, baseline_mid_point=2023.5, target_mid_point=2033.5, shape=shape)
        for shape in ("linear", "geometric")
    ]
    assert middle[0] == pytest.approx(gap * 0.75)
    assert middle[1] == pytest.approx(gap / np.sqrt(2))


def test_many_gaps_get_a_path_each():
    path = halving_path([2023.5, 2033.5], baseline_gap=[6.0, 8.0], baseline_mid_point=2023.5, target_mid_point=2033.5)
    assert path == pytest.approx(np.array([[6, 3], [8, 4]]))


@given(gaps, st.floats(1, 30))
def test_keeping_the_required_pace_reaches_the_target(gap, years):
    goal = target_gap(gap)
    pace = required_pace(gap, goal, from_mid_point=2023.5, target_mid_point=2023.5 + years)
    assert pace < 0
    assert gap + pace * years == pytest.approx(goal)


def test_time_lost_makes_the_required_pace_steeper():
    from_baseline = required_pace(6.0, 3.0, from_mid_point=2018.5, target_mid_point=2033.5)
    still_required = required_pace(6.0, 3.0, from_mid_point=2023.5, target_mid_point=2033.5)
    assert from_baseline == pytest.approx(-0.2)
    assert still_required == pytest.approx(-0.3)


@given(rules, st.floats(55, 70), paces, paces)
def test_the_rich_end_is_never_assumed_below_its_baseline(rule, value, own, england):
    path = rich_end_path(
        rule,
        [2018.5, 2026.5, 2033.5],
        baseline_value=value,
        baseline_mid_point=2018.5,
        own_pace=own,
        england_pace=england,
    )
    assert np.all(path >= value)


def test_each_rule_follows_its_own_trend():
    def at_target(rule):
        return rich_end_path(
            rule, [2033.5], baseline_value=65.0, baseline_mid_point=2023.5, own_pace=0.2, england_pace=0.1
        )

    assert at_target("held") == pytest.approx(65)
    assert at_target("own-trend") == pytest.approx(67)
    assert at_target("england") == pytest.approx(66)


@given(rules, st.floats(62, 70), gaps, paces)
def test_a_fall_of_the_rich_end_never_lowers_the_required_rise(rule, rich, gap, pace):
    """Whatever the rule, and strictly not at all under `held`: a falling rich end leaves the task as it was."""

    def task(own_pace, chosen=rule):
        at_target = rich_end_path(
            chosen, [2033.5], baseline_value=rich, baseline_mid_point=2023.5, own_pace=own_pace, england_pace=own_pace
        )[0]
        return poor_end_task(
            rich_end_at_target=at_target,
            baseline_gap=gap,
            poor_end=rich - gap,
            from_mid_point=2023.5,
            target_mid_point=2033.5,
        )

    held = task(0.0, "held")
    assert task(pace, "held").rise_years == held.rise_years
    assert task(pace).rise_years >= held.rise_years
    assert task(-abs(pace)).rise_years == held.rise_years
    assert held.rise_years == pytest.approx(gap / 2)


def test_without_the_rule_a_fall_of_the_rich_end_would_have_counted_as_progress():
    """The control: aiming at half of today's gap below today's rich end asks less after the rich end falls."""
    honest = poor_end_task(
        rich_end_at_target=65.9, baseline_gap=6.7, poor_end=57.0, from_mid_point=2023.5, target_mid_point=2033.5
    )
    levelling_down = poor_end_task(
        rich_end_at_target=63.0, baseline_gap=6.7, poor_end=57.0, from_mid_point=2023.5, target_mid_point=2033.5
    )
    assert levelling_down.rise_years == pytest.approx(honest.rise_years - 2.9)


def test_the_task_of_the_poor_end_matches_hand_arithmetic():
    # South East 65.4 and North East 58.7 in 2011 to 2013: half of 6.7 below 65.4 is 62.05; from 57.0 that is 5.05.
    task = poor_end_task(
        rich_end_at_target=65.4, baseline_gap=6.7, poor_end=57.0, from_mid_point=2023.5, target_mid_point=2033.5
    )
    assert task.target_years == pytest.approx(62.05)
    assert task.rise_years == pytest.approx(5.05)
    assert task.pace_years_per_year == pytest.approx(0.505)


@pytest.mark.parametrize("gap", [0.0, -1.0])
def test_there_is_nothing_to_halve_in_a_gap_of_zero_or_less(gap):
    with pytest.raises(MeasureRefused, match="nothing to halve"):
        target_gap(gap)


def test_a_factor_that_does_not_shrink_is_refused():
    with pytest.raises(MeasureRefused):
        target_gap(6.0, factor=1)


def test_a_target_that_is_not_later_is_refused():
    with pytest.raises(MeasureRefused, match="later target"):
        required_pace(6.0, 3.0, from_mid_point=2023.5, target_mid_point=2023.5)


def test_an_unknown_shape_or_rule_is_refused_with_the_known_ones():
    with pytest.raises(MeasureRefused, match="linear, geometric"):
        halving_path([2024.5], baseline_gap=6, baseline_mid_point=2023.5, target_mid_point=2033.5, shape="cubic")
    with pytest.raises(MeasureRefused, match="held, own-trend, england"):
        rich_end_path("falling", [2024.5], baseline_value=65, baseline_mid_point=2023.5)
