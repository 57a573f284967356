"""The spreads behind the forecast that takes both sexes together, integrated over and not plugged in.

A dozen overlapping periods leave the yearly step sigma anywhere from nothing to about a quarter of a year. One best
value would claim a certainty that is not there. Every set of variances on a fixed grid is weighted by its restricted
likelihood, pooled over the areas; equal weights beforehand, on the scale of standard deviations (Gelman, 2006).
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import positive_array
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.inputs import area_apart, seen_times, series_over
from pipeline.measures.trend.trend import sampling_covariance
from pipeline.measures.trend.two_sex_process import VarianceSets, one_block, process_of_sexes
from pipeline.measures.trend.variances import deviations_from_common_movement


def _middles(highest: float, cells: int, lowest: float = 0.0) -> FloatArray:
    return lowest + (highest - lowest) * (np.arange(cells) + 0.5) / cells


AXES = {
    "sigma": _middles(0.30, 5),
    "omega": _middles(0.15, 4),
    "rho": _middles(1.0, 3),
    "tau": _middles(0.19, 4, lowest=0.04),
}
"""Middles of equal cells. A grid four times as fine moves a forecast by 0.03 years at most and its error by 2%."""

SCALES_APART = np.array([1.0, 1.5, 2.0, 3.0, 4.0])
"""How many times as much the area apart may wander. One series cannot tell: each is as likely as the other beforehand."""

LEAST_WEIGHT = 5e-3
"""Sets that weigh less than this part of the heaviest are left out; together they hold under 3%."""


@dataclass(frozen=True)
class IntegratedVariances:
    """Sets of variances and their weights, which sum to 1.

    Attributes:
        sets: K sets.
        weights: K weights.
        on_bound: names of the spreads whose likeliest value is the highest that was tried, so that the figures would
            allow more. A correlation at its natural bound of 1 is not among them.
    """

    sets: VarianceSets
    weights: FloatArray
    on_bound: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse weights that are negative, missing, of another number, or do not sum to 1."""
        w = np.asarray(self.weights, dtype=float)
        if w.shape != self.sets.sigma.shape or not np.all(w >= 0) or not np.isclose(w.sum(), 1):
            raise MeasureRefused("Weights of the variances do not sum to 1.", do="Fit them anew.")

    def for_ends(self, ends: GapEnds) -> "IntegratedVariances":
        """The sets that a gap with these ends needs: scales alike if borrowed, merged where no end is apart."""
        if ends.borrowed:
            kept = self.sets.scale_apart == 1.0
            if not kept.any():
                raise MeasureRefused("No set of variances has all areas alike.", do="Fit them with scale 1 among them.")
            return _pruned(self.sets[kept], self.weights[kept], self.on_bound)
        if ends.apart:
            return _pruned(self.sets, self.weights, self.on_bound)
        rows = np.column_stack([self.sets.sigma, self.sets.omega, self.sets.rho, self.sets.tau])
        _, first, group = np.unique(rows, axis=0, return_index=True, return_inverse=True)
        return _pruned(self.sets[first], np.bincount(group.ravel(), self.weights).astype(float), self.on_bound)


def integrated_variances(
    values: ArrayLike, standard_errors: ArrayLike, mid_points: ArrayLike, *, apart: int | None = None
) -> IntegratedVariances:
    """Weights of all sets of variances on the grid, from every area's deviation from the mean of its group.

    Deviations from a mean of k areas hold k - 1 independent series, so the summed log-likelihood counts (k - 1) / k.

    Args:
        values: one or two sexes by k areas by n periods, HLE in years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points, decimal years.
        apart: position of the area that may wander more than the rest; all are alike if not given.

    Raises:
        MeasureRefused: fewer than two areas or four periods, missing values, errors not above zero, no such area.
    """
    t = seen_times(mid_points)
    y = series_over(values, t, name="HLE")
    se = positive_array(standard_errors, name="standard error", element="period")
    if y.ndim != 3 or len(y) > 2 or y.shape != se.shape:
        raise MeasureRefused(
            f"Values of the shape {y.shape} are not one or two sexes by areas by periods.",
            do="Give sexes by areas by periods, and a standard error for each.",
        )
    k, apart = y.shape[1], area_apart(apart, y.shape[1])
    deviations = deviations_from_common_movement(y).reshape(y.shape).swapaxes(0, 1)
    sampling = one_block(sampling_covariance(se.swapaxes(0, 1), t))
    axes = AXES if len(y) == 2 else AXES | {"rho": np.zeros(1)}
    grid = dict(zip(axes, np.array(list(product(*axes.values()))).T, strict=True))

    def likelihood(area: int, scale: float) -> FloatArray:
        own = VarianceSets(**grid | {"sigma": scale * grid["sigma"]}, scale_apart=np.ones_like(grid["sigma"]))
        return _restricted_log_likelihood(deviations[area], sampling[area], t, own)

    alike = sum((likelihood(area, 1.0) for area in range(k) if area != apart), np.zeros_like(grid["sigma"]))
    scales = SCALES_APART if apart is not None else np.ones(1)
    total = np.array([alike if apart is None else alike + likelihood(apart, scale) for scale in scales])
    logs = total.ravel() * (k - 1) / k
    weights = np.exp(logs - logs.max())
    sets = VarianceSets(
        **{name: np.tile(column, len(scales)) for name, column in grid.items()},
        scale_apart=np.repeat(scales, len(grid["sigma"])),
    )
    bounds = {name: axis for name, axis in (axes | {"scale_apart": scales}).items() if name != "rho" and len(axis) > 1}
    return _without_light_sets(sets, weights, _on_bound(sets, weights, bounds))


def _restricted_log_likelihood(y: FloatArray, S: FloatArray, t: FloatArray, sets: VarianceSets) -> FloatArray:
    """Of one area's sexes together, in every set: -(log|C| + log|X'C⁻¹X| + r'C⁻¹r) / 2 (Patterson and Thompson, 1971)."""
    sexes, n = y.shape
    X, one = np.kron(np.eye(sexes), np.ones((n, 1))), GapEnds(ordinary=1.0)
    C = S + process_of_sexes(t, t, sets, one, sexes=sexes, origin=t[0] - 1)
    C = C + (sets.tau**2)[:, None, None] * np.eye(sexes * n)
    inverse = np.linalg.inv(C)
    information = X.T @ inverse @ X
    pulled = inverse @ y.ravel()
    level = (pulled @ X)[..., None]
    scatter = pulled @ y.ravel() - (level * np.linalg.solve(information, level)).sum(axis=(-2, -1))
    return np.asarray(-0.5 * (np.linalg.slogdet(C)[1] + np.linalg.slogdet(information)[1] + scatter))


def _without_light_sets(sets: VarianceSets, weights: FloatArray, on_bound: tuple[str, ...]) -> IntegratedVariances:
    """Leave out what is light among the sets of its own scale, so that each scale can be used by itself."""
    heaviest = np.array([weights[sets.scale_apart == scale].max() for scale in sets.scale_apart])
    kept = weights >= LEAST_WEIGHT * heaviest
    return IntegratedVariances(sets[kept], weights[kept] / weights[kept].sum(), on_bound)


def _pruned(sets: VarianceSets, weights: FloatArray, on_bound: tuple[str, ...]) -> IntegratedVariances:
    kept = weights >= LEAST_WEIGHT * weights.max()
    return IntegratedVariances(sets[kept], weights[kept] / weights[kept].sum(), on_bound)


def _on_bound(sets: VarianceSets, weights: FloatArray, axes: dict[str, FloatArray]) -> tuple[str, ...]:
    return tuple(
        name
        for name, axis in axes.items()
        if np.argmax([weights[getattr(sets, name) == value].sum() for value in axis]) == len(axis) - 1
    )
