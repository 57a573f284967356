"""What to look for in the figures to come: the range of each on the way to the target, and if nothing changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray, interval_from_standard_error
from pipeline.measures.refusals import covariance_matrices, number, times
from pipeline.measures.trend.trend import wandering_covariance


@dataclass(frozen=True)
class Milestones:
    """For each of m coming publications; years, but for the chance.

    Attributes:
        path_years: gap on the straight way from the latest figure to the target.
        path_lci_95: lower limit of the figure that would be published if the gap were on that way.
        path_uci_95: upper limit of it: a figure above it does not fit the path.
        no_change_lci_95: lower limit of the figure if nothing changed: one below it does not fit no change.
        no_change_uci_95: upper limit of it.
        chance_of_telling: P(the figure falls below `no_change_lci_95`) if the gap is on the path.
    """

    path_years: FloatArray
    path_lci_95: FloatArray
    path_uci_95: FloatArray
    no_change_lci_95: FloatArray
    no_change_uci_95: FloatArray
    chance_of_telling: FloatArray


def milestones(
    gap: float,
    pace: float,
    *,
    covariance: ArrayLike,
    mid_points: ArrayLike,
    sigma: float,
    tau: float,
    squared_weights: float = 2.0,
) -> Milestones:
    """Ranges of the figures to come, starting from the latest one, whose own error counts too.

    Figure to come minus the latest: mean 0 or pace x years, variance C_jj + C_00 - 2 C_0j, where C is sampling (overlap
    included), refitting noise and wandering together.

    Args:
        gap: the latest published gap, years.
        pace: pace that reaches the target in time, years per year; negative.
        covariance: sampling covariance of the latest period and m to come, years squared (`gap_covariance`).
        mid_points: their m + 1 mid-points, the latest period first, decimal years.
        sigma: yearly step of one area, years; from the fit without drift.
        tau: refitting noise of one area's period, years; from the same fit.
        squared_weights: sum of the squared weights of the areas in the gap; 2 for two ends.

    Raises:
        MeasureRefused: a gap that is not above zero, a pace that is not below it, no period to come, no error at all, or a value missing.
    """
    t = times(mid_points, at_least=2)
    start, slope = number(gap, name="gap", above=0.0), number(pace, name="pace", below=0.0)
    noise = wandering_covariance(t, sigma=sigma, tau=tau, squared_weights=squared_weights)
    C = covariance_matrices(covariance, len(t)) + noise
    variance = np.diagonal(C)[1:] + C[0, 0] - 2 * C[0, 1:]
    if np.any(variance <= 0):
        raise MeasureRefused("The figures leave no error at all.", do="Give standard errors above zero.")
    sd = np.sqrt(variance)
    path = start + slope * (t[1:] - t[0])
    unchanged = interval_from_standard_error(np.full_like(path, start), sd)
    return Milestones(
        path, *interval_from_standard_error(path, sd), *unchanged, chance_of_telling=ndtr((unchanged[0] - path) / sd)
    )
