"""The pace of a gap over rolling periods that overlap, with an error that admits it.

Neighbouring three-year periods share two years of the same survey answers and deaths, so their errors are correlated
(2/3, 1/3, 0). A regression that ignores this takes one wobble for several independent sightings of a trend.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import FloatArray, interval_from_standard_error
from pipeline.measures.trend.rolling import PERIOD_LENGTH_YEARS, non_overlapping, overlap


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
    """Return the sampling covariance of one area's series: S_ij = max(0, 1 - |ti - tj| / 3) SE_i SE_j.

    Args:
        standard_errors: series by n periods (any leading shape), years.
        mid_points: n mid-points, decimal years.

    Returns:
        Matrices n by n, years squared, after the leading shape.

    Assumes equal and independent yearly samples within the area; the smoothing of a publisher's model is not in it.
    """
    se = np.asarray(standard_errors, dtype=float)
    return np.asarray(overlap(mid_points) * se[..., :, None] * se[..., None, :])


def gap_covariance(better_off_se: ArrayLike, worse_off_se: ArrayLike, mid_points: ArrayLike) -> FloatArray:
    """Return the sampling covariance of a gap of two independent areas: the sum over both ends.

    Args:
        better_off_se: standard errors of the better-off end, series by n periods, years.
        worse_off_se: of the worse-off end, same shape.
        mid_points: n mid-points, decimal years.
    """
    return sampling_covariance(better_off_se, mid_points) + sampling_covariance(worse_off_se, mid_points)


def process_covariance(mid_points: ArrayLike, other_mid_points: ArrayLike, origin: float) -> FloatArray:
    """Return the covariance of period means of a yearly random walk with unit steps that stands still at `origin`.

    A period is the mean of its three years, so entry ij is the mean of min(s, u) - origin over the years s of period
    i and u of period j. Multiply by sigma² for one area, by 2 sigma² for a gap of two.

    Args:
        mid_points: n mid-points, decimal years.
        other_mid_points: m mid-points.
        origin: time of the first latent year, at or before every year in question (its level is a free parameter).

    Returns:
        Matrix n by m, in units of the step variance.
    """
    years = np.arange(PERIOD_LENGTH_YEARS) - (PERIOD_LENGTH_YEARS - 1) / 2
    first = (np.asarray(mid_points, dtype=float)[:, None] + years)[:, None, :, None]
    second = (np.asarray(other_mid_points, dtype=float)[:, None] + years)[None, :, None, :]
    return np.asarray((np.minimum(first, second) - origin).mean(axis=(2, 3)))


def observed_pace(
    values: ArrayLike,
    standard_errors: ArrayLike,
    mid_points: ArrayLike,
    covariance: ArrayLike,
    *,
    nugget_variance: float = 0.0,
) -> Pace:
    """Return the weighted least squares slope with the variance that the overlap really gives it.

    Slope: B y with B = (X'WX)⁻¹ X'W, X = (1, t), W = diag(1 / SE²). Variance: B C B' with C = S + nugget I.

    Args:
        values: series by n periods (any leading shape), years.
        standard_errors: same shape, years; they set the weights.
        mid_points: n mid-points, decimal years.
        covariance: S, n by n after the leading shape (`gap_covariance`, `sampling_covariance`), years squared. Add a
            process covariance to it if the question is about the drift behind the series, not the series seen.
        nugget_variance: variance of refitting noise per period, years squared: tau² for one area, 2 tau² for a gap.

    Raises:
        MeasureRefused: fewer than three periods, or a standard error that is not above zero.

    Source: least squares with a known error covariance (Aitken). The residual scatter is not used: with twelve
    overlapping periods it is too small to be an honest measure of error.
    """
    y, se, t = _series(values, standard_errors, mid_points)
    X = np.column_stack([np.ones_like(t), t - t.mean()])
    weights = 1 / se**2
    XtW = X.T * weights[..., None, :]
    inverse_information = np.linalg.inv(XtW @ X)
    B = inverse_information @ XtW
    C = np.asarray(covariance, dtype=float) + nugget_variance * np.eye(len(t))
    slope = (B[..., 1, :] * y).sum(axis=-1)
    variance = (B @ C @ np.swapaxes(B, -1, -2))[..., 1, 1]
    return _pace(slope, np.sqrt(variance), np.sqrt(inverse_information[..., 1, 1]))


def non_overlapping_pace(
    values: ArrayLike,
    standard_errors: ArrayLike,
    mid_points: ArrayLike,
    *,
    period_count: int = 4,
    nugget_variance: float = 0.0,
) -> Pace:
    """Return the weighted slope over the non-overlapping periods that end at the latest one: the sensitivity check.

    Args:
        values: series by n periods (any leading shape), years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points, decimal years.
        period_count: how many such periods, at least 3.
        nugget_variance: variance of refitting noise per period, years squared.

    Raises:
        MeasureRefused: the series has fewer such periods, or `observed_pace` refuses.
    """
    y, se, t = _series(values, standard_errors, mid_points)
    kept = non_overlapping(t, period_count)
    y, se, t = y[..., kept], se[..., kept], t[kept]
    return observed_pace(y, se, t, sampling_covariance(se, t), nugget_variance=nugget_variance)


def generalised_pace(values: ArrayLike, mid_points: ArrayLike, covariance: ArrayLike) -> Pace:
    """Return the generalised least squares slope: (X'C⁻¹X)⁻¹ X'C⁻¹ y, with variance (X'C⁻¹X)⁻¹.

    The most precise slope if C is right, and a poor one if it is not: with overlap alone C is close to singular and
    the slope chases differences of a tenth of a year between neighbours. Not the headline for that reason.

    Args:
        values: series by n periods (any leading shape), years.
        mid_points: n mid-points, decimal years.
        covariance: C, n by n after the leading shape, with any nugget and process part included, years squared.

    Raises:
        MeasureRefused: fewer than three periods.
    """
    C = np.asarray(covariance, dtype=float)
    diagonal = np.sqrt(np.diagonal(C, axis1=-2, axis2=-1))
    y, se, t = _series(values, diagonal, mid_points)
    X = np.column_stack([np.ones_like(t), t - t.mean()])
    CinvX = np.linalg.solve(C, np.broadcast_to(X, (*C.shape[:-1], 2)))
    inverse_information = np.linalg.inv(X.T @ CinvX)
    coefficients = inverse_information @ (np.swapaxes(CinvX, -1, -2) @ y[..., None])
    naive = observed_pace(y, se, t, C).naive_se
    return _pace(coefficients[..., 1, 0], np.sqrt(inverse_information[..., 1, 1]), naive)


def _pace(slope: FloatArray, se: FloatArray, naive_se: FloatArray) -> Pace:
    lower, upper = interval_from_standard_error(slope, se)
    return Pace(np.asarray(slope), np.asarray(se), lower, upper, np.asarray(naive_se))


def _series(
    values: ArrayLike, standard_errors: ArrayLike, mid_points: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    t = np.asarray(mid_points, dtype=float)
    y, se = np.broadcast_arrays(np.asarray(values, dtype=float), np.asarray(standard_errors, dtype=float))
    if len(t) < 3 or y.shape[-1] != len(t):
        raise MeasureRefused(
            f"A slope was asked for from {y.shape[-1]} values at {len(t)} periods.",
            do="Give one value per period, for three periods or more.",
        )
    if not np.all(se > 0):
        raise MeasureRefused(
            "A slope was asked for from values without standard errors.",
            do="Leave out periods whose interval is unpublished.",
        )
    return y, se, t
