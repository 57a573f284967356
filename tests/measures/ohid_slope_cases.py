"""OHID's test cases of the slope index on its own scales: the line is fitted to logarithms or logits, with simulated limits.

The product fits values as measured. Here the same function is given scaled values, and sets of values drawn at random,
so that all of OHID's cases speak about it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from pipeline.measures.inequality.slope_index import slope_index_of_inequality

TO: dict[str, Callable] = {"none": np.asarray, "log": np.log, "logit": logit}
BACK: dict[str, Callable] = {"none": np.asarray, "log": np.exp, "logit": expit}


@dataclass(frozen=True)
class OnScale:
    """Slope, ratio and intercept in OHID's units; one value per set of figures."""

    sii: np.ndarray
    rii: np.ndarray
    intercept: np.ndarray


def fitted_on_scale(values: np.ndarray, populations: pd.Series, transform: str, multiplier: float) -> OnScale:
    """The line through scaled values, its two ends turned back; below zero the multiplier turns the advantage round."""
    line = slope_index_of_inequality(TO[transform](values), 0, populations)
    start, end = (BACK[transform](y) for y in (line.intercept, line.intercept + line.sii))
    ratio = np.where(start * end > 0, end / start, np.nan)
    return OnScale((end - start) * multiplier, ratio if multiplier > 0 else 1 / ratio, start * abs(multiplier))


def drawn_on_scale(groups: pd.DataFrame, error_scale: str, transform: str, multiplier: float) -> OnScale:
    """The same for 100,000 sets of values with normal errors on the error scale."""
    noise = np.random.default_rng(20260).standard_normal((100_000, len(groups))) * groups["se"].to_numpy()
    drawn = BACK[error_scale](TO[error_scale](groups["value"].to_numpy()) + noise)
    return fitted_on_scale(drawn, groups["population"], transform, multiplier)
