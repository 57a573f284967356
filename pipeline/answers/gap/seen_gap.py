"""One gap as the published figures show it, as arrays: its errors, the chance that it is at its target now, its pace."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.measures.difference import FloatArray
from pipeline.measures.trend.forecast import probability_at_most
from pipeline.measures.trend.trend import (
    Pace,
    gap_covariance,
    observed_pace,
    sampling_covariance,
    wandering_covariance,
)
from pipeline.measures.trend.variances import WanderingVariances


@dataclass(frozen=True)
class SeenGap:
    """One gap over some periods, oldest first; years."""

    gap: FloatArray
    se: FloatArray
    mid_points: FloatArray
    covariance: FloatArray
    """Of sampling alone."""
    selection: FloatArray
    """Part of the gap that picking its ends makes."""

    @classmethod
    def of(cls, past: pd.DataFrame) -> "SeenGap":
        """From rows of `history`; a gap whose ends have no errors of their own has those of `model_se`."""
        names = ("gap_years", "model_se", "mid_point", "better_off_se", "worse_off_se", "selection_years")
        gap, se, t, better, worse, selection = (past[name].to_numpy(dtype=float) for name in names)
        known = np.isfinite([better, worse]).all()
        covariance = gap_covariance(better, worse, t) if known else sampling_covariance(se, t)
        return cls(gap, se, t, covariance, np.nan_to_num(selection))

    def contrast_variance(self, first: int, last: int, share: float = 1.0) -> float:
        """Sampling variance of the gap of period `last` minus a share of that of period `first`."""
        weights = np.zeros_like(self.gap)
        weights[last] += 1
        weights[first] -= share
        return float(weights @ self.covariance @ weights)

    def chance_now(self, start: int, left: float) -> float:
        """P(gap of the latest period <= a share of that of period `start`), by the errors of the published figures."""
        sd = np.sqrt(self.contrast_variance(start, -1, left))
        return float(probability_at_most(0.0, self.gap[-1] - left * self.gap[start], sd))

    def wandering_pace(self, no_drift: WanderingVariances, squared_weights: float) -> Pace:
        """The pace net of selection, with the interval that the direction comes from.

        Args:
            no_drift: variances of the fit without drift.
            squared_weights: of the ends in the gap (`GapEnds.total`).
        """
        wandering = wandering_covariance(
            self.mid_points, sigma=no_drift.sigma, tau=no_drift.tau, squared_weights=squared_weights
        )
        return observed_pace(self.gap - self.selection, self.se, self.mid_points, self.covariance + wandering)
