"""Slope and relative index of inequality: how steeply a measure rises from the most to the least deprived.

Groups are on the last axis, most deprived first. Every other axis is a series, and all series are computed
at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import interval_from_standard_error
from pipeline.measures.refusals import (
    FloatArray,
    finite_array,
    non_negative_array,
    number,
    positive_array,
    refuse_where,
    together,
)

SMALLEST_SHARE = 1e-9
"""A group with a smaller share of the people makes the line turn on rounding errors."""


@dataclass(frozen=True)
class SlopeIndex:
    """Slope and relative index of inequality with their standard errors and intervals; all arrays (...).

    Attributes:
        sii: fitted value at the least deprived end minus that at the most deprived end, in units of the values;
            positive means that the least deprived have more of what is measured.
        sii_se: its standard error.
        sii_lower: lower limit.
        sii_upper: upper limit.
        rii: fitted value at the least deprived end over that at the most deprived end, no unit; NaN where the two
            have opposite signs and no ratio exists.
        rii_se: its standard error.
        rii_lower: lower limit.
        rii_upper: upper limit.
        intercept: fitted value at the most deprived end, in units of the values.
        intercept_se: its standard error.
        confidence: coverage of the intervals, between 0 and 1.
    """

    sii: FloatArray
    sii_se: FloatArray
    sii_lower: FloatArray
    sii_upper: FloatArray
    rii: FloatArray
    rii_se: FloatArray
    rii_lower: FloatArray
    rii_upper: FloatArray
    intercept: FloatArray
    intercept_se: FloatArray
    confidence: float


def ridits(populations: ArrayLike) -> FloatArray:
    """Mid-point of each group in the cumulative population (..., groups), from 0 (most deprived) to 1.

    Raises:
        MeasureRefused: a population is missing, zero or negative, or a mere speck beside the others.
    """
    shares = _shares(populations)
    return np.asarray(np.cumsum(shares, axis=-1) - shares / 2)


def slope_weights(populations: ArrayLike) -> FloatArray:
    """Weights w that turn group values into the slope, SII = Σ w y: w = a (x - x̄) / Σ a (x - x̄)², Σ w = 0.

    Σ w² is the variance of the slope in units of one group's: what `wandering_covariance` asks for.

    Args:
        populations: people per group (..., groups), most deprived first; two groups or more.
    """
    shares = _shares(populations)
    if shares.shape[-1] < 2:
        raise MeasureRefused(
            f"A slope needs at least two groups, not {shares.shape[-1]}.", do="Put the groups on the last axis."
        )
    x = np.cumsum(shares, axis=-1) - shares / 2
    distance = x - (shares * x).sum(axis=-1, keepdims=True)
    return np.asarray(shares * distance / (shares * distance**2).sum(axis=-1, keepdims=True))


def slope_index_of_inequality(
    values: ArrayLike, standard_errors: ArrayLike, populations: ArrayLike, *, confidence: float = 0.95
) -> SlopeIndex:
    """Slope and relative index of inequality of every series.

    Formula: a_i population shares; x_i mid-points of the cumulative share (ridits); weighted least squares of y
    on x with weights a. SII = fitted(1) - fitted(0), RII = fitted(1) / fitted(0). The slope is linear in y
    (`slope_weights`), so SE(SII) = sqrt(Σ w_i² SE_i²) is exact without simulation. The RII's standard error is by the
    delta method, and its interval is normal on its logarithm: rii · exp(± z · rii_se / rii).

    Polarity: none assumed. With groups from most to least deprived and a measure on which high is good, a positive
    SII is a disadvantage of the deprived.

    Not checked: that the groups are ordered by deprivation, are independent, and lie near a straight line.

    Args:
        values: one value per group (..., groups), most deprived first.
        standard_errors: their standard errors, same shape or one that broadcasts.
        populations: people per group, same shape or one that broadcasts.
        confidence: coverage of the intervals.

    Raises:
        MeasureRefused: fewer than two groups; a value, standard error or population missing or not finite; a
            population zero or negative; a standard error negative. The position is named.

    Source: OHID, PHEindicatormethods, `phe_sii` (with simulated intervals); Low and Low (2004), Journal of Public
    Health 26(4), for the weights.
    """
    y, errors, people = together(
        np.atleast_1d(finite_array(values, name="value", element="group")),
        non_negative_array(standard_errors, name="standard error", element="group"),
        positive_array(populations, name="population", element="group"),
    )
    by_slope, shares = slope_weights(people), _shares(people)
    x = np.cumsum(shares, axis=-1) - shares / 2
    by_start = shares - by_slope * (shares * x).sum(axis=-1, keepdims=True)
    sii, start = np.asarray((by_slope * y).sum(axis=-1)), np.asarray((by_start * y).sum(axis=-1))
    sii_se = _combined_error(by_slope, errors)
    sii_lower, sii_upper = interval_from_standard_error(
        sii, sii_se, number(confidence, name="confidence level", above=0, below=1)
    )
    rii, log_se = _ratio(start, start + sii, by_start, by_start + by_slope, errors)
    log_lower, log_upper = interval_from_standard_error(np.log(rii), log_se, confidence)
    return SlopeIndex(
        sii=sii, sii_se=sii_se, sii_lower=sii_lower, sii_upper=sii_upper,
        rii=rii, rii_se=np.asarray(rii * log_se), rii_lower=np.exp(log_lower), rii_upper=np.exp(log_upper),
        intercept=start, intercept_se=_combined_error(by_start, errors), confidence=confidence,
    )  # fmt: skip


def _shares(populations: ArrayLike) -> FloatArray:
    people = positive_array(np.atleast_1d(populations), name="population", element="group")
    shares = people / people.sum(axis=-1, keepdims=True)
    refuse_where(shares < SMALLEST_SHARE, what="A population is a mere speck beside the others.", element="group")
    return np.asarray(shares)


def _ratio(
    start: FloatArray, end: FloatArray, by_start: FloatArray, by_end: FloatArray, errors: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Ratio of the two ends and the standard error of its logarithm; NaN where the ends have opposite signs."""
    same_sign = end * start > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(same_sign, end / start, np.nan)
        gradient = by_end / end[..., None] - by_start / start[..., None]
        log_se = np.where(same_sign, _combined_error(gradient, errors), np.nan)
    return np.asarray(ratio), np.asarray(log_se)


def _combined_error(gradient: FloatArray, errors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(((gradient * errors) ** 2).sum(axis=-1)))
