"""Claims about the verdict: exactly one of five, decided at stated boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.verdict import levelling_down, verdict

probabilities = st.floats(0, 1)

BOUNDARIES = [
    # now, by target, lower limit of pace, verdict
    (0.9501, 0.00, 0.10, "Halved"),
    (0.95, 0.76, -0.10, "On track"),
    (0.00, 0.75, 0.10, "On track"),
    (0.00, 0.7499, 0.10, "Cannot tell"),
    (0.00, 0.25, 0.10, "Cannot tell"),
    (0.00, 0.2499, 0.001, "Widening"),
    (0.00, 0.2499, 0.0, "Off track"),
    (0.00, 0.00, -0.10, "Off track"),
]


@pytest.mark.parametrize(("now", "by_target", "lower", "word"), BOUNDARIES)
def test_each_boundary_falls_on_its_stated_side(now, by_target, lower, word):
    assert verdict(p_reached_now=now, p_reached_by_target=by_target, pace_lci_95=lower) == word


@given(probabilities, probabilities, probabilities, st.floats(-1, 1))
def test_a_better_chance_never_gives_a_worse_verdict(now, first, second, lower):
    order = ["Widening", "Off track", "Cannot tell", "On track", "Halved"]
    worse, better = (
        order.index(verdict(p_reached_now=now, p_reached_by_target=p, pace_lci_95=lower))
        for p in sorted((first, second))
    )
    assert worse <= better


@pytest.mark.parametrize("numbers", [(float("nan"), 0.5, 0.0), (0.5, 1.2, 0.0), (0.5, 0.5, float("nan"))])
def test_missing_or_impossible_numbers_are_refused(numbers):
    now, by_target, lower = numbers
    with pytest.raises(MeasureRefused):
        verdict(p_reached_now=now, p_reached_by_target=by_target, pace_lci_95=lower)


@pytest.mark.parametrize(
    ("gap_change", "worse_off_change", "flag"),
    [(-0.7, -1.7, True), (-0.7, 0.0, True), (-0.7, 0.1, False), (0.0, -1.0, False), (0.7, -3.2, False)],
)
def test_levelling_down_is_a_narrowing_without_a_rise_of_the_worse_off_end(gap_change, worse_off_change, flag):
    assert levelling_down(gap_change=gap_change, worse_off_change=worse_off_change) is flag
