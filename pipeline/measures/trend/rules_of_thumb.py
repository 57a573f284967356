"""Forecasts that need no model: the last figure stays, the mean of the last three stays, a straight line goes on.

They are here to be beaten. Each is a weighted sum of the published figures, so its error follows from theirs.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import spread
from pipeline.measures.trend.inputs import asked_times, covariance_over, seen_times, series_over
from pipeline.measures.trend.prediction import Prediction

LAST_THREE = 3


def mean_of_last(
    gap: ArrayLike,
    covariance: ArrayLike,
    mid_points: ArrayLike,
    asked_mid_points: ArrayLike,
    *,
    nugget_variance: float,
    count: int = 1,
) -> Prediction:
    """The mean of the last `count` figures goes on; its error is theirs, with the overlap and refitting noise.

    Args:
        gap: n periods after any leading shape (sexes, or pairs by sexes), years.
        covariance: n by n for each of them, sampling covariance, years squared.
        mid_points: n ascending mid-points, decimal years.
        asked_mid_points: ascending mid-points; those seen before the last are answered by their own figure.
        nugget_variance: variance of refitting noise of the gap, years squared.
        count: how many figures are averaged, 1 to n.

    Raises:
        MeasureRefused: as for every forecast, or no such count.
    """
    t, y, S = _figures(gap, covariance, mid_points)
    nugget = spread(nugget_variance, name="variance of refitting noise")
    if count not in range(1, len(t) + 1):
        raise MeasureRefused(f"A mean of {count} of {len(t)} figures was asked for.", do="Give a count in that range.")
    ahead = np.where(np.arange(len(t)) >= len(t) - count, 1 / count, 0.0)
    A = _rows(t, asked_mid_points, lambda _: ahead)
    noise = S + nugget * np.eye(len(t))
    return Prediction(
        weights=np.ones(1),
        mean=(y @ A.T)[None],
        covariance=(A @ noise @ A.T)[None],
        nugget_variance=np.full(1, nugget),
    )


def least_squares_line(
    gap: ArrayLike, covariance: ArrayLike, mid_points: ArrayLike, asked_mid_points: ArrayLike
) -> Prediction:
    """The straight line of ordinary least squares goes on, with the scatter about it as the only error.

    This is what a spreadsheet does. It takes overlapping periods as independent, so its fan is far too narrow.

    Args:
        gap: as in `mean_of_last`.
        covariance: checked for its shape, not used.
        mid_points: n ascending mid-points, decimal years.
        asked_mid_points: as in `mean_of_last`.

    Raises:
        MeasureRefused: as for every forecast, or figures on a line without scatter.
    """
    t, y, _ = _figures(gap, covariance, mid_points)
    X = np.column_stack([np.ones_like(t), t])
    B = np.linalg.pinv(X)
    A = _rows(t, asked_mid_points, lambda time: np.array([1.0, time]) @ B)
    scatter = ((y - y @ B.T @ X.T) ** 2).sum(axis=-1) / (len(t) - 2)
    if not np.all(scatter > 1e-18):
        raise MeasureRefused(
            "The figures lie on a line without scatter.", do="A line of them has no error to forecast."
        )
    return Prediction(
        weights=np.ones(1),
        mean=(y @ A.T)[None],
        covariance=(scatter[..., None, None] * (A @ A.T))[None],
        nugget_variance=scatter[None],
        adds_sampling=False,
    )


def _figures(gap: ArrayLike, covariance: ArrayLike, mid_points: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    t = seen_times(mid_points)
    y = series_over(gap, t)
    return t, y, covariance_over(covariance, y)


def _rows(t: FloatArray, asked_mid_points: ArrayLike, ahead: Callable[[float], FloatArray]) -> FloatArray:
    """Weights of the n figures in each period asked for: its own figure if it was seen before the last."""
    asked = asked_times(asked_mid_points, t)
    if not np.all(np.isin(asked[asked < t[-1]], t)):
        raise MeasureRefused("A period between those seen was asked for.", do="Ask for a period seen, or a later one.")
    return np.array([(t == time).astype(float) if time < t[-1] else ahead(time) for time in asked])
