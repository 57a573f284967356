"""What forecasts and their variances accept as input: anything else is refused by name, never answered."""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import FloatArray
from pipeline.measures.refusals import finite_array

FEWEST_PERIODS = 4
"""Level, drift and two spreads are unknown: three overlapping periods say nothing of them."""


def ascending_times(mid_points: ArrayLike, *, fewest: int = FEWEST_PERIODS) -> FloatArray:
    """Mid-points of periods, in decimal years, that are finite, in time order and never repeated.

    Raises:
        MeasureRefused: fewer than `fewest`, not one row, missing, infinite, repeated or out of order.
    """
    t = finite_array(mid_points, name="mid-point", element="period")
    if t.ndim != 1 or len(t) < fewest:
        raise MeasureRefused(
            f"Fewer than {fewest} periods were given." if t.ndim == 1 else "Mid-points must be one row of times.",
            do=f"Give {fewest} periods or more, as one row of mid-points.",
        )
    if np.any(np.diff(t) <= 0):
        raise MeasureRefused("Periods are repeated or not in time order.", do="Sort the series by period first.")
    return t


def asked_times(asked_mid_points: ArrayLike, mid_points: ArrayLike) -> FloatArray:
    """Mid-points to predict: finite, in time order, none before the first that was seen.

    Raises:
        MeasureRefused: otherwise.
    """
    asked = ascending_times(asked_mid_points, fewest=1)
    if asked[0] < np.asarray(mid_points, dtype=float)[0]:
        raise MeasureRefused("A period before the first observed one was asked for.", do="Give later periods.")
    return asked


def series_over(values: ArrayLike, mid_points: FloatArray, *, name: str = "gap") -> FloatArray:
    """Values whose last axis runs over the periods, none missing or infinite.

    Raises:
        MeasureRefused: another number of values than periods, an empty leading axis, or a value missing or infinite.
    """
    y = finite_array(values, name=name, element="period")
    if y.ndim == 0 or y.shape[-1] != len(mid_points) or y.size == 0:
        raise MeasureRefused(
            f"There are {len(mid_points)} periods, but the values of {name} have the shape {y.shape}.",
            do="Give one value for each period.",
        )
    return y


def covariance_over(covariance: ArrayLike, values: FloatArray) -> FloatArray:
    """Covariances n by n that fit `values` (n on the last axis), symmetric and without negative variances.

    Raises:
        MeasureRefused: wrong shape, not symmetric, a negative variance, or an entry missing or infinite.
    """
    S = finite_array(covariance, name="covariance", element="period")
    n = values.shape[-1]
    if S.shape[-2:] != (n, n) or S.shape[:-2] not in ((), values.shape[:-1]):
        raise MeasureRefused(
            f"A covariance of the shape {S.shape} does not fit values of the shape {values.shape}.",
            do=f"Give a matrix of {n} by {n}, one for all series or one for each.",
        )
    if np.any(np.diagonal(S, axis1=-2, axis2=-1) < 0) or not np.allclose(S, np.swapaxes(S, -1, -2)):
        raise MeasureRefused(
            "A covariance is not symmetric or has a negative variance.",
            do="Make it from standard errors (`gap_covariance`).",
        )
    return S


def invertible(covariance: FloatArray) -> FloatArray:
    """The same covariances, refused where some combination of periods would be known without error.

    Raises:
        MeasureRefused: a matrix is not positive definite.
    """
    try:
        np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError as fault:
        raise MeasureRefused(
            "The figures leave no error at all, or their covariance is not one.",
            do="Give standard errors above zero.",
        ) from fault
    return covariance


def number(value: float, *, name: str, lowest: float = -np.inf, above: float = -np.inf) -> float:
    """One finite number within its bounds.

    Raises:
        MeasureRefused: missing, infinite, below `lowest`, or not above `above`.
    """
    if np.ndim(value) or not np.isfinite(value) or value < lowest or value <= above:
        raise MeasureRefused(f"{value} is no usable {name}.", do=f"Give one finite {name} in its range.")
    return float(value)
