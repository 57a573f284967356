"""The part of a gap between extremes that picking them makes: the noisier the figures, the further apart they look."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, ndtr

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, finite_array, positive_array

STEPS = np.linspace(-8.0, 8.0, 201)
"""Grid of the integral over values, in standard deviations of the noisiest area."""


@dataclass(frozen=True)
class Selection:
    """What selection adds to the gap between the highest and the lowest areas.

    Attributes:
        selection_years: expected observed gap minus expected true gap, per period, years.
        adjusted_sd_years: noise-adjusted standard deviation between areas, per period, years.
        pooled_sd_years: the same over all periods together; the spread that `selection_years` is computed from.
    """

    selection_years: FloatArray
    adjusted_sd_years: FloatArray
    pooled_sd_years: float


def selection_part(values: ArrayLike, standard_errors: ArrayLike, *, size: int) -> Selection:
    """Part of the gap between the `size` highest and the `size` lowest areas that selection makes, in every period.

    True values are taken as N(mean, s²), s² the observed variance minus the mean SE², pooled over periods: the spread is
    flat, and a period's own would bring its noise. With F the distribution of an observed value, N(0, s² + SE_i²)
    over the areas i, the expected mean of the k highest of n is n/k ∫ x P(fewer than k of the n - 1 others lie above x)
    dF(x). Exact order statistics, without draws. The same with SE = 0 is the gap that the true extremes would have.

    Args:
        values: HLE, periods by n areas, years.
        standard_errors: same shape, years, above zero.
        size: k, areas in each end; 2k at most n.

    Raises:
        MeasureRefused: a figure is missing, shapes differ, or the two ends would share areas.

    What is not checked: that true values are near normal, and that a standard error goes with neither high nor low.
    """
    hle = finite_array(values, name="value", element="area")
    se = positive_array(standard_errors, name="standard error", element="area")
    k = count_of(size, name="number of areas in an end")
    if hle.ndim != 2 or hle.shape != se.shape or 2 * k > hle.shape[1]:
        raise MeasureRefused(
            f"Two ends of {k} areas cannot be picked from figures of shape {hle.shape}.",
            do="Give periods by areas with their standard errors, and twice as many areas as an end holds.",
        )
    n = hle.shape[1]
    adjusted_variance = np.maximum(hle.var(axis=1, ddof=1) - (se**2).mean(axis=1), 0.0)
    pooled = float(np.sqrt(adjusted_variance.mean()))
    true_gap = 2 * _mean_of_highest(np.full(n, pooled), k) if pooled > 0 else 0.0
    observed = [2 * _mean_of_highest(np.hypot(pooled, row), k) for row in se]
    return Selection(np.array(observed) - true_gap, np.sqrt(adjusted_variance), pooled)


def _mean_of_highest(deviations: FloatArray, k: int) -> float:
    n, x = len(deviations), STEPS * deviations.max()
    z = x[:, None] / deviations
    density = (np.exp(-(z**2) / 2) / (np.sqrt(2 * np.pi) * deviations)).mean(axis=1)
    above = ndtr(-z).mean(axis=1)
    return float(n / k * np.trapezoid(x * density * bdtr(k - 1, n - 1, above), x))
