"""How much a true gap wanders from year to year and how noisy a refit is, learnt from many areas together.

One series of a dozen overlapping periods cannot tell wandering from noise. Pooling does: the nine regions for each
sex, each as its deviation from the nine-region mean, so that what happens to all of them (a pandemic) counts for none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import finite_array, number, positive_array, spread, times
from pipeline.measures.trend.inputs import seen_times, series_over
from pipeline.measures.trend.trend import process_covariance, sampling_covariance

HIGHEST_VARIANCE = 25.0
_NEWTON_STEPS = 6
"""From seven digits, two are enough; more cost little."""


@dataclass(frozen=True)
class WanderingVariances:
    """The unknown spreads of the forecast model, per area.

    Attributes:
        sigma: standard deviation of one yearly step of the latent value, years.
        tau: standard deviation of refitting noise per published period, years.
        drift: whether the model they were fitted in has a free drift; they belong to that model only.
        omega: standard deviation of a drift that is shrunken towards none, years per year; 0 in the other models.
        on_bound: names of the spreads at which the search ended on its bound, zero included.
    """

    sigma: float
    tau: float
    drift: bool
    omega: float = 0.0
    on_bound: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse spreads that are negative, missing or infinite."""
        for name in ("sigma", "tau", "omega"):
            spread(getattr(self, name), name=name)


def movement_covariance(
    first: FloatArray, second: FloatArray, origin: float, variances: WanderingVariances
) -> FloatArray:
    """Covariance of one area's wandering and shrunken drift between the periods `first` (n) and `second` (m).

    Raises:
        MeasureRefused: times or origin are missing, infinite or out of order.
    """
    start = number(origin, name="origin")
    line = np.outer(times(first) - start, times(second) - start)
    return variances.sigma**2 * process_covariance(first, second, origin) + variances.omega**2 * line


def design(mid_points: ArrayLike, origin: float, drift: bool) -> FloatArray:
    """The design matrix of level and, if asked for, drift: columns 1 and t - origin.

    Args:
        mid_points: n mid-points, decimal years.
        origin: time at which the drift starts to count.
        drift: whether there is a drift column.

    Raises:
        MeasureRefused: times are missing, infinite, repeated or out of order.
    """
    t, origin = times(mid_points), number(origin, name="origin")
    columns = [np.ones_like(t), t - origin] if drift else [np.ones_like(t)]
    return np.column_stack(columns)


def deviations_from_common_movement(values: ArrayLike) -> FloatArray:
    """Each area's deviation from the mean of its group, scaled to keep one area's variance.

    A deviation from the mean of k areas has (k - 1)/k of an area's variance; the factor sqrt(k / (k - 1)) restores it.

    Args:
        values: groups by areas by periods, years. The mean is taken over areas.

    Returns:
        Series by periods, the groups one after another.

    Raises:
        MeasureRefused: fewer than two areas in a group, or values missing or infinite.
    """
    y = finite_array(values, name="value", element="period")
    k = y.shape[-2] if y.ndim > 1 else 1
    if k < 2 or y.size == 0:
        raise MeasureRefused("One area has no mean to deviate from.", do="Give all areas of the group.")
    deviations = (y - y.mean(axis=-2, keepdims=True)) * np.sqrt(k / (k - 1))
    return np.asarray(deviations.reshape(-1, y.shape[-1]))


def pooled_variances(
    values: ArrayLike, standard_errors: ArrayLike, mid_points: ArrayLike, *, drift: bool, shrunken: bool = False
) -> WanderingVariances:
    """The spreads that maximise the restricted likelihood pooled over areas and groups.

    The deviations are treated as independent series, each with its own area's sampling error. (Exact contrasts give
    the same likelihood to 0.01 at the optimum on the nine regions; the likelihood is flat in sigma either way.)

    Args:
        values: groups (sexes) by areas (regions) by n periods, HLE in years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points of three-year periods, decimal years.
        drift: whether each series has its own free drift; fit the variances for the model they will serve.
        shrunken: whether each series has a drift from N(0, omega²), with omega fitted too.

    Raises:
        MeasureRefused: fewer than two areas or four periods, missing values, a drift both free and shrunken, or the
            search fails.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - a fifth of a second, which only a build needs

    t = seen_times(mid_points)
    y = series_over(values, t, name="HLE")
    se = positive_array(standard_errors, name="standard error", element="period")
    if y.shape != se.shape or (drift and shrunken):
        raise MeasureRefused(
            "Every value needs its standard error, and a drift is either free or shrunken.",
            do="Give arrays of one shape and one kind of drift.",
        )
    series = deviations_from_common_movement(y)
    one_of_each = WanderingVariances(sigma=1.0, tau=0.0, drift=False), WanderingVariances(0.0, 0.0, False, omega=1.0)
    walk, line = (movement_covariance(t, t, t[0] - 1, one) for one in one_of_each)
    pool = _Pool(
        series=series,
        sampling=sampling_covariance(se.reshape(series.shape), t),
        parts=np.array([walk, np.eye(len(t)), line]),
        design=design(t, t[0] - 1, drift),
    )

    def loss(squares: FloatArray) -> float:
        return -pool.log_likelihood(squares)

    start = np.array([0.01, 0.02, 0.001] if shrunken else [0.01, 0.02])
    found = minimize(
        loss,
        x0=start,
        method="Nelder-Mead",
        bounds=[(0.0, HIGHEST_VARIANCE)] * len(start),
        options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 2000},
    )
    if not found.success:
        raise MeasureRefused(f"The search for the variances failed: {found.message}.", do="Check the series.")
    squares = dict(zip(("sigma", "tau", "omega"), pool.polished(found.x), strict=False))
    return WanderingVariances(
        **{name: float(np.sqrt(square)) for name, square in squares.items()},
        drift=drift,
        on_bound=tuple(name for name, square in squares.items() if not 1e-8 < square < HIGHEST_VARIANCE),
    )


@dataclass(frozen=True, kw_only=True)
class _Pool:
    """Many series, and what their covariances are made of."""

    series: FloatArray
    sampling: FloatArray
    parts: FloatArray
    """Covariances of wandering, refitting noise and shrunken drift, each for a spread of 1."""
    design: FloatArray

    def polished(self, squares: FloatArray) -> FloatArray:
        """The optimum near these squares, to the last digits: values of a likelihood tell it to seven digits only, and which
        digits follow would depend on the processor. Newton's steps on the slope; a square on its bound stays there."""
        free = (squares > 1e-8) & (squares < HIGHEST_VARIANCE)
        for _ in range(_NEWTON_STEPS):
            slope, bend = self._slope_and_bend(squares)
            step = np.zeros_like(squares)
            step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
            near = (np.abs(step) < 0.01 * squares) & (squares - step < HIGHEST_VARIANCE)
            squares = np.where(near, squares - step, squares)
        return squares

    def _slope_and_bend(self, squares: FloatArray) -> tuple[FloatArray, FloatArray]:
        """First and second derivatives of the log-likelihood by the squares.

        With P = C⁻¹ - C⁻¹X(X'C⁻¹X)⁻¹X'C⁻¹ and C's parts D: (y'PDPy - tr PD) / 2 and tr(PDPE) / 2 - y'PDPEPy (Harville, 1977).
        """
        X, y, parts = self.design, self.series[..., None], self.parts[: len(squares)]
        inverse = np.linalg.inv(self.sampling + np.tensordot(squares, parts, axes=1))
        pulled = inverse @ X
        P = inverse - pulled @ np.linalg.solve(X.T @ pulled, pulled.swapaxes(-1, -2))
        moved = np.array([part @ P for part in parts])
        seen = np.array([one @ y for one in moved])
        slope = ((P @ y * seen).sum(axis=(1, 2, 3)) - np.trace(moved, axis1=-2, axis2=-1).sum(axis=-1)) / 2
        bend = [
            [np.einsum("sij,sji->", one, other) / 2 - (a * (P @ b)).sum() for other, b in zip(moved, seen, strict=True)]
            for one, a in zip(moved, seen, strict=True)
        ]
        return np.asarray(slope), np.asarray(bend)

    def log_likelihood(self, squares: FloatArray) -> float:
        """Summed restricted log-likelihood, up to a constant (Patterson and Thompson, 1971).

        Per series with C = S + sigma² K + tau² I + omega² D and residual r of generalised least squares:
        -(log|C| + log|X'C⁻¹X| + r'C⁻¹r) / 2.
        """
        X, y = self.design, self.series[..., None]
        C = self.sampling + np.tensordot(squares, self.parts[: len(squares)], axes=1)
        inverse = np.linalg.inv(C)
        pulled, information = inverse @ y, X.T @ inverse @ X
        level = X.T @ pulled
        scatter = (y * pulled).sum() - (level * np.linalg.solve(information, level)).sum()
        return float(-0.5 * ((np.linalg.slogdet(C)[1] + np.linalg.slogdet(information)[1]).sum() + scatter))
