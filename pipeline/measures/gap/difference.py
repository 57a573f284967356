"""Differences between a better-off and a worse-off end: the gap, its interval, and which end moved it.

Shared conventions of this package: values are years; a gap is better-off minus worse-off, so positive means
that the worse-off end lives fewer healthy years; the last axis is time unless a function says otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from pipeline.errors import MeasureRefused

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class EndsChange:
    """A change of the gap, split by which end moved.

    Attributes:
        gap_change: better_off_change minus worse_off_change, years; negative is narrowing.
        better_off_change: change of the better-off end, years; negative is a fall.
        worse_off_change: change of the worse-off end, years; positive is the rise that closes a gap.
    """

    gap_change: FloatArray
    better_off_change: FloatArray
    worse_off_change: FloatArray


def standard_error_from_interval(lower: ArrayLike, upper: ArrayLike, confidence: float = 0.95) -> FloatArray:
    """Return the standard error behind a symmetric normal interval: (upper - lower) / (2 z).

    z is 1.959964 at 95%. Limits published to one decimal carry a rounding error of up to 0.026 in the result.

    Args:
        lower: lower limits, any shape.
        upper: upper limits, same shape or one that broadcasts with it.
        confidence: coverage of the interval, between 0 and 1.

    Returns:
        Standard errors in the units of the limits. Missing limits give NaN.

    Raises:
        MeasureRefused: a lower limit lies above its upper limit, or `confidence` is no probability.

    Source: ONS and OHID publish normal intervals for health expectancies. Symmetry is not checked.
    """
    low, high = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
    if np.any(low > high):
        raise MeasureRefused(
            "An interval has its lower limit above its upper limit.",
            do="Check that the columns of lower and upper limits are not swapped.",
        )
    return np.asarray((high - low) / (2 * _two_sided_z(confidence)), dtype=float)


def interval_from_standard_error(
    estimate: ArrayLike, standard_error: ArrayLike, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return the normal interval estimate ± z · standard error as (lower, upper).

    Args:
        estimate: point estimates, any shape.
        standard_error: their standard errors, same shape or one that broadcasts with it.
        confidence: coverage of the interval, between 0 and 1.

    Raises:
        MeasureRefused: a standard error is negative, or `confidence` is no probability.
    """
    centre = np.asarray(estimate, dtype=float)
    half_width = _two_sided_z(confidence) * _standard_errors(standard_error)
    return np.asarray(centre - half_width, dtype=float), np.asarray(centre + half_width, dtype=float)


def difference(
    better_off: ArrayLike, worse_off: ArrayLike, better_off_se: ArrayLike, worse_off_se: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return the gap better_off - worse_off and its standard error sqrt(SE1² + SE2²).

    The two ends must be independent: different areas, not an area and the country that contains it (this is
    not checked). One negative gap is a finding, not an error; a whole series upside down is caught by
    `refuse_reversed_ends`.

    Args:
        better_off: values of the better-off end, any shape.
        worse_off: values of the worse-off end, same shape.
        better_off_se: standard errors of the better-off end.
        worse_off_se: standard errors of the worse-off end.

    Returns:
        (gap, se), both in the units of the inputs.

    Raises:
        MeasureRefused: a standard error is negative.
    """
    gap = np.asarray(better_off, dtype=float) - np.asarray(worse_off, dtype=float)
    se = np.hypot(_standard_errors(better_off_se), _standard_errors(worse_off_se))
    return np.asarray(gap), np.asarray(se)


def refuse_reversed_ends(better_off: ArrayLike, worse_off: ArrayLike) -> None:
    """Refuse a pair whose better-off end has, on average over the last axis, the lower values.

    High HLE is good. A series that is upside down comes from swapped columns or from a measure on which low
    is good, and every later sign (narrowing, required rise, levelling down) would be wrong in silence.

    Args:
        better_off: series of the better-off end, time on the last axis.
        worse_off: series of the worse-off end, same shape.

    Raises:
        MeasureRefused: in some series the mean of better_off - worse_off is below zero.
    """
    gap = np.atleast_1d(np.asarray(better_off, dtype=float) - np.asarray(worse_off, dtype=float))
    if np.any(np.nanmean(gap, axis=-1) < 0):
        raise MeasureRefused(
            "The better-off end has the lower healthy life expectancy over the whole series.",
            do="Check that the ends are not swapped, and that high values of the measure are good.",
        )


def weighted_mean(
    values: ArrayLike, standard_errors: ArrayLike, weights: ArrayLike, axis: int = -1
) -> tuple[FloatArray, FloatArray]:
    """Return the weighted mean of independent areas and its standard error sqrt(Σ w² SE²), with Σ w = 1.

    Args:
        values: values of the areas along `axis`.
        standard_errors: their standard errors, same shape.
        weights: populations, or ones for a plain mean; same shape or one that broadcasts; not negative.
        axis: axis of the areas.

    Returns:
        (mean, se) without that axis, in the units of `values`.

    Raises:
        MeasureRefused: a weight is negative or missing, all are zero, or a standard error is negative.
    """
    y, se, w = np.broadcast_arrays(
        np.asarray(values, dtype=float), _standard_errors(standard_errors), np.asarray(weights, dtype=float)
    )
    total = w.sum(axis=axis, keepdims=True)
    if not (np.all(w >= 0) and np.all(total > 0)):
        raise MeasureRefused(
            "A weighted mean was asked for with missing, negative or only zero weights.",
            do="Give every area a population; leave out areas that have none.",
        )
    share = w / total
    return np.asarray((share * y).sum(axis=axis)), np.asarray(np.sqrt(((share * se) ** 2).sum(axis=axis)))


def levelling_up_gap(better_off_series: ArrayLike, worse_off_series: ArrayLike) -> FloatArray:
    """Return the levelling-up-only gap: running peak of the better-off end minus the current worse-off end.

    A fall of the better-off end cannot narrow it; only a rise of the worse-off end can.

    Args:
        better_off_series: better-off end, years, time ascending on the last axis; NaN where missing.
        worse_off_series: worse-off end, years, same shape.

    Returns:
        Years, same shape; never below the plain gap of the same period.
    """
    peak = np.fmax.accumulate(np.asarray(better_off_series, dtype=float), axis=-1)
    return np.asarray(peak - np.asarray(worse_off_series, dtype=float))


def ends_change(
    *,
    better_off_start: ArrayLike,
    better_off_end: ArrayLike,
    worse_off_start: ArrayLike,
    worse_off_end: ArrayLike,
) -> EndsChange:
    """Split the change of a gap: change of the better-off end minus change of the worse-off end.

    Args:
        better_off_start: better-off end in the first period, years, any shape.
        better_off_end: better-off end in the last period.
        worse_off_start: worse-off end in the first period.
        worse_off_end: worse-off end in the last period.
    """
    better = np.asarray(better_off_end, dtype=float) - np.asarray(better_off_start, dtype=float)
    worse = np.asarray(worse_off_end, dtype=float) - np.asarray(worse_off_start, dtype=float)
    return EndsChange(
        gap_change=np.asarray(better - worse), better_off_change=np.asarray(better), worse_off_change=np.asarray(worse)
    )


def _two_sided_z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise MeasureRefused(
            f"{confidence} is not a confidence level.", do="Give a number between 0 and 1, such as 0.95."
        )
    return float(ndtri((1 + confidence) / 2))


def _standard_errors(values: ArrayLike) -> FloatArray:
    se = np.asarray(values, dtype=float)
    if np.any(se < 0):
        raise MeasureRefused("A standard error is negative.", do="Check how it was derived from the interval.")
    return se
