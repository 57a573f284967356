"""The verdict on a gap: one of five words, from probabilities, and a flag for levelling down."""

import math
from typing import Literal

from pipeline.errors import MeasureRefused

Verdict = Literal["Halved", "On track", "Cannot tell", "Off track", "Widening"]

HALVED_ABOVE = 0.95
ON_TRACK_FROM = 0.75
CANNOT_TELL_FROM = 0.25


def verdict(*, p_reached_now: float, p_reached_by_target: float, pace_lci_95: float) -> Verdict:
    """Return the one verdict that the numbers give, tested in this order.

    Halved: P(gap <= target) now above 0.95. On track: P by the target period 0.75 or more. Cannot tell: 0.25 to
    below 0.75. Below 0.25: Widening if the whole 95% interval of the observed pace is above 0, else Off track.

    Args:
        p_reached_now: P(true gap <= target) in the latest period.
        p_reached_by_target: P(true gap <= target) in the target period, from the forecast.
        pace_lci_95: lower 95% limit of the observed pace, years per year; positive pace is widening.

    Raises:
        MeasureRefused: a probability is missing or outside 0 to 1, or the pace is missing.

    The thresholds are ours; the probabilities are the model's and share its blind spots.
    """
    for p in (p_reached_now, p_reached_by_target):
        if not 0 <= p <= 1:
            raise MeasureRefused(f"{p} is not a probability.", do="Give the forecast's probability, 0 to 1.")
    if math.isnan(pace_lci_95):
        raise MeasureRefused("The observed pace has no interval.", do="Give the trend's lower 95% limit.")
    if p_reached_now > HALVED_ABOVE:
        return "Halved"
    if p_reached_by_target >= ON_TRACK_FROM:
        return "On track"
    if p_reached_by_target >= CANNOT_TELL_FROM:
        return "Cannot tell"
    return "Widening" if pace_lci_95 > 0 else "Off track"


def levelling_down(*, gap_change: float, worse_off_change: float) -> bool:
    """Return whether the gap fell while the worse-off end did not rise: narrowing for the wrong reason.

    Args:
        gap_change: gap now minus gap at the start of comparison, years.
        worse_off_change: the same of the worse-off end, years.

    Changes are taken as published, without a test of significance: the flag warns about what the figures show.
    """
    return gap_change < 0 and worse_off_change <= 0
