"""The verdict on a gap: is it on course, and which way has it moved? Two questions, a word for each."""

from typing import Literal

from pipeline.errors import MeasureRefused
from pipeline.measures.refusals import number, probability

Course = Literal["Halved", "On course", "Cannot tell", "Not on course"]
Direction = Literal["Wider", "No clear change", "Narrower"]

HALVED_ABOVE = 0.95
ON_COURSE_FROM = 0.75
CANNOT_TELL_FROM = 0.25


def course(*, p_reached_now: float, p_reached_by_target: float) -> Course:
    """Whether the gap is on course to its target, tested in this order.

    Halved: P(gap <= target) now above 0.95. On course: P by the target period 0.75 or more. Cannot tell: 0.25 to
    below 0.75. Not on course: below 0.25.

    Raises:
        MeasureRefused: a probability is missing or outside 0 to 1.

    The thresholds are ours; the probabilities are the model's and share its blind spots.
    """
    now, by_target = probability(p_reached_now), probability(p_reached_by_target)
    if now > HALVED_ABOVE:
        return "Halved"
    if by_target >= ON_COURSE_FROM:
        return "On course"
    return "Cannot tell" if by_target >= CANNOT_TELL_FROM else "Not on course"


def direction(*, pace_lci_95: float, pace_uci_95: float) -> Direction:
    """Which way the gap has moved since the first period: Wider or Narrower where the interval leaves out zero.

    Args:
        pace_lci_95: lower 95% limit of the pace, years per year, from the wandering-aware interval (`observed_pace` with
            `wandering_covariance` added); for the extreme tenths of the gap with the selection part taken off.
        pace_uci_95: upper limit.

    Raises:
        MeasureRefused: a limit is missing or infinite, or the lower one lies above the upper.
    """
    lower, upper = (number(limit, name="limit of an interval") for limit in (pace_lci_95, pace_uci_95))
    if lower > upper:
        raise MeasureRefused(f"{lower} to {upper} is no interval of a pace.", do="Give the lower limit first.")
    if lower > 0:
        return "Wider"
    return "Narrower" if upper < 0 else "No clear change"
