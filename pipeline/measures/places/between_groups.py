"""How much of the variance between areas lies between groups of them, with sampling noise taken off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.refusals import finite_array, positive_array


@dataclass(frozen=True)
class BetweenGroups:
    """Variance between areas, weighted by residents.

    Attributes:
        variance: variance of the true values, years squared: observed variance minus mean SE².
        share_between: share of it that lies between the means of the groups; the rest lies within groups.
        share_between_less_noise: the same with the noise of the means of groups taken off too.
    """

    variance: float
    share_between: float
    share_between_less_noise: float


def variance_between_groups(
    values: ArrayLike, standard_errors: ArrayLike, populations: ArrayLike, groups: ArrayLike
) -> BetweenGroups:
    """Share of the variance between areas that lies between groups.

    Formula, w = population / all, m = Σ w x, W_g and m_g the weight and mean of a group:
        variance = Σ w (x - m)² - Σ w SE²;  between = Σ W_g (m_g - m)²;  noise of the means = Σ_g Σ_i w_i² SE_i² / W_g.

    Args:
        values: one per area.
        standard_errors: same shape.
        populations: same shape, the weights.
        groups: name or code of the group of each area, same shape.

    Raises:
        MeasureRefused: a figure is missing or of the wrong sign, shapes differ, there is one group only, or noise explains
            all of the variance.
    """
    x = finite_array(values, name="value", element="area")
    se = positive_array(standard_errors, name="standard error", element="area")
    people = positive_array(populations, name="population", element="area")
    names, group = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    if x.ndim != 1 or not x.shape == se.shape == people.shape == group.shape or len(names) < 2:
        raise MeasureRefused("Areas and groups do not fit together.", do="Give each area one of two groups or more.")
    w = people / people.sum()
    mean = w @ x
    variance = float(w @ (x - mean) ** 2 - w @ se**2)
    if variance <= 0:
        raise MeasureRefused("Noise explains all of the variance.", do="There is nothing to divide between groups.")
    weight, total, noise = (np.bincount(group, part) for part in (w, w * x, (w * se) ** 2))
    between = float(weight @ (total / weight - mean) ** 2)
    return BetweenGroups(variance, between / variance, (between - float((noise / weight).sum())) / variance)
