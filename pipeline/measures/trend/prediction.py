"""What a model says of a gap in given periods: a mixture of normals, with limits, chances and the joint chance.

A model whose variances are known gives one normal. One whose variances are integrated over gives one normal for each
set of variances, weighted by how well that set fits.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import finite_array, non_negative_array, number
from pipeline.measures.refusals import probability as refused_probability

BISECTIONS, NEWTON_STEPS = 10, 4
"""Bisections come within a thousandth of the way; each step of Newton's method then squares the error."""


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """The true gap of some series (sexes, or pairs by sexes) in m periods: a mixture of K joint normals.

    Attributes:
        weights: K weights that sum to 1.
        mean: K by series by m, years.
        covariance: K by series by m by m, years squared, within each series.
        nugget_variance: K, or K by series: variance of a published figure's refitting noise about the true gap, years squared.
        adds_sampling: whether a published figure also scatters by its sampling error (not if the nugget holds it).
    """

    weights: FloatArray
    mean: FloatArray
    covariance: FloatArray
    nugget_variance: FloatArray
    adds_sampling: bool = True

    def __post_init__(self) -> None:
        """Refuse a prediction with parts that are missing or do not fit together."""
        shape = finite_array(self.mean, name="mean").shape
        non_negative_array(self.nugget_variance, name="variance of refitting noise")
        if (
            finite_array(self.weights, name="weight").shape != shape[:1]
            or finite_array(self.covariance, name="covariance").shape != (*shape, shape[-1])
            or self.nugget_variance.shape != shape[: self.nugget_variance.ndim]
        ):
            raise MeasureRefused(
                "Weights, means and covariances of a prediction do not fit together.",
                do="Give one of each per component.",
            )

    @property
    def variance(self) -> FloatArray:
        """Variance of the true gap in each component, K by series by m."""
        return np.maximum(np.diagonal(self.covariance, axis1=-2, axis2=-1), 0.0)

    @property
    def true_gap(self) -> "NormalMixture":
        """The true gap of each period by itself."""
        return NormalMixture(self.weights, self.mean, np.sqrt(self.variance))

    def published_gap(self, sampling_variance: ArrayLike) -> "NormalMixture":
        """The figure that will be published for each period, whose sampling variance is series by m, years squared.

        Raises:
            MeasureRefused: a sampling variance is missing, infinite or negative, or of another shape.
        """
        sampling = non_negative_array(sampling_variance, name="sampling variance", element="period")
        if sampling.shape != self.mean.shape[1:]:
            raise MeasureRefused(
                f"Sampling variances of the shape {sampling.shape} do not fit figures of the shape {self.mean.shape[1:]}.",
                do="Give one for each figure.",
            )
        missing = self.mean.ndim - self.nugget_variance.ndim
        noise = self.nugget_variance[(..., *[None] * missing)] + self.adds_sampling * sampling
        return NormalMixture(self.weights, self.mean, np.sqrt(self.variance + noise))

    def probability_of_share(self, share: float, *, target: ArrayLike, baseline: ArrayLike) -> FloatArray:
        """P(true gap of `target` <= share x true gap of `baseline`) for each series, both of them uncertain.

        Half of a noisy baseline is a noisy target. x_T - f x_B is normal in each component: no draws are needed.

        Args:
            share: f, the part of the baseline gap that may be left, 0 to 1.
            target: position of the target period among the m; or many, of any shape.
            baseline: position of the baseline period; or many, of a shape that fits. That shape follows the series' own.

        Raises:
            MeasureRefused: `share` outside 0 to 1, or no such position.
        """
        f = refused_probability(share, name="share")
        T, B = np.broadcast_arrays(target, baseline)
        if np.any((T < 0) | (self.mean.shape[-1] <= T) | (B < 0) | (self.mean.shape[-1] <= B)):
            raise MeasureRefused("A period was not predicted.", do="Give two positions among those asked for.")
        C = self.covariance
        variance = C[..., T, T] - 2 * f * C[..., T, B] + f**2 * C[..., B, B]
        mean = self.mean[..., T] - f * self.mean[..., B]
        return NormalMixture(self.weights, mean, np.sqrt(np.maximum(variance, 0.0))).probability_at_most(0.0)


@dataclass(frozen=True)
class NormalMixture:
    """A mixture of K normals for every cell of a shape: weights K, means and standard deviations K by that shape."""

    weights: FloatArray
    means: FloatArray
    sds: FloatArray

    def __post_init__(self) -> None:
        """Refuse a mixture that is none: weights that do not sum to 1, spreads that are not above zero."""
        weights = finite_array(self.weights, name="weight", element="component")
        means = finite_array(self.means, name="mean", element="component")
        sds = finite_array(self.sds, name="standard deviation", element="component")
        if weights.ndim != 1 or weights.size == 0 or np.any(weights < 0) or not np.isclose(weights.sum(), 1):
            raise MeasureRefused("Weights of a mixture do not sum to 1.", do="Divide them by their sum.")
        if means.ndim < 1 or len(means) != len(weights) or means.shape != sds.shape or not np.all(sds > 0):
            raise MeasureRefused(
                "A mixture needs one mean and one standard deviation above zero for each component.",
                do="Give figures with standard errors above zero.",
            )

    def __getitem__(self, cells: Any) -> "NormalMixture":
        """The mixture of some cells, by any index of their shape."""
        inside = (slice(None), *(cells if isinstance(cells, tuple) else (cells,)))
        return NormalMixture(self.weights, self.means[inside], self.sds[inside])

    @property
    def mean(self) -> FloatArray:
        """Mean of the mixture."""
        return np.tensordot(self.weights, self.means, axes=1)

    @property
    def sd(self) -> FloatArray:
        """Standard deviation of the mixture: within and between components."""
        within = np.tensordot(self.weights, self.sds**2, axes=1)
        between = np.tensordot(self.weights, (self.means - self.mean) ** 2, axes=1)
        return np.sqrt(within + between)

    def probability_at_most(self, value: FloatArray | float) -> FloatArray:
        """P(X <= value), for one value or one for each cell.

        Raises:
            MeasureRefused: a value is missing or infinite.
        """
        return self._probability(finite_array(value, name="value", element="cell"))

    def quantile(self, probability: float) -> FloatArray:
        """The value that is not exceeded with this probability, to far below a rounding error.

        Raises:
            MeasureRefused: `probability` is not between 0 and 1.
        """
        p = number(probability, name="probability", above=0.0, below=1.0)
        own = self.means + ndtri(p) * self.sds  # a mixture's quantile lies among those of its components
        lower, upper = own.min(axis=0), own.max(axis=0)
        for _ in range(BISECTIONS):
            middle = (lower + upper) / 2
            below = self._probability(middle) < p
            lower, upper = np.where(below, middle, lower), np.where(below, upper, middle)
        found = (lower + upper) / 2
        for _ in range(NEWTON_STEPS):
            found = np.clip(found - (self._probability(found) - p) / self._density(found), lower, upper)
        return np.asarray(found)

    def _probability(self, value: FloatArray | float) -> FloatArray:
        return np.tensordot(self.weights, ndtr((value - self.means) / self.sds), axes=1)

    def _density(self, value: FloatArray) -> FloatArray:
        z = (value - self.means) / self.sds
        return np.tensordot(self.weights, np.exp(-(z**2) / 2) / (np.sqrt(2 * np.pi) * self.sds), axes=1)

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """The central interval that holds this share of the mixture (0.8, 0.95).

        Raises:
            MeasureRefused: `level` is not between 0 and 1.
        """
        tail = (1 - number(level, name="level", above=0.0, below=1.0)) / 2
        return self.quantile(tail), self.quantile(1 - tail)
