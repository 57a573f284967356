"""The record of the two-sex forecast by other arithmetic: latent years in one big matrix, vague levels, integrals.

Nothing of the pipeline is used. Every calendar year of every sex is a variable; a period is an average of three of
them; free levels are vague priors; weights come from scipy's normal density; scores from Gauss-Legendre integrals.
"""

from functools import cache
from itertools import combinations, product

import numpy as np
from scipy.special import ndtr
from scipy.stats import multivariate_normal

YEARS = np.arange(2011, 2025)
PERIODS = np.array([[1 / 3 if start <= year <= start + 2 else 0 for year in YEARS] for start in range(2011, 2023)])
LONDON, VAGUE = 6, 1e4
SIGMA, OMEGA = np.array([0.03, 0.09, 0.15, 0.21, 0.27]), np.array([0.01875, 0.05625, 0.09375, 0.13125])
RHO, TAU = np.array([1, 3, 5]) / 6, np.array([0.05875, 0.09625, 0.13375, 0.17125])
SCALES = np.array([1, 1.5, 2, 3, 4])
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(60)


@cache
def years_of_both_sexes(sigma: float, omega: float, rho: float, level: float) -> np.ndarray:
    """Covariance of 2 x 14 yearly true values of one area."""
    walk = np.minimum.outer(YEARS, YEARS) - 2010
    drift = omega**2 * np.outer(YEARS - 2017, YEARS - 2017)
    together = np.array([[1, rho], [rho, 1]])
    return (
        np.kron(together, sigma**2 * walk)
        + np.kron(np.ones((2, 2)), drift)
        + level * np.kron(np.eye(2), np.ones((14, 14)))
    )


def averages(periods: slice) -> np.ndarray:
    return np.kron(np.eye(2), PERIODS[periods])


def sampling(standard_errors: np.ndarray) -> np.ndarray:
    """Of one area: sexes by periods, as one matrix; neighbours share two of three survey years."""
    both = np.zeros((2 * standard_errors.shape[1],) * 2)
    for sex, errors in enumerate(standard_errors):
        n = len(errors)
        shared = np.array([[max(0, 3 - abs(i - j)) / 3 for j in range(n)] for i in range(n)])
        both[sex * n : (sex + 1) * n, sex * n : (sex + 1) * n] = shared * np.outer(errors, errors)
    return both


def weights_of_the_grid(values: np.ndarray, errors: np.ndarray, seen: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights, scales by sets, of values and errors (sexes by regions by periods) up to the origin."""
    y = (values - values.mean(axis=1, keepdims=True))[..., :seen] * np.sqrt(9 / 8)
    A = averages(slice(seen))
    sets = np.array(list(product(SIGMA, OMEGA, RHO, TAU)))

    def density(region: int, scale: float) -> np.ndarray:
        S, flat = sampling(errors[:, region, :seen]), y[:, region].ravel()
        return np.array(
            [
                multivariate_normal.logpdf(
                    flat, cov=A @ years_of_both_sexes(scale * s, w, r, VAGUE) @ A.T + S + t**2 * np.eye(2 * seen)
                )
                for s, w, r, t in sets
            ]
        )

    rest = sum(density(region, 1.0) for region in range(9) if region != LONDON)
    logs = (rest + np.array([density(LONDON, scale) for scale in SCALES])) * 8 / 9
    weights = np.exp(logs - logs.max())
    return sets, weights / weights.sum()


def crps(weights: np.ndarray, means: np.ndarray, sds: np.ndarray, outcome: float) -> float:
    """The integral of (F - 1{x >= outcome})², in two halves."""
    total = 0.0
    low, high = (means - 9 * sds).min(), (means + 9 * sds).max()
    for start, end, upper in ((min(low, outcome - 1), outcome, False), (outcome, max(high, outcome + 1), True)):
        x = (end - start) / 2 * NODES + (start + end) / 2
        F = weights @ ndtr((x - means[:, None]) / sds[:, None])
        total += (end - start) / 2 * NODE_WEIGHTS @ ((1 - F if upper else F) ** 2)
    return float(total)


def two_sex_record(values: np.ndarray, errors: np.ndarray) -> dict[str, float]:
    """Mean score and coverage over 36 pairs, both sexes, origins 2015-17 to 2019-21, three periods ahead and more."""
    scores = []
    for origin in range(4, 9):
        sets, weights = weights_of_the_grid(values, errors, origin + 1)
        for pair in combinations(range(9), 2):
            scores += _scores_of_pair(values, errors, origin, pair, sets, weights)
    mean, below = np.mean([s for s, _, _ in scores]), np.array([F for _, F, _ in scores])
    default = np.mean([s for s, _, pair in scores if pair == (0, LONDON)])
    inside = np.abs(below - 0.5)
    return {
        "crps": float(mean),
        "coverage_80": float(np.mean(inside <= 0.4)),
        "coverage_95": float(np.mean(inside <= 0.475)),
        "crps_default_pair": float(default),
    }


def _scores_of_pair(values, errors, origin, pair, sets, weights):
    a, b = pair
    seen, ahead = slice(origin + 1), slice(origin + 3, 12)
    gap, london = values[:, a] - values[:, b], LONDON in pair
    S, A, Z = sampling(errors[:, a, seen]) + sampling(errors[:, b, seen]), averages(seen), averages(ahead)
    later = np.concatenate([errors[sex, a, ahead] ** 2 + errors[sex, b, ahead] ** 2 for sex in range(2)])
    by_set = weights if london else weights.sum(axis=0, keepdims=True)
    kept = np.argwhere(by_set > 0.02 * by_set.max())
    means, variances = [], []
    for scale, which in kept:
        s, w, r, t = sets[which]
        latent = years_of_both_sexes(s, w, r, VAGUE) + years_of_both_sexes(
            s * (SCALES[scale] if london else 1), w, r, VAGUE
        )
        gain = np.linalg.solve(A @ latent @ A.T + S + 2 * t**2 * np.eye(2 * (origin + 1)), A @ latent @ Z.T).T
        means.append(gain @ gap[:, seen].ravel())
        variances.append(np.diag(Z @ latent @ Z.T - gain @ A @ latent @ Z.T) + later + 2 * t**2)
    part = by_set[tuple(kept.T)] / by_set[tuple(kept.T)].sum()
    m, sd = np.array(means), np.sqrt(np.array(variances))
    outcomes = gap[:, ahead].ravel()
    return [
        (crps(part, m[:, i], sd[:, i], y), float(part @ ndtr((y - m[:, i]) / sd[:, i])), pair)
        for i, y in enumerate(outcomes)
    ]
