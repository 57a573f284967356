"""Where a gap is heading: observed pace, forecast, probability of reaching the target, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.question import period_at
from pipeline.answers.gap.sentence import GapStanding, running_end, standing_sentence
from pipeline.measures.gap.difference import FloatArray
from pipeline.measures.gap.verdict import Verdict, levelling_down, verdict
from pipeline.measures.trend.detection import FirstToTell, first_to_tell
from pipeline.measures.trend.forecast import Forecast, YearsToReach, forecast, probability_at_most, years_to_reach
from pipeline.measures.trend.trend import (
    Pace,
    gap_covariance,
    non_overlapping_pace,
    observed_pace,
    sampling_covariance,
)
from pipeline.measures.trend.variances import WanderingVariances

MODELS = {
    "drift": "Trend goes on, with the ups and downs seen so far",
    "no-drift": "No trend, only ups and downs",
    "pre-pandemic": "Trend of the periods before the pandemic goes on",
}
"""Model id -> what it assumes, in plain words. The first one gives the verdict."""

LAST_PRE_PANDEMIC_YEAR = 2019
ENDS = 2.0
"""A gap has two ends, so twice one region's variances."""

Variances = Mapping[str, WanderingVariances]
"""Model id -> fitted variances of one region; definitions other than pairs of regions borrow them."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What the past of a gap says of its future; years, and years per year (negative is narrowing)."""

    pace: float
    pace_se: float
    pace_lci_95: float
    pace_uci_95: float
    naive_se: float
    """Standard error that least squares would give if periods did not overlap; for contrast."""
    check: Pace
    """Pace over the four latest periods without a common year."""
    first_period: str
    forecasts: pd.DataFrame
    """model, period, period_start, period_end, mid_point, gap_years and its 80% and 95% limits."""
    probability: float
    """Model probability that the true gap is at or below the target in the target period."""
    probability_now: float
    verdict: Verdict
    levelling_down: bool
    years_to_target: YearsToReach
    sentence: str

    @property
    def moving(self) -> str:
        """Say "widening" or "narrowing" where the interval of the pace leaves out zero, else "unclear"."""
        if self.pace_lci_95 > 0:
            return "widening"
        return "narrowing" if self.pace_uci_95 < 0 else "unclear"


@dataclass(frozen=True)
class Standing:
    """An answer and its outlook: where the gap is, and where it is heading."""

    answer: Answer
    outlook: Outlook


def standing(answer: Answer, variances: Variances) -> Standing:
    """An answer together with its outlook."""
    return Standing(answer, outlook(answer, variances))


def variances_of(table: pd.DataFrame) -> dict[str, WanderingVariances]:
    """The fitted variances that table `variances` holds."""
    return {
        str(row["model"]): WanderingVariances(
            sigma=float(row["sigma_years"]), tau=float(row["tau_years"]), drift=row["model"] != "no-drift"
        )
        for row in table.to_dict("records")
    }


def outlook(answer: Answer, variances: Variances) -> Outlook:
    """Pace, forecast, probability and verdict for an answered question.

    The trend looks at every period held, whatever the baseline: the baseline sets the target, not the evidence.
    """
    past, first, latest, target = answer.history, answer.history.iloc[0], answer.latest, answer.target_gap_years
    gap, errors, mid_points = (past[name].to_numpy(dtype=float) for name in ("gap_years", "model_se", "mid_point"))
    covariance, nugget = _covariance(past), ENDS * variances["drift"].tau ** 2
    pace = observed_pace(gap, errors, mid_points, covariance, nugget_variance=nugget)
    count = min(4, (len(gap) + 2) // 3)
    ahead = {
        model: _forecast(past, covariance, model, variances[model], last_year=answer.question.target_year)
        for model in MODELS
    }
    _, headline = ahead["drift"]
    probability = float(probability_at_most(target, headline.gap_years[-1], headline.gap_se[-1]))
    now = float(probability_at_most(target, latest["gap_years"], latest["model_se"]))
    judged = verdict(p_reached_now=now, p_reached_by_target=probability, pace_lci_95=float(pace.pace_lci_95))
    levelled_down = levelling_down(
        gap_change=latest["gap_years"] - first["gap_years"],
        worse_off_change=latest["worse_off_years"] - first["worse_off_years"],
    )
    return Outlook(
        pace=float(pace.pace_years_per_year),
        pace_se=float(pace.pace_se),
        pace_lci_95=float(pace.pace_lci_95),
        pace_uci_95=float(pace.pace_uci_95),
        naive_se=float(pace.naive_se),
        check=non_overlapping_pace(gap, errors, mid_points, nugget_variance=nugget, period_count=count),
        first_period=str(first["period"]),
        forecasts=_table(ahead),
        probability=probability,
        probability_now=now,
        verdict=judged,
        levelling_down=levelled_down,
        years_to_target=years_to_reach(latest["gap_years"], target, pace.pace_years_per_year, pace.pace_se),
        sentence=_sentence(answer, pace, judged, probability, levelled_down=levelled_down),
    )


def first_publication_that_could_tell(answer: Answer, variances: Variances) -> FirstToTell:
    """The first publication in which the required pace could be told from standing still (80% power).

    Raises:
        MeasureRefused: no pace is required, or it could not be told within 60 publications.
    """
    return first_to_tell(
        answer.required_pace,
        gap_se=float(answer.latest["model_se"]),
        from_mid_point=float(answer.latest["mid_point"]),
        nugget_variance=ENDS * variances["drift"].tau ** 2,
    )


def _covariance(past: pd.DataFrame) -> FloatArray:
    names = ("better_off_se", "worse_off_se", "model_se", "mid_point")
    better_off, worse_off, gap, mid_points = (past[name].to_numpy(dtype=float) for name in names)
    if np.isnan(better_off).any() or np.isnan(worse_off).any():
        return sampling_covariance(gap, mid_points)
    return gap_covariance(better_off, worse_off, mid_points)


def _forecast(
    past: pd.DataFrame, covariance: FloatArray, model: str, variances: WanderingVariances, *, last_year: int
) -> tuple[FloatArray, Forecast]:
    """From the last period that the model looks at: mid-points, and the forecast."""
    if model == "pre-pandemic":
        before = (past["period_end"] <= LAST_PRE_PANDEMIC_YEAR).to_numpy()
        past, covariance = past[before], covariance[np.ix_(before, before)]
    gap, mid_points = (past[name].to_numpy(dtype=float) for name in ("gap_years", "mid_point"))
    ahead = np.arange(mid_points[-1], last_year)
    return ahead, forecast(gap, covariance, mid_points, ahead, variances=variances, ends=ENDS)


def _table(ahead: Mapping[str, tuple[FloatArray, Forecast]]) -> pd.DataFrame:
    """The forecasts of all models, one under the other."""
    times = np.concatenate([times for times, _ in ahead.values()])
    periods = [period_at(time) for time in times]
    limits = ("gap_years", "gap_lci_80", "gap_uci_80", "gap_lci_95", "gap_uci_95")
    return pd.DataFrame(
        {
            "model": [model for model, (own, _) in ahead.items() for _ in own],
            "period": [period.label for period in periods],
            "period_start": [period.start for period in periods],
            "period_end": [period.end for period in periods],
            "mid_point": times,
            **{name: np.concatenate([getattr(found, name) for _, found in ahead.values()]) for name in limits},
        }
    )


def _sentence(answer: Answer, pace: Pace, judged: Verdict, probability: float, *, levelled_down: bool) -> str:
    latest = answer.latest
    return standing_sentence(
        GapStanding(
            verdict=judged,
            sex=answer.sex,
            better_off=running_end(latest["better_off"]),
            worse_off=running_end(latest["worse_off"]),
            period=latest["period"],
            baseline_period=str(answer.baseline["period"]),
            target_period=answer.question.target_period.label,
            gap_years=latest["gap_years"],
            gap_lci_95=latest["gap_lci_95"],
            gap_uci_95=latest["gap_uci_95"],
            target_gap_years=answer.target_gap_years,
            required_pace=answer.required_pace,
            observed_pace=float(pace.pace_years_per_year),
            pace_lci_95=float(pace.pace_lci_95),
            pace_uci_95=float(pace.pace_uci_95),
            probability=probability,
            levelling_down=levelled_down,
            first_period=str(answer.history["period"].iloc[0]),
            share_to_close=answer.question.share_to_close,
        )
    )
