"""What forecasts and their variances accept as input: anything else is refused by name, never answered."""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, covariance_matrices, finite_array, times

FEWEST_PERIODS = 4
"""Level, drift and two spreads are unknown: three overlapping periods say nothing of them."""


def seen_times(mid_points: ArrayLike, *, at_least: int = FEWEST_PERIODS) -> FloatArray:
    """Mid-points of the periods that a forecast knows (as `refusals.times`), enough of them to learn from."""
    return times(mid_points, at_least=at_least)


def asked_times(asked_mid_points: ArrayLike, seen: FloatArray) -> FloatArray:
    """Mid-points to predict, in time order.

    Raises:
        MeasureRefused: one is missing, infinite, repeated, out of order, or before the first that was seen.
    """
    asked = times(asked_mid_points)
    if asked[0] < seen[0]:
        raise MeasureRefused("A period before the first observed one was asked for.", do="Give later periods.")
    return asked


def series_over(values: ArrayLike, seen: FloatArray, *, name: str = "gap") -> FloatArray:
    """Values whose last axis runs over the periods.

    Raises:
        MeasureRefused: another number of values than periods, none at all, or one missing or infinite.
    """
    y = finite_array(values, name=name, element="period")
    if y.ndim == 0 or y.shape[-1] != len(seen):
        raise MeasureRefused(
            f"There are {len(seen)} periods, but the values of {name} have the shape {y.shape}.",
            do="Give one value for each period.",
        )
    return y


def covariance_over(covariance: ArrayLike, values: FloatArray) -> FloatArray:
    """Covariances that fit `values` (series by n): n by n for each series; one matrix serves all.

    Raises:
        MeasureRefused: wrong shape, not symmetric, a negative variance, or an entry missing or infinite.
    """
    n = values.shape[-1]
    S = covariance_matrices(covariance, n)
    if S.shape[:-2] not in ((), values.shape[:-1]):
        raise MeasureRefused(
            f"Covariances of the shape {S.shape} do not fit values of the shape {values.shape}.",
            do=f"Give a matrix of {n} by {n}, one for all series or one for each.",
        )
    return np.broadcast_to(S, (*values.shape, n))


def invertible(covariance: FloatArray) -> FloatArray:
    """The same covariances, refused where some combination of periods would be known without error.

    Raises:
        MeasureRefused: a matrix is not positive definite, or an entry is missing or infinite.
    """
    try:
        np.linalg.cholesky(finite_array(covariance, name="covariance", element="period"))
    except np.linalg.LinAlgError as fault:
        raise MeasureRefused(
            "The figures leave no error at all, or their covariance is not one.",
            do="Give standard errors above zero.",
        ) from fault
    return covariance


def area_apart(position: int | None, areas: int) -> int | None:
    """Position of the area whose wandering has a scale of its own, if there is one.

    Raises:
        MeasureRefused: there is no such area among this many.
    """
    if position is not None and count_of(position, name="position of an area", at_least=0) >= areas:
        raise MeasureRefused(f"There is no area number {position} among {areas}.", do="Count positions from 0.")
    return position
