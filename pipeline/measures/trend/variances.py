"""How much a true gap wanders from year to year and how noisy a refit is, learnt from many areas together.

One series of a dozen overlapping periods cannot tell wandering from noise. Pooling does: the nine regions for each
sex, each as its deviation from the nine-region mean, so that what happens to all of them (a pandemic) counts for none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import FloatArray
from pipeline.measures.trend.trend import process_covariance, sampling_covariance


@dataclass(frozen=True)
class WanderingVariances:
    """The two unknown spreads of the forecast model, per area.

    Attributes:
        sigma: standard deviation of one yearly step of the latent value, years.
        tau: standard deviation of refitting noise per published period, years.
        drift: whether the model they were fitted in has a drift; they belong to that model only.
    """

    sigma: float
    tau: float
    drift: bool


def design(mid_points: ArrayLike, origin: float, drift: bool) -> FloatArray:
    """Return the design matrix of level and, if asked for, drift: columns 1 and t - origin.

    Args:
        mid_points: n mid-points, decimal years.
        origin: time at which the drift starts to count.
        drift: whether there is a drift column.
    """
    t = np.asarray(mid_points, dtype=float)
    columns = [np.ones_like(t), t - origin] if drift else [np.ones_like(t)]
    return np.column_stack(columns)


def deviations_from_common_movement(values: ArrayLike) -> FloatArray:
    """Return each area's deviation from the mean of its group, scaled to keep one area's variance.

    A deviation from the mean of k areas has (k - 1)/k of an area's variance; the factor sqrt(k / (k - 1)) restores it.

    Args:
        values: groups by areas by periods, years. The mean is taken over areas.

    Returns:
        Series by periods, the groups one after another.

    Raises:
        MeasureRefused: fewer than two areas in a group.
    """
    y = np.asarray(values, dtype=float)
    k = y.shape[-2]
    if k < 2:
        raise MeasureRefused("One area has no mean to deviate from.", do="Give all areas of the group.")
    deviations = (y - y.mean(axis=-2, keepdims=True)) * np.sqrt(k / (k - 1))
    return np.asarray(deviations.reshape(-1, y.shape[-1]))


def restricted_log_likelihood(
    sigma: float,
    tau: float,
    series: ArrayLike,
    sampling: ArrayLike,
    mid_points: ArrayLike,
    *,
    drift: bool,
) -> float:
    """Return the summed restricted log-likelihood of many series, up to a constant.

    Per series with C = S + sigma² K + tau² I and residual r of generalised least squares:
    -(log|C| + log|X'C⁻¹X| + r'C⁻¹r) / 2 (Patterson and Thompson, 1971).

    Args:
        sigma: yearly step, years.
        tau: refitting noise, years.
        series: s series by n periods, years.
        sampling: their sampling covariances, s by n by n, years squared.
        mid_points: n mid-points, decimal years.
        drift: whether each series has its own drift beside its own level.
    """
    y, t = np.asarray(series, dtype=float), np.asarray(mid_points, dtype=float)
    origin = t[0] - 1
    X = design(t, origin, drift)
    C = np.asarray(sampling, dtype=float) + sigma**2 * process_covariance(t, t, origin) + tau**2 * np.eye(len(t))
    Cinv = np.linalg.inv(C)
    information = X.T @ Cinv @ X
    score = (X.T @ Cinv @ y[..., None])[..., 0]
    fitted = (score * np.linalg.solve(information, score[..., None])[..., 0]).sum(axis=-1)
    scatter = np.einsum("si,sij,sj->s", y, Cinv, y) - fitted
    return float(-0.5 * (np.linalg.slogdet(C)[1] + np.linalg.slogdet(information)[1] + scatter).sum())


def pooled_variances(
    values: ArrayLike, standard_errors: ArrayLike, mid_points: ArrayLike, *, drift: bool
) -> WanderingVariances:
    """Return sigma and tau that maximise the restricted likelihood pooled over areas and groups.

    The deviations are treated as independent series, each with its own area's sampling error. (Exact contrasts give
    the same likelihood to 0.01 at the optimum on the nine regions; the likelihood is flat in sigma either way.)

    Args:
        values: groups (sexes) by areas (regions) by n periods, HLE in years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points of three-year periods, decimal years.
        drift: whether each series has its own drift; fit the variances for the model they will serve.

    Raises:
        MeasureRefused: fewer than two areas or four periods, missing values, or the search fails.
    """
    y, se, t = (np.asarray(a, dtype=float) for a in (values, standard_errors, mid_points))
    if len(t) < 4 or y.shape[-1] != len(t) or not (np.all(np.isfinite(y)) and np.all(se > 0)):
        raise MeasureRefused(
            "Variances were asked for from fewer than four periods or from areas with missing figures.",
            do="Give every area a value and a standard error in every period.",
        )
    series = deviations_from_common_movement(y)
    sampling = sampling_covariance(se.reshape(series.shape), t)

    def loss(parameters: FloatArray) -> float:
        sigma, tau = np.sqrt(parameters)
        return -restricted_log_likelihood(sigma, tau, series, sampling, t, drift=drift)

    found = minimize(
        loss,
        x0=np.array([0.01, 0.02]),
        method="Nelder-Mead",
        bounds=[(0.0, 25.0), (0.0, 25.0)],
        options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 2000},
    )
    if not found.success:
        raise MeasureRefused(f"The search for the variances failed: {found.message}.", do="Check the series.")
    sigma, tau = (float(v) for v in np.sqrt(found.x))
    return WanderingVariances(sigma=sigma, tau=tau, drift=drift)
