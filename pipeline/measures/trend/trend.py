"""The pace of a gap over rolling periods that overlap, with an error that admits it.

Neighbouring three-year periods share two years of the same survey answers and deaths, so their errors are correlated
(2/3, 1/3, 0). A regression that ignores this takes one wobble for several independent sightings of a trend.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray, interval_from_standard_error
from pipeline.measures.refusals import (
    count_of,
    covariance_matrices,
    finite_array,
    non_negative_array,
    number,
    positive_array,
    spread,
    times,
    together,
)
from pipeline.measures.trend.rolling import PERIOD_LENGTH_YEARS, non_overlapping, overlap

FEWEST_PERIODS = 3
"""A slope through two points has no error of its own."""


@dataclass(frozen=True)
class Pace:
    """The slope of one series, or of many, in years per year.

    Attributes:
        pace_years_per_year: slope; for a gap negative is narrowing.
        pace_se: its standard error.
        pace_lci_95: lower 95% limit.
        pace_uci_95: upper 95% limit.
        naive_se: the standard error had the periods been independent; shown for contrast, never used.
    """

    pace_years_per_year: FloatArray
    pace_se: FloatArray
    pace_lci_95: FloatArray
    pace_uci_95: FloatArray
    naive_se: FloatArray


def sampling_covariance(standard_errors: ArrayLike, mid_points: ArrayLike) -> FloatArray:
    """Sampling covariance of one area's series: S_ij = max(0, 1 - |ti - tj| / 3) SE_i SE_j.

    Years squared, n by n after the leading shape. Assumes equal and independent yearly samples within the area; the
    smoothing of a publisher's model is not in it.
    """
    t, se = times(mid_points), non_negative_array(standard_errors, name="standard error", element="period")
    _refuse_other_length(se, t)
    return np.asarray(overlap(t) * se[..., :, None] * se[..., None, :])


def gap_covariance(better_off_se: ArrayLike, worse_off_se: ArrayLike, mid_points: ArrayLike) -> FloatArray:
    """Sampling covariance of a gap of two independent areas: the sum over both ends."""
    better, worse = together(better_off_se, worse_off_se)
    return sampling_covariance(better, mid_points) + sampling_covariance(worse, mid_points)


def process_covariance(mid_points: ArrayLike, other_mid_points: ArrayLike, origin: float) -> FloatArray:
    """Covariance of period means of a yearly random walk with unit steps that stays at 0 until `origin`.

    A period is the mean of its three years, so entry ij is the mean of min(s, u) - origin over the years s of period
    i and u of period j. Multiply by sigma² for one area, by 2 sigma² for a gap of two.

    Args:
        mid_points: n mid-points, decimal years.
        other_mid_points: m mid-points.
        origin: time of the first latent year, at or before every year in question (its level is a free parameter).
    """
    years = np.arange(PERIOD_LENGTH_YEARS) - (PERIOD_LENGTH_YEARS - 1) / 2
    first = (times(mid_points)[:, None] + years)[:, None, :, None]
    second = (times(other_mid_points)[:, None] + years)[None, :, None, :]
    if not number(origin, name="start of a walk", above=0) <= min(first.min(), second.min()):
        raise MeasureRefused(
            f"A walk that starts in {origin} has no earlier years.", do="Give a start at or before every year."
        )
    return np.asarray((np.minimum(first, second) - origin).mean(axis=(2, 3)))


def wandering_covariance(
    mid_points: ArrayLike, *, sigma: float, tau: float, squared_weights: float = 2.0
) -> FloatArray:
    """Covariance that comes on top of sampling when the truth wanders: w (sigma² K + tau² I), years squared, n by n.

    Args:
        mid_points: n mid-points, decimal years.
        sigma: yearly step of one area's true value, years; from the fit without drift (table `forecast_variances`).
        tau: refitting noise of one area's period, years; from the same fit.
        squared_weights: w, the sum of the squared weights of the areas in the gap: 2 for two ends,
            that of `slope_weights` for the slope across regions (table `forecast_ends`).
    """
    t = times(mid_points)
    step, nugget = (spread(sd, name="standard deviation") ** 2 for sd in (sigma, tau))
    weight = number(squared_weights, name="sum of squared weights", above=0)
    return np.asarray(weight * (step * process_covariance(t, t, t[0] - 1) + nugget * np.eye(len(t))))


def observed_pace(
    values: ArrayLike,
    standard_errors: ArrayLike,
    mid_points: ArrayLike,
    covariance: ArrayLike,
    *,
    nugget_variance: float = 0.0,
) -> Pace:
    """Weighted least squares slope with the variance that the overlap really gives it.

    Slope: B y with B = (X'WX)⁻¹ X'W, X = (1, t), W = diag(1 / SE²). Variance: B C B' with C = S + nugget I.

    Args:
        values: series by n periods (any leading shape), years.
        standard_errors: same shape, years; they set the weights.
        mid_points: n mid-points, decimal years.
        covariance: S, n by n after the leading shape (`gap_covariance`, `sampling_covariance`), years squared. With
            `wandering_covariance` added the interval is about the drift behind the series, not the series seen: words
            about the direction use that one.
        nugget_variance: variance of refitting noise per period, years squared: tau² for one area, 2 tau² for a gap.

    Raises:
        MeasureRefused: fewer than three periods, periods out of order, a value missing, or a standard error that is
            not above zero.

    Source: least squares with a known error covariance (Aitken). The residual scatter is not used: with twelve
    overlapping periods it is too small to be an honest measure of error.
    """
    y, se, t = _series(values, standard_errors, mid_points)
    nugget = spread(nugget_variance, name="variance of refitting noise")
    C = covariance_matrices(covariance, len(t)) + nugget * np.eye(len(t))
    X = np.column_stack([np.ones_like(t), t - t.mean()])
    XtW = X.T / se[..., None, :] ** 2
    inverse_information = np.linalg.inv(XtW @ X)
    B = inverse_information @ XtW
    slope = (B[..., 1, :] * y).sum(axis=-1)
    variance = np.maximum((B @ C @ np.swapaxes(B, -1, -2))[..., 1, 1], 0.0)
    pace_se = np.sqrt(variance)
    lower, upper = interval_from_standard_error(slope, pace_se)
    return Pace(np.asarray(slope), pace_se, lower, upper, np.sqrt(inverse_information[..., 1, 1]))


def non_overlapping_pace(
    values: ArrayLike,
    standard_errors: ArrayLike,
    mid_points: ArrayLike,
    *,
    period_count: int = 4,
    nugget_variance: float = 0.0,
) -> Pace:
    """Weighted slope over the latest non-overlapping periods: the sensitivity check; NaN throughout where it cannot say.

    A series of five or six periods (after a rebasing) holds two periods without a common year, and two make no slope.

    Args:
        values: series by n periods (any leading shape), years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points, decimal years.
        period_count: how many such periods to take at most.
        nugget_variance: variance of refitting noise per period, years squared.

    Raises:
        MeasureRefused: as `observed_pace`.
    """
    y, se, t = _series(values, standard_errors, mid_points)
    kept = non_overlapping(t)[-count_of(period_count, name="number of periods") :]
    if len(kept) < FEWEST_PERIODS:
        return Pace(*(np.full(y.shape[:-1], np.nan) for _ in range(5)))
    y, se, t = y[..., kept], se[..., kept], t[kept]
    return observed_pace(y, se, t, sampling_covariance(se, t), nugget_variance=nugget_variance)


def _series(
    values: ArrayLike, standard_errors: ArrayLike, mid_points: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    t = times(mid_points, at_least=FEWEST_PERIODS)
    y, se = together(
        finite_array(values, name="value", element="period"),
        positive_array(standard_errors, name="standard error", element="period"),
    )
    _refuse_other_length(y, t)
    return y, se, t


def _refuse_other_length(series: FloatArray, t: FloatArray) -> None:
    if series.shape[-1:] != t.shape:
        raise MeasureRefused(
            f"Figures of shape {series.shape} came with {t.size} periods.", do="Give one value per period."
        )
