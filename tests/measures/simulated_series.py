"""Simulated series without a slope, seen through overlapping periods, and how often a test finds one all the same."""

import numpy as np
from scipy.stats import t as student

from tests.measures.regional_figures import MID_POINTS, Z_95


def series_without_a_slope(count: int, seed: int = 20260219) -> tuple[np.ndarray, np.ndarray]:
    """Yearly figures with independent errors, averaged over three-year periods: true slope zero, SE known."""
    yearly = np.random.default_rng(seed).normal(60, np.sqrt(3) * 0.5, size=(count, 14))
    return np.lib.stride_tricks.sliding_window_view(yearly, 3, axis=-1).mean(axis=-1), np.full(12, 0.5)


def false_alarm_rate(pace: np.ndarray, se: np.ndarray) -> float:
    """Share of series whose slope is beyond 1.96 of its standard errors."""
    return float(np.mean(np.abs(pace / se) > Z_95))


def ordinary_false_alarm_rate(values: np.ndarray) -> float:
    """The same for ordinary least squares with the residual scatter as its error, at a nominal 5%."""
    centred = MID_POINTS - MID_POINTS.mean()
    slope = values @ centred / (centred**2).sum()
    residual = values - values.mean(axis=-1, keepdims=True) - slope[:, None] * centred
    se = np.sqrt((residual**2).sum(axis=-1) / 10 / (centred**2).sum())
    return float(np.mean(np.abs(slope / se) > student.ppf(0.975, 10)))
