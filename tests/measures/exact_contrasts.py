"""The restricted likelihood of the nine regions without approximation: the check of the pooled variances."""

import numpy as np
from scipy.linalg import helmert

from pipeline.measures.trend.trend import process_covariance, sampling_covariance
from tests.measures.regional_figures import MID_POINTS, nine_regions


def exact_log_likelihood(sigma: float, tau: float, *, drift: bool) -> float:
    """Independent arithmetic: eight orthogonal contrasts of nine regions, jointly, with all cross-covariances."""
    contrasts = helmert(9)
    level = np.ones((12, 1)) if not drift else np.column_stack([np.ones(12), MID_POINTS])
    unexplained = sigma**2 * process_covariance(MID_POINTS, MID_POINTS, 2011.5) + tau**2 * np.eye(12)
    total = 0.0
    for values, standard_errors in zip(*nine_regions(), strict=True):
        sampling = sampling_covariance(standard_errors, MID_POINTS)
        C = np.einsum("aj,bj,jst->asbt", contrasts, contrasts, sampling).reshape(96, 96)
        C += np.kron(np.eye(8), unexplained)
        X = np.kron(np.eye(8), level)
        y = (contrasts @ values).ravel()
        Cinv = np.linalg.inv(C)
        information = X.T @ Cinv @ X
        b = np.linalg.solve(information, X.T @ Cinv @ y)
        residual = y - X @ b
        total -= 0.5 * (np.linalg.slogdet(C)[1] + np.linalg.slogdet(information)[1] + residual @ Cinv @ residual)
    return total
