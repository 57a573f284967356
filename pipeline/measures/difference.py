"""Differences between a better-off and a worse-off end: the gap, its interval, and which end moved it.

Shared conventions of this package: values are years; a gap is better-off minus worse-off, so positive means
that the worse-off end lives fewer healthy years; the last axis is time unless a function says otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from pipeline.errors import MeasureRefused
from pipeline.measures.refusals import non_negative_array, number, refuse_where, together

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
    """Standard error behind a symmetric normal interval: (upper - lower) / (2 z), NaN where a limit is missing.

    z is 1.959964 at 95%. Limits published to one decimal carry a rounding error of up to 0.026 in the result.

    Raises:
        MeasureRefused: a lower limit lies above its upper limit, or a limit is infinite.

    Source: ONS and OHID publish normal intervals for health expectancies. Symmetry is not checked.
    """
    low, high = _known_or_missing(lower, upper)
    if np.any(low > high):
        raise MeasureRefused(
            "An interval has its lower limit above its upper limit.",
            do="Check that the columns of lower and upper limits are not swapped.",
        )
    return np.asarray((high - low) / (2 * _two_sided_z(confidence)), dtype=float)


def interval_from_standard_error(
    estimate: ArrayLike, standard_error: ArrayLike, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Normal interval estimate ± z · standard error as (lower, upper), NaN where either is missing.

    Raises:
        MeasureRefused: a standard error is negative, or a figure is infinite.
    """
    centre, se = _known_or_missing(estimate, standard_error)
    half_width = _two_sided_z(confidence) * _standard_errors(se)
    return np.asarray(centre - half_width), np.asarray(centre + half_width)


def difference(
    better_off: ArrayLike, worse_off: ArrayLike, better_off_se: ArrayLike, worse_off_se: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Gap better_off - worse_off and its standard error sqrt(SE1² + SE2²), NaN where a figure is missing.

    The two ends must be independent: different areas, not an area and the country that contains it (this is
    not checked). One negative gap is a finding, not an error; a whole series upside down is caught by
    `refuse_reversed_ends`.

    Raises:
        MeasureRefused: a standard error is negative, or a figure is infinite.
    """
    better, worse, better_se, worse_se = _known_or_missing(better_off, worse_off, better_off_se, worse_off_se)
    return np.asarray(better - worse), np.asarray(np.hypot(_standard_errors(better_se), _standard_errors(worse_se)))


def refuse_reversed_ends(better_off: ArrayLike, worse_off: ArrayLike) -> None:
    """Refuse a pair whose better-off end has, on average over the last axis, the lower values.

    High HLE is good. A series that is upside down comes from swapped columns or from a measure on which low
    is good, and every later sign (narrowing, required rise, levelling down) would be wrong in silence.

    Raises:
        MeasureRefused: in some series the mean of better_off - worse_off is below zero, or has no figures.
    """
    better, worse = _known_or_missing(better_off, worse_off)
    known = np.atleast_1d(better - worse)
    if not known.size or np.isnan(known).all(axis=-1).any() or np.any(np.nanmean(known, axis=-1) < 0):
        raise MeasureRefused(
            "The better-off end has the lower healthy life expectancy over the whole series.",
            do="Check that the ends are not swapped, and that high values of the measure are good.",
        )


def weighted_mean(
    values: ArrayLike, standard_errors: ArrayLike, weights: ArrayLike, axis: int = -1
) -> tuple[FloatArray, FloatArray]:
    """Weighted mean of independent areas and its standard error sqrt(Σ w² SE²), with Σ w = 1.

    Args:
        values: values of the areas along `axis`; where one is missing the mean is too.
        standard_errors: their standard errors, same shape.
        weights: populations, or ones for a plain mean; same shape or one that broadcasts; not negative.
        axis: axis of the areas.

    Raises:
        MeasureRefused: a weight is negative or missing, all are zero, or a standard error is negative.
    """
    y, se, w = _known_or_missing(values, standard_errors, weights)
    if not -y.ndim <= axis < y.ndim:
        raise MeasureRefused(f"There is no axis {axis} of areas.", do="Give one value per area.")
    total = w.sum(axis=axis, keepdims=True)
    if not (np.all(w >= 0) and np.all(total > 0) and total.size):
        raise MeasureRefused(
            "A weighted mean was asked for with missing, negative or only zero weights.",
            do="Give every area a population; leave out areas that have none.",
        )
    share = w / total
    errors = share * _standard_errors(se)
    return np.asarray((share * y).sum(axis=axis)), np.asarray(np.sqrt((errors**2).sum(axis=axis)))


def levelling_up_gap(better_off_series: ArrayLike, worse_off_series: ArrayLike) -> FloatArray:
    """Levelling-up-only gap, years: running peak of the better-off end minus the current worse-off end.

    A fall of the better-off end cannot narrow it; only a rise of the worse-off end can. Time ascends on the last axis;
    NaN where a figure is missing. Never below the plain gap of the same period.
    """
    better, worse = _known_or_missing(better_off_series, worse_off_series)
    if not better.ndim:
        raise MeasureRefused("One period has no peak so far.", do="Give the series of both ends.")
    return np.asarray(np.fmax.accumulate(better, axis=-1) - worse)


def ends_change(
    *,
    better_off_start: ArrayLike,
    better_off_end: ArrayLike,
    worse_off_start: ArrayLike,
    worse_off_end: ArrayLike,
) -> EndsChange:
    """Split the change of a gap between two periods: change of the better-off end minus change of the worse-off end."""
    better_start, better_end, worse_start, worse_end = _known_or_missing(
        better_off_start, better_off_end, worse_off_start, worse_off_end
    )
    better, worse = np.asarray(better_end - better_start), np.asarray(worse_end - worse_start)
    return EndsChange(gap_change=np.asarray(better - worse), better_off_change=better, worse_off_change=worse)


def _known_or_missing(*figures: ArrayLike) -> list[FloatArray]:
    """Figures of one shape that may be missing (a hole stays a hole) but not infinite."""
    arrays = together(*figures)
    for array in arrays:
        refuse_where(np.isinf(array), what="A figure is infinite.", element="value")
    return arrays


def _two_sided_z(confidence: float) -> float:
    return float(ndtri((1 + number(confidence, name="confidence level", above=0, below=1)) / 2))


def _standard_errors(se: FloatArray) -> FloatArray:
    non_negative_array(np.append(se[~np.isnan(se)], 0.0), name="standard error")
    return se
