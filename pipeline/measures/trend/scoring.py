"""How good a forecast was, once the figure is out: the continuous ranked probability score, and coverage.

The score is in years and lower is better: the distance between the forecast and the outcome, less half the distance
between two draws of the forecast, so that both a wrong centre and a fan that is too wide or too narrow cost
(Gneiting and Raftery, 2007, equation 21).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import finite_array
from pipeline.measures.trend.prediction import NormalMixture

BoolArray = NDArray[np.bool_]

REACH_SDS, STEPS = 8.0, 64


@dataclass(frozen=True)
class Score:
    """Scores of forecasts, all of the shape of the outcomes.

    Attributes:
        crps: continuous ranked probability score, years; 0 is best.
        in_80: whether the central 80% interval held the outcome.
        in_95: whether the 95% interval did.
    """

    crps: FloatArray
    in_80: BoolArray
    in_95: BoolArray


def score(forecast: NormalMixture, outcome: ArrayLike) -> Score:
    """Score a forecast, one mixture of normals for each outcome.

    Raises:
        MeasureRefused: an outcome is missing, infinite, or of another shape than the forecast.
    """
    y = finite_array(outcome, name="outcome", element="forecast")
    if y.shape != forecast.means.shape[1:]:
        raise MeasureRefused(
            f"Outcomes of the shape {y.shape} cannot score forecasts of the shape {forecast.means.shape[1:]}.",
            do="Give one outcome for each forecast.",
        )
    from_median = np.abs(forecast.probability_at_most(y) - 0.5)
    return Score(_crps(forecast, y), from_median <= 0.4, from_median <= 0.475)


def _crps(forecast: NormalMixture, y: FloatArray) -> FloatArray:
    """E|X - y| - E|X - X'| / 2, where E|X - X'| / 2 is the integral of F (1 - F)."""
    to_outcome = np.tensordot(forecast.weights, _mean_absolute(forecast.means - y, forecast.sds), axes=1)
    if len(forecast.weights) == 1:
        return np.asarray(to_outcome - forecast.sds[0] / np.sqrt(np.pi))
    # F (1 - F) is smooth and dies out: steps of a quarter of a deviation are exact to 1e-6, if no part is far narrower
    sd, points = forecast.sd, np.linspace(-REACH_SDS, REACH_SDS, STEPS + 1)
    at = forecast.mean + points.reshape(-1, *[1] * y.ndim) * sd
    z = (at - forecast.means[:, None]) / forecast.sds[:, None]
    cumulative = np.tensordot(forecast.weights, ndtr(z), axes=1)
    spread = (cumulative * (1 - cumulative)).sum(axis=0) * sd * (points[1] - points[0])
    return np.asarray(to_outcome - spread)


def _mean_absolute(mean: FloatArray, sd: FloatArray) -> FloatArray:
    """E|X| of a normal: mean (2 Phi(mean / sd) - 1) + 2 sd phi(mean / sd)."""
    z = mean / sd
    return np.asarray(mean * (2 * ndtr(z) - 1) + 2 * sd * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
