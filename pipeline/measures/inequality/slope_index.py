"""Slope and relative index of inequality: how steeply a measure rises from the most to the least deprived.

Groups stand on the last axis, most deprived first. Every other axis is a series, and all series are computed
at once.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import interval_from_standard_error
from pipeline.measures.inequality.scales import Scale, from_scale, on_scale, refuse_outside_scale, slope_from_scale
from pipeline.measures.refusals import (
    FloatArray,
    finite_array,
    non_negative_array,
    positive_array,
)

NUMBERS_HELD_AT_ONCE = 20_000_000  # 160 MB: many series are simulated in blocks of about this size


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
        method: "exact" or "simulated".
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
    method: Literal["exact", "simulated"]

    def rescaled(self, multiplier: float) -> "SlopeIndex":
        """Return the index in other units (100: share to per cent) or, below zero, with its sign turned.

        A negative multiplier reports a measure on which low is good as an advantage: SII changes sign, RII becomes
        its reciprocal, limits change places; the intercept stays the fitted value at the most deprived end.

        Args:
            multiplier: any number but zero.

        Raises:
            MeasureRefused: the multiplier is zero.
        """
        if multiplier == 0:
            raise MeasureRefused("A slope index cannot be multiplied by zero.", do="Give the factor between units.")
        size = abs(multiplier)
        scaled = replace(
            self,
            sii=self.sii * multiplier,
            sii_se=self.sii_se * size,
            sii_lower=self.sii_lower * multiplier,
            sii_upper=self.sii_upper * multiplier,
            intercept=self.intercept * size,
            intercept_se=self.intercept_se * size,
        )
        if multiplier > 0:
            return scaled
        return replace(
            scaled,
            sii_lower=scaled.sii_upper,
            sii_upper=scaled.sii_lower,
            rii=1 / self.rii,
            rii_se=self.rii_se / self.rii**2,
            rii_lower=1 / self.rii_upper,
            rii_upper=1 / self.rii_lower,
        )


@dataclass(frozen=True)
class _Line:
    """Weights that turn group values into the intercept and the slope of the fitted line; arrays (..., groups)."""

    intercept_weights: FloatArray
    slope_weights: FloatArray

    def ends(self, fitted: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the fitted values at the most and the least deprived end, on the scale of the fit."""
        start = np.asarray((self.intercept_weights * fitted).sum(axis=-1))
        return start, np.asarray(start + (self.slope_weights * fitted).sum(axis=-1))


def ridits(populations: ArrayLike) -> FloatArray:
    """Return each group's mid-point in the cumulative population, from 0 (most deprived) to 1.

    Args:
        populations: people per group (..., groups), most deprived first.

    Raises:
        MeasureRefused: a population is missing, zero or negative.
    """
    people = positive_array(populations, name="population", element="group")
    shares = people / people.sum(axis=-1, keepdims=True)
    return np.asarray(np.cumsum(shares, axis=-1) - shares / 2)


def slope_index_of_inequality(
    values: ArrayLike,
    standard_errors: ArrayLike,
    populations: ArrayLike,
    *,
    confidence: float = 0.95,
    transform: Scale = "none",
    error_scale: Scale = "none",
    generator: np.random.Generator | None = None,
    draws: int = 100_000,
) -> SlopeIndex:
    """Return the slope and relative index of inequality of every series.

    Formula: a_i population shares; x_i mid-points of the cumulative share (ridits); weighted least squares of y
    on x with weights a. SII = fitted(1) - fitted(0), RII = fitted(1) / fitted(0). The slope is Σ w_i y_i with
    w_i = a_i (x_i - x̄) / Σ a (x - x̄)², so SE(SII) = sqrt(Σ w_i² SE_i²) without simulation. It is exact for
    untransformed values with normal errors, and to first order (delta method) otherwise. The RII's interval is
    normal on its logarithm: rii · exp(± z · rii_se / rii).

    Polarity: none assumed. With groups from most to least deprived and a measure on which high is good, a positive
    SII is a disadvantage of the deprived.

    Not checked: that the groups are ordered by deprivation, are independent, and lie near a straight line.

    Args:
        values: one value per group (..., groups), most deprived first.
        standard_errors: their standard errors on `error_scale`, same shape or one that broadcasts.
        populations: people per group, same shape or one that broadcasts.
        confidence: coverage of the intervals.
        transform: scale on which the line is fitted: "none" (years), "log" (rates), "logit" (proportions).
            Both ends are turned back before SII and RII are taken.
        error_scale: scale on which sampling errors are normal and `standard_errors` are given.
        generator: source of random numbers; if given, intervals and standard errors are percentiles and standard
            deviations of `draws` simulated sets of values. All series share the draws, so that a series has the
            same interval whether it is asked for alone or among others.
        draws: number of simulated sets, at least 100.

    Returns:
        SlopeIndex of arrays (...).

    Raises:
        MeasureRefused: fewer than two groups; a value, standard error or population missing or not finite; a
            population zero or negative; a standard error negative; a value outside the range of a transform;
            too few draws; `confidence` is no probability. The position is named.

    Source: OHID, PHEindicatormethods, `phe_sii` (simulated intervals; rates have errors on the log scale,
    proportions on the logit scale); Low and Low (2004), Journal of Public Health 26(4), for the weights.
    """
    natural = finite_array(values, name="value", element="group")
    errors = non_negative_array(standard_errors, name="standard error", element="group")
    people = positive_array(populations, name="population", element="group")
    natural, errors, people = np.broadcast_arrays(np.atleast_1d(natural), errors, people)
    if natural.shape[-1] < 2:
        raise MeasureRefused(
            f"A slope needs at least two groups, not {natural.shape[-1]}.", do="Put the groups on the last axis."
        )
    refuse_outside_scale(natural, transform)
    refuse_outside_scale(natural, error_scale)

    line = _line(people)
    fitted = on_scale(natural, transform)
    point = _ends_on_natural_scale(line, fitted, transform)
    if generator is None:
        fitted_errors = errors
        if transform != error_scale:
            fitted_errors = errors * slope_from_scale(natural, error_scale) / slope_from_scale(natural, transform)
        return _exact(line, fitted, fitted_errors, transform=transform, confidence=confidence)
    return _simulated(
        line, natural, errors, point,
        transform=transform, error_scale=error_scale, confidence=confidence, generator=generator, draws=draws,
    )  # fmt: skip


def _line(people: FloatArray) -> _Line:
    shares = people / people.sum(axis=-1, keepdims=True)
    x = np.cumsum(shares, axis=-1) - shares / 2
    mean_x = (shares * x).sum(axis=-1, keepdims=True)
    spread = (shares * (x - mean_x) ** 2).sum(axis=-1, keepdims=True)
    slope_weights = shares * (x - mean_x) / spread
    return _Line(intercept_weights=shares - slope_weights * mean_x, slope_weights=slope_weights)


def _exact(line: _Line, fitted: FloatArray, errors: FloatArray, *, transform: Scale, confidence: float) -> SlopeIndex:
    start, end = line.ends(fitted)
    natural_start, natural_end = from_scale(start, transform), from_scale(end, transform)
    start_slope = slope_from_scale(natural_start, transform)
    end_slope = slope_from_scale(natural_end, transform)
    # How a small error of one group moves the two fitted ends, on the natural scale.
    by_start = line.intercept_weights * start_slope[..., None]
    by_end = (line.intercept_weights + line.slope_weights) * end_slope[..., None]

    sii = natural_end - natural_start
    sii_se = _combined_error(by_end - by_start, errors)
    sii_lower, sii_upper = interval_from_standard_error(sii, sii_se, confidence)
    rii = _ratio(natural_end, natural_start)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_gradient = by_end / natural_end[..., None] - by_start / natural_start[..., None]
        log_se = np.where(np.isnan(rii), np.nan, _combined_error(log_gradient, errors))
    log_lower, log_upper = interval_from_standard_error(np.log(rii), log_se, confidence)
    return SlopeIndex(
        sii=sii, sii_se=sii_se, sii_lower=sii_lower, sii_upper=sii_upper,
        rii=rii, rii_se=np.asarray(rii * log_se), rii_lower=np.exp(log_lower), rii_upper=np.exp(log_upper),
        intercept=natural_start, intercept_se=_combined_error(by_start, errors),
        confidence=confidence, method="exact",
    )  # fmt: skip


def _simulated(
    line: _Line,
    natural: FloatArray,
    errors: FloatArray,
    point: tuple[FloatArray, FloatArray],
    *,
    transform: Scale,
    error_scale: Scale,
    confidence: float,
    generator: np.random.Generator,
    draws: int,
) -> SlopeIndex:
    if draws < 100 or not 0 < confidence < 1:
        raise MeasureRefused(
            f"{draws} draws at confidence {confidence} give no interval.",
            do="Ask for at least 100 draws and a confidence between 0 and 1.",
        )
    groups = natural.shape[-1]
    noise = generator.standard_normal((draws, groups))
    flat = [array.reshape(-1, 1, groups) for array in (natural, errors, line.intercept_weights, line.slope_weights)]
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    block = max(1, NUMBERS_HELD_AT_ONCE // noise.size)
    summaries = []
    for first in range(0, flat[0].shape[0], block):
        y, se, intercept_weights, slope_weights = (array[first : first + block] for array in flat)
        drawn = on_scale(y, error_scale) + se * noise
        if transform != error_scale:
            drawn = from_scale(drawn, error_scale)
            refuse_outside_scale(drawn, transform)
            drawn = on_scale(drawn, transform)
        start, end = _ends_on_natural_scale(_Line(intercept_weights, slope_weights), drawn, transform)
        sii, rii = end - start, _ratio(end, start)
        summaries.append(
            [*np.quantile(sii, tails, axis=-1), sii.std(axis=-1, ddof=1),
             *np.quantile(rii, tails, axis=-1), rii.std(axis=-1, ddof=1), start.std(axis=-1, ddof=1)]
        )  # fmt: skip
    series = natural.shape[:-1]
    sii_lower, sii_upper, sii_se, rii_lower, rii_upper, rii_se, intercept_se = (
        np.asarray(column).reshape(series) for column in np.concatenate(summaries, axis=-1)
    )
    start, end = point
    return SlopeIndex(
        sii=end - start, sii_se=sii_se, sii_lower=sii_lower, sii_upper=sii_upper,
        rii=_ratio(end, start), rii_se=rii_se, rii_lower=rii_lower, rii_upper=rii_upper,
        intercept=start, intercept_se=intercept_se, confidence=confidence, method="simulated",
    )  # fmt: skip


def _ends_on_natural_scale(line: _Line, fitted: FloatArray, transform: Scale) -> tuple[FloatArray, FloatArray]:
    start, end = line.ends(fitted)
    return from_scale(start, transform), from_scale(end, transform)


def _combined_error(gradient: FloatArray, errors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(((gradient * errors) ** 2).sum(axis=-1)))


def _ratio(end: FloatArray, start: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(end * start > 0, end / start, np.nan))
