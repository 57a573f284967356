"""What the past of one gap says whatever is asked of it: its paces, its newest change, and levelling down."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.answers.gap.evidence import Evidence
from pipeline.answers.gap.seen_gap import SeenGap
from pipeline.measures.gap.levelling_down import change_se, probability_of_levelling_down
from pipeline.measures.trend.rolling import overlap
from pipeline.measures.trend.trend import Pace, non_overlapping_pace, observed_pace

ENDS = 2.0
"""A gap has two ends, so twice one region's refitting noise."""
Z_95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class Past:
    """The past of one gap, all periods held; years, and years per year (negative is narrowing)."""

    series: SeenGap
    pace: Pace
    """Its errors are of sampling and refitting alone."""
    wandering: Pace
    """Net of selection, and its errors allow for wandering without a drift."""
    check: Pace
    """Over the latest periods without a common year."""
    newest_change: float
    """Change of the gap from the last period but one to the latest."""
    newest_change_clear: bool
    """Whether its 95% interval leaves out zero."""
    levelling_down_probability: float
    """Chance that the gap fell since the first period while the worse-off end did not rise."""


def past_of(history: pd.DataFrame, evidence: Evidence) -> Past:
    """The past of one gap from the rows of `history`."""
    series, tau = SeenGap.of(history), evidence.fits.no_drift.tau
    nugget, figures = ENDS * evidence.fits.drift.tau**2, (series.se, series.mid_points)
    change, clear = _newest_change(series, tau)
    return Past(
        series=series,
        pace=observed_pace(series.gap, *figures, series.covariance, nugget_variance=nugget),
        wandering=series.wandering_pace(
            evidence.fits.no_drift, evidence.ends_of(str(history["definition"].iloc[0])).total
        ),
        check=non_overlapping_pace(series.gap, *figures, nugget_variance=nugget),
        newest_change=change,
        newest_change_clear=clear,
        levelling_down_probability=_levelling_down(history, tau),
    )


def _newest_change(series: SeenGap, tau: float) -> tuple[float, bool]:
    """From the last period but one to the latest, and whether it is more than sampling and refitting explain (95%)."""
    change = float(series.gap[-1] - series.gap[-2])
    sd = np.sqrt(series.contrast_variance(-2, -1) + 2 * ENDS * tau**2)
    return change, bool(abs(change) > Z_95 * sd)


def _levelling_down(past: pd.DataFrame, tau: float) -> float:
    """Chance that the gap fell since the first period while the worse-off end did not rise."""
    first, last = past.iloc[0], past.iloc[-1]
    shared = float(overlap(past["mid_point"].iloc[[0, -1]].to_numpy(dtype=float))[0, 1])

    def change_variance(column: str, ends: float) -> float:
        return change_se(first[column], last[column], shared_years=shared, tau=np.sqrt(ends) * tau) ** 2

    if np.isfinite([first["better_off_se"], first["worse_off_se"], last["better_off_se"], last["worse_off_se"]]).all():
        worse = change_variance("worse_off_se", 1)
        gap = worse + change_variance("better_off_se", 1)
    else:  # the errors of a fitted slope's ends are alike, and so are those borrowed for two tenths
        gap = change_variance("model_se", ENDS)
        worse = gap / 2
    return probability_of_levelling_down(
        gap_change=last["gap_years"] - first["gap_years"],
        worse_off_change=last["worse_off_years"] - first["worse_off_years"],
        gap_change_se=np.sqrt(gap),
        worse_off_change_se=np.sqrt(worse),
        covariance=-worse,
    )
