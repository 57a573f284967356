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
from pipeline.measures.difference import FloatArray, interval_from_standard_error
from pipeline.measures.refusals import finite_array, number, positive_array, together
from pipeline.measures.trend.conditional import JointNormal, conditional
from pipeline.measures.trend.inputs import asked_times, covariance_over, seen_times, series_over
from pipeline.measures.trend.prediction import Prediction
from pipeline.measures.trend.variances import WanderingVariances, design, movement_covariance


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
    """Mean and intervals of the true gap in given periods, whether past (smoothed) or to come.

    `conditional` with C = S + ends (sigma² K + tau² I), c the process covariance of the asked period with the seen ones
    and levels b (1, t) with a drift, b without; a shrunken drift adds ends omega² to the process.

    Args:
        gap: observed gaps, series by n periods (any leading shape), years.
        covariance: S, sampling covariance, n by n after the leading shape (`gap_covariance`), years squared.
        mid_points: n ascending mid-points of three-year periods, decimal years.
        future_mid_points: m ascending mid-points to predict, not before the first of `mid_points`.
        variances: sigma, tau and whether there is a drift (`pooled_variances`).
        ends: variances in one gap, in units of one area's: 2 for two areas; sum of squared weights for a mean.

    Raises:
        MeasureRefused: fewer than four periods, missing values, or a period before the first one.

    What it cannot say: a dozen periods with a pandemic in them know nothing of policies to come. The error of sigma
    and tau is not in the interval.
    """
    t = seen_times(mid_points)
    y = series_over(gap, t)
    found = conditional(y, _joint(covariance_over(covariance, y), t, future_mid_points, variances, ends))
    variance = np.diagonal(found.covariance, axis1=-2, axis2=-1)
    se = np.sqrt(np.broadcast_to(np.maximum(variance, 0.0), found.mean.shape))
    return Forecast(
        found.mean,
        se,
        *interval_from_standard_error(found.mean, se, 0.80),
        *interval_from_standard_error(found.mean, se, 0.95),
        found.coefficients[..., 1] if variances.drift else np.zeros(y.shape[:-1]),
    )


def wandering_prediction(
    gap: ArrayLike,
    covariance: ArrayLike,
    mid_points: ArrayLike,
    asked_mid_points: ArrayLike,
    *,
    variances: WanderingVariances,
    ends: float = 2.0,
) -> Prediction:
    """The same forecast as `forecast`, with the covariance between periods, each series by itself.

    Args:
        gap: n periods after any leading shape (sexes, or pairs by sexes), years.
        covariance: n by n for each of them, years squared.
        mid_points: n ascending mid-points, decimal years.
        asked_mid_points: m ascending mid-points, past (smoothed) or to come.
        variances: as in `forecast`.
        ends: as in `forecast`.

    Raises:
        MeasureRefused: as `forecast`.
    """
    t = seen_times(mid_points)
    y = series_over(gap, t)
    S = covariance_over(covariance, y)
    found = conditional(y, _joint(S, t, asked_mid_points, variances, ends))
    return Prediction(
        weights=np.ones(1),
        mean=found.mean[None],
        covariance=found.covariance[None],
        nugget_variance=np.full(1, ends * variances.tau**2),
    )


def _joint(
    sampling: FloatArray, t: FloatArray, asked_mid_points: ArrayLike, variances: WanderingVariances, ends: float
) -> JointNormal:
    asked, origin = asked_times(asked_mid_points, t), t[0] - 1
    number(ends, name="number of ends", above=0.0)
    nugget = ends * variances.tau**2 * np.eye(len(t))
    return JointNormal(
        seen=sampling + ends * movement_covariance(t, t, origin, variances) + nugget,
        across=ends * movement_covariance(asked, t, origin, variances),
        asked=ends * movement_covariance(asked, asked, origin, variances),
        design=design(t, origin, variances.drift),
        design_asked=design(asked, origin, variances.drift),
    )


def probability_at_most(goal: ArrayLike, mean: ArrayLike, standard_error: ArrayLike) -> FloatArray:
    """P(true gap <= goal) for a normal with this mean and standard error.

    Used for the target period (mean and error of the forecast) and for now (gap and its standard error). The goal is
    taken as a fixed number: it is half of a published figure, whatever error that figure had. For a baseline with its
    error see `Prediction.probability_of_share`.

    Args:
        goal: gap aimed at, years, any shape.
        mean: mean of the true gap, years, same shape.
        standard_error: its standard deviation, above zero.

    Raises:
        MeasureRefused: a standard error is not above zero, a value is missing or infinite, or shapes do not agree.
    """
    se = positive_array(standard_error, name="standard error", element="gap")
    x, m, se = together(finite_array(goal, name="goal"), finite_array(mean, name="mean"), se)
    return np.asarray(ndtr((x - m) / se))


def years_to_reach(
    gap: ArrayLike,
    goal: ArrayLike,
    pace: ArrayLike,
    pace_se: ArrayLike,
    probabilities: ArrayLike = (0.1, 0.5, 0.9),
) -> YearsToReach:
    """Years to reach a goal at the observed pace, exactly, with the probability of never.

    years = (gap - goal) / -pace if pace < 0, else infinity. As years grow with the pace, the quantile at
    probability q is the same formula at the q quantile of the pace, N(pace, SE²). No draws are needed. The mean does
    not exist (the mass at infinity alone forbids it), so there is none here.

    Args:
        gap: current gap, years, any shape; taken as known.
        goal: gap aimed at, years, same shape.
        pace: observed pace, years per year; negative is narrowing.
        pace_se: its standard error, above zero.
        probabilities: k probabilities for the quantiles, each between 0 and 1.

    Returns:
        Values and probabilities of the shape of `gap`; quantiles with k added last.

    Raises:
        MeasureRefused: a standard error is not above zero, a value is missing or infinite, or a quantile was asked for
            at no probability.
    """
    p = finite_array(probabilities, name="probability", element="quantile")
    if p.ndim != 1 or p.size == 0 or not np.all((p > 0) & (p < 1)):
        raise MeasureRefused("Quantiles need probabilities between 0 and 1.", do="Give some, such as 0.1, 0.5, 0.9.")
    se = positive_array(pace_se, name="standard error", element="gap")
    figures = (finite_array(value, name="gap, goal or pace", element="gap") for value in (gap, goal, pace))
    now, aim, slope, se = together(*figures, se)
    slopes = slope[..., None] + se[..., None] * ndtri(p)
    p_never = 1 - probability_at_most(0.0, slope, se)
    return YearsToReach(_years(now - aim, slope), np.asarray(p_never), _years((now - aim)[..., None], slopes))


def _years(distance: FloatArray, slope: FloatArray) -> FloatArray:
    narrowing = slope < 0
    with np.errstate(over="ignore"):  # a pace too small to divide by takes for ever, and infinity says so
        years = np.where(narrowing, distance / np.where(narrowing, -slope, 1.0), np.inf)
    return np.asarray(np.where(distance <= 0, 0.0, years))
