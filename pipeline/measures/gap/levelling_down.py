"""Levelling down, with its test: has the gap fallen without a rise of the worse-off end?"""

import numpy as np
from scipy.special import ndtr

from pipeline.errors import MeasureRefused
from pipeline.measures.refusals import number, probability, spread

LEVELLING_DOWN_ABOVE = 0.9

FAR = 9.0
"""Standard deviations beyond which a normal has no weight worth counting."""

NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(200)


def change_se(first_se: float, last_se: float, *, shared_years: float = 0.0, tau: float = 0.0) -> float:
    """Standard error of one end's change between two periods: sqrt(SE1² + SE2² - 2 c SE1 SE2 + 2 tau²), years.

    Args:
        first_se: standard error of the end in the first period.
        last_se: in the last period.
        shared_years: c, share of their years that the two periods have in common (`overlap`), 0 to 1.
        tau: refitting noise of one area's period.
    """
    first, last = (number(se, name="standard error", above=0) for se in (first_se, last_se))
    common = 2 * probability(shared_years, name="share of common years") * first * last
    return float(np.sqrt(first**2 + last**2 - common + 2 * spread(tau, name="refitting noise") ** 2))


def probability_of_levelling_down(
    *, gap_change: float, worse_off_change: float, gap_change_se: float, worse_off_change_se: float,
    covariance: float | None = None,
) -> float:  # fmt: skip
    """P(gap fell and worse-off end did not rise), both true changes jointly normal round the observed ones.

    Args:
        gap_change: gap now minus gap in the first period, years.
        worse_off_change: the same of the worse-off end, years.
        gap_change_se: standard error of `gap_change`.
        worse_off_change_se: standard error of `worse_off_change`.
        covariance: of the two changes, years squared. For independent ends (the default) it is minus the variance of the
            worse-off end's change, which is in both; for a fitted slope, whose ends are alike, minus half of the
            gap's variance.

    Raises:
        MeasureRefused: a change is missing, a standard error is not above zero, or the covariance is larger than the
            standard errors allow.
    """
    gap, worse = (number(change, name="change") for change in (gap_change, worse_off_change))
    se_gap, se_worse = (number(se, name="standard error", above=0) for se in (gap_change_se, worse_off_change_se))
    shared = -(se_worse**2) if covariance is None else number(covariance, name="covariance")
    slope = shared / se_worse**2
    rest = se_gap**2 - slope * shared
    if rest <= 0:
        raise MeasureRefused(
            "The gap's change is known better than the change of one of its ends.",
            do="Check the standard errors: the gap's holds both ends'.",
        )

    # over the standardised change of the worse-off end, from far below up to no rise at all
    highest = min(-worse / se_worse, FAR)
    if highest <= -FAR:
        return 0.0
    z = -FAR + (NODES + 1) / 2 * (highest + FAR)
    fell = ndtr(-(gap + slope * se_worse * z) / np.sqrt(rest))
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return float(np.clip((NODE_WEIGHTS * density * fell).sum() * (highest + FAR) / 2, 0.0, 1.0))


def levelling_down(chance: float) -> bool:
    """Whether levelling down is said: its probability is above 0.9.

    Both ends falling alike raises it in under one world in ten; a rule without a test raised it in half of them.
    """
    return probability(chance, name="probability") > LEVELLING_DOWN_ABOVE
