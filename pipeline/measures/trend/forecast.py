"""Where a gap is heading: a latent yearly gap that wanders, seen through overlapping periods with error.

Model: x_y = x_{y-1} + drift + step, step ~ N(0, ends · sigma²). A period sees the mean of its three latent years plus
overlapping sampling error plus refitting noise N(0, ends · tau²). Written as one multivariate normal: generalised
least squares for level and drift, and the conditional normal for the periods to come. What is predicted is the
*true* gap of a period, the mean of its latent years, not the figure that will be published for it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import FloatArray, interval_from_standard_error
from pipeline.measures.trend.trend import process_covariance
from pipeline.measures.trend.variances import WanderingVariances, design


@dataclass(frozen=True)
class Forecast:
    """The true gap of m periods under the model, for one series or many.

    Attributes:
        gap_years: mean, shape series by m.
        gap_se: standard deviation of the prediction, same shape.
        gap_lci_80: lower 80% limit.
        gap_uci_80: upper 80% limit.
        gap_lci_95: lower 95% limit.
        gap_uci_95: upper 95% limit.
        drift_years_per_year: estimated drift; 0 in the model without drift.
    """

    gap_years: FloatArray
    gap_se: FloatArray
    gap_lci_80: FloatArray
    gap_uci_80: FloatArray
    gap_lci_95: FloatArray
    gap_uci_95: FloatArray
    drift_years_per_year: FloatArray


@dataclass(frozen=True)
class YearsToReach:
    """Years until a gap reaches its goal if the observed pace goes on.

    Attributes:
        years: goal minus gap, divided by the pace; 0 if already there, infinity for "never at this pace".
        p_never: probability that the true pace is not narrowing.
        quantiles: years at each probability asked for; infinity where the mass at "never" begins.
    """

    years: FloatArray
    p_never: FloatArray
    quantiles: FloatArray


def forecast(
    gap: ArrayLike,
    covariance: ArrayLike,
    mid_points: ArrayLike,
    future_mid_points: ArrayLike,
    *,
    variances: WanderingVariances,
    ends: float = 2.0,
) -> Forecast:
    """Return mean and intervals of the true gap in given periods, whether past (smoothed) or to come.

    With C = S + ends (sigma² K + tau² I), c the process covariance of the asked period with the seen ones and
    x its design row: mean = x b + c C⁻¹ (y - X b), b by generalised least squares; variance =
    ends sigma² K(T, T) - c C⁻¹ c' + (x - c C⁻¹ X) (X'C⁻¹X)⁻¹ (x - c C⁻¹ X)'.

    Args:
        gap: observed gaps, series by n periods (any leading shape), years.
        covariance: S, sampling covariance, n by n after the leading shape (`gap_covariance`), years squared.
        mid_points: n ascending mid-points of three-year periods, decimal years.
        future_mid_points: m mid-points to predict, not before the first of `mid_points`.
        variances: sigma, tau and whether there is a drift (`pooled_variances`).
        ends: variances in one gap, in units of one area's: 2 for two areas; sum of squared weights for a mean.

    Raises:
        MeasureRefused: too few periods, missing values, or a period before the first one.

    What it cannot say: a dozen periods with a pandemic in them know nothing of policies to come. The error of sigma
    and tau is not in the interval.
    """
    y, t = np.asarray(gap, dtype=float), np.asarray(mid_points, dtype=float)
    future = np.asarray(future_mid_points, dtype=float)
    if len(t) < 3 or y.shape[-1] != len(t) or not np.all(np.isfinite(y)):
        raise MeasureRefused(
            "A forecast was asked for from fewer than three periods or from gaps that are missing.",
            do="Give one gap per period, for three periods or more.",
        )
    if np.any(future < t[0]):
        raise MeasureRefused("A period before the first observed one was asked for.", do="Give later periods.")
    origin = t[0] - 1
    step = ends * variances.sigma**2
    C = (
        np.asarray(covariance, dtype=float)
        + step * process_covariance(t, t, origin)
        + ends * variances.tau**2 * np.eye(len(t))
    )
    X, x_future = design(t, origin, variances.drift), design(future, origin, variances.drift)
    c_future = step * process_covariance(future, t, origin)
    CinvX = np.linalg.solve(C, np.broadcast_to(X, (*C.shape[:-1], X.shape[1])))
    coefficient_covariance = np.linalg.inv(X.T @ CinvX)
    b = coefficient_covariance @ (np.swapaxes(CinvX, -1, -2) @ y[..., None])
    gain = c_future @ np.linalg.inv(C)
    mean = (x_future @ b + gain @ (y[..., None] - X @ b))[..., 0]
    lever = x_future - gain @ X
    variance = (
        np.diagonal(step * process_covariance(future, future, origin))
        - (gain * c_future).sum(axis=-1)
        + ((lever @ coefficient_covariance) * lever).sum(axis=-1)
    )
    se = np.sqrt(np.maximum(variance, 0.0))
    drift = b[..., 1, 0] if variances.drift else np.zeros(y.shape[:-1])
    return Forecast(
        np.asarray(mean),
        np.asarray(se),
        *interval_from_standard_error(mean, se, 0.80),
        *interval_from_standard_error(mean, se, 0.95),
        np.asarray(drift),
    )


def probability_at_most(goal: ArrayLike, mean: ArrayLike, standard_error: ArrayLike) -> FloatArray:
    """Return P(true gap <= goal) for a normal with this mean and standard error.

    Used for the target period (mean and error of the forecast) and for now (gap and its standard error). The goal is
    taken as a fixed number: it is half of a published figure, whatever error that figure had.

    Args:
        goal: gap aimed at, years, any shape.
        mean: mean of the true gap, years, same shape.
        standard_error: its standard deviation, above zero.

    Raises:
        MeasureRefused: a standard error is not above zero.
    """
    se = np.asarray(standard_error, dtype=float)
    if not np.all(se > 0):
        raise MeasureRefused("A probability was asked for without a standard error.", do="Give one above zero.")
    return np.asarray(ndtr((np.asarray(goal, dtype=float) - np.asarray(mean, dtype=float)) / se))


def years_to_reach(
    gap: ArrayLike,
    goal: ArrayLike,
    pace: ArrayLike,
    pace_se: ArrayLike,
    probabilities: ArrayLike = (0.1, 0.5, 0.9),
) -> YearsToReach:
    """Return the years to reach a goal at the observed pace, exactly, with the probability of never.

    years = (gap - goal) / -pace if pace < 0, else infinity. As years grow with the pace, the quantile at
    probability q is the same formula at the q quantile of the pace, N(pace, SE²). No draws are needed. The mean does
    not exist (the mass at infinity alone forbids it), so there is none here.

    Args:
        gap: current gap, years, any shape; taken as known.
        goal: gap aimed at, years, same shape.
        pace: observed pace, years per year; negative is narrowing.
        pace_se: its standard error, above zero.
        probabilities: k probabilities for the quantiles.

    Returns:
        Values and probabilities of the shape of `gap`; quantiles with k added last.

    Raises:
        MeasureRefused: a standard error is not above zero.
    """
    p_never = 1 - probability_at_most(0.0, pace, pace_se)
    distance = np.asarray(gap, dtype=float) - np.asarray(goal, dtype=float)
    slope = np.asarray(pace, dtype=float)
    z = ndtri(np.asarray(probabilities, dtype=float))
    slopes = slope[..., None] + np.asarray(pace_se, dtype=float)[..., None] * z
    return YearsToReach(_years(distance, slope), np.asarray(p_never), _years(np.asarray(distance)[..., None], slopes))


def _years(distance: FloatArray, slope: FloatArray) -> FloatArray:
    narrowing = slope < 0
    with np.errstate(over="ignore"):  # a pace too small to divide by takes for ever, and infinity says so
        years = np.where(narrowing, distance / np.where(narrowing, -slope, 1.0), np.inf)
    return np.asarray(np.where(distance <= 0, 0.0, years))
