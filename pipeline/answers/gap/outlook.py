"""Where a gap is heading: observed pace, forecast, probability of reaching the target, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import LAST_TARGET_YEAR, PERIOD_YEARS, Answer
from pipeline.answers.gap.history import History
from pipeline.answers.gap.sentences import GapStanding, running_end, standing_sentence
from pipeline.measures.gap.definitions import DEFINITIONS
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
from pipeline.measures.trend.variances import WanderingVariances, pooled_variances
from pipeline.periods import Period

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
    """Return an answer together with its outlook."""
    return Standing(answer, outlook(answer, variances))


def fit_variances(regions: pd.DataFrame) -> dict[str, WanderingVariances]:
    """Return sigma and tau of every model, fitted to the nine regions and both sexes together.

    Args:
        regions: one release of HLE of the regions, with hle_se.
    """
    values, errors = (
        regions.pivot_table(index=["sex", "area_code"], columns="period_start", values=column)
        for column in ("hle_years", "hle_se")
    )
    shape = (regions["sex"].nunique(), -1, values.shape[1])
    mid_points = np.asarray(values.columns, dtype=float) + PERIOD_YEARS / 2
    fitted = {
        model: pooled_variances(
            values.to_numpy().reshape(shape), errors.to_numpy().reshape(shape), mid_points, drift=model == "drift"
        )
        for model in ("drift", "no-drift")
    }
    # seven periods are too few to fit a variance of their own (the search ends at zero), so it is borrowed
    return fitted | {"pre-pandemic": fitted["drift"]}


def outlook(answer: Answer, variances: Variances) -> Outlook:
    """Return pace, forecast, probability and verdict for an answered question.

    The trend looks at every period held, whatever the baseline: the baseline sets the target, not the evidence.
    Definitions other than pairs of regions borrow the regions' variances.

    Args:
        answer: gap, target and settings for one definition and sex.
        variances: model id -> fitted variances (`fit_variances`).
    """
    question, target = answer.question, answer.target_gap_years
    fitted = tuple(variances[model] for model in MODELS)
    past = _past(answer.history, fitted, last_year=max(question.target_year, LAST_TARGET_YEAR))
    latest, pace = answer.history.records[-1], past.pace
    at_target = round(question.target_period.midpoint_year - latest["mid_point"])
    probability = float(probability_at_most(target, past.mean[at_target], past.se[at_target]))
    now = float(probability_at_most(target, latest["gap_years"], latest["model_se"]))
    lower, upper = float(pace.pace_lci_95), float(pace.pace_uci_95)
    judged = verdict(p_reached_now=now, p_reached_by_target=probability, pace_lci_95=lower)
    ahead = past.forecasts["period_end"].to_numpy() <= question.target_year
    return Outlook(
        pace=float(pace.pace_years_per_year),
        pace_se=float(pace.pace_se),
        pace_lci_95=lower,
        pace_uci_95=upper,
        naive_se=float(pace.naive_se),
        check=past.check,
        first_period=answer.history.periods[0],
        forecasts=past.forecasts[ahead].reset_index(drop=True),
        probability=probability,
        probability_now=now,
        verdict=judged,
        levelling_down=past.levelling_down,
        years_to_target=years_to_reach(latest["gap_years"], target, pace.pace_years_per_year, pace.pace_se),
        sentence=_sentence(answer, past, judged, probability),
    )


def first_publication_that_could_tell(answer: Answer, variances: Variances) -> FirstToTell:
    """Return the first publication in which the required pace could be told from standing still (80% power).

    Raises:
        MeasureRefused: no pace is required, or it could not be told within 60 publications.
    """
    return first_to_tell(
        answer.required_pace,
        gap_se=float(answer.history.records[-1]["model_se"]),
        from_mid_point=float(answer.history.records[-1]["mid_point"]),
        nugget_variance=ENDS * variances["drift"].tau ** 2,
    )


@dataclass(frozen=True)
class _Past:
    """What the past of a gap says whatever is asked of it."""

    pace: Pace
    check: Pace
    forecasts: pd.DataFrame
    """As `Outlook.forecasts`, to the last year that a target may have."""
    mean: FloatArray
    """True gap in the model that gives the verdict, for every period from the latest one on."""
    se: FloatArray
    levelling_down: bool


# Baseline, target, share, rule and path are asked anew on every screen; none of them is evidence.
@lru_cache(maxsize=128)
def _past(history: History, fitted: tuple[WanderingVariances, ...], *, last_year: int) -> _Past:
    own, first, last = history.numbers, history.records[0], history.records[-1]
    gap, errors, mid_points = own["gap_years"], own["model_se"], own["mid_point"]
    covariance = _covariance(own)
    variances = dict(zip(MODELS, fitted, strict=True))
    nugget = ENDS * variances["drift"].tau ** 2
    ahead = {model: _forecast(own, covariance, model, variances[model], last_year=last_year) for model in MODELS}
    drift = ahead["drift"][1]
    return _Past(
        pace=observed_pace(gap, errors, mid_points, covariance, nugget_variance=nugget),
        check=non_overlapping_pace(
            gap, errors, mid_points, nugget_variance=nugget, period_count=min(4, (len(gap) + 2) // 3)
        ),
        forecasts=pd.concat([_rows(model, *found) for model, found in ahead.items()], ignore_index=True),
        mean=drift.gap_years,
        se=drift.gap_se,
        levelling_down=levelling_down(
            gap_change=last["gap_years"] - first["gap_years"],
            worse_off_change=last["worse_off_years"] - first["worse_off_years"],
        ),
    )


def _covariance(own: Mapping[str, FloatArray]) -> FloatArray:
    better_off, worse_off = own["better_off_se"], own["worse_off_se"]
    if np.isnan(better_off).any() or np.isnan(worse_off).any():
        return sampling_covariance(own["model_se"], own["mid_point"])
    return gap_covariance(better_off, worse_off, own["mid_point"])


def _forecast(
    own: Mapping[str, FloatArray], covariance: FloatArray, model: str, variances: WanderingVariances, *, last_year: int
) -> tuple[FloatArray, Forecast]:
    """From the last period that the model looks at: mid-points, and the forecast."""
    gap, mid_points = own["gap_years"], own["mid_point"]
    if model == "pre-pandemic":
        before = own["period_end"] <= LAST_PRE_PANDEMIC_YEAR
        gap, mid_points, covariance = gap[before], mid_points[before], covariance[np.ix_(before, before)]
    ahead = np.arange(mid_points[-1], last_year)
    return ahead, forecast(gap, covariance, mid_points, ahead, variances=variances, ends=ENDS)


def _rows(model: str, ahead: FloatArray, predicted: Forecast) -> pd.DataFrame:
    periods = [Period(int(t - 1.5), int(t + 0.5)) for t in ahead]
    return pd.DataFrame(
        {
            "model": model,
            "period": [period.label for period in periods],
            "period_start": [period.start for period in periods],
            "period_end": [period.end for period in periods],
            "mid_point": ahead,
            "gap_years": predicted.gap_years,
            "gap_lci_80": predicted.gap_lci_80,
            "gap_uci_80": predicted.gap_uci_80,
            "gap_lci_95": predicted.gap_lci_95,
            "gap_uci_95": predicted.gap_uci_95,
        }
    )


def _sentence(answer: Answer, past: _Past, judged: Verdict, probability: float) -> str:
    latest = answer.history.records[-1]
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
            observed_pace=float(past.pace.pace_years_per_year),
            pace_lci_95=float(past.pace.pace_lci_95),
            pace_uci_95=float(past.pace.pace_uci_95),
            probability=probability,
            levelling_down=past.levelling_down,
            first_period=answer.history.periods[0],
            share_to_close=answer.question.share_to_close,
        )
    )


def borrowed(definition_id: str) -> bool:
    """Return whether a definition borrows the variances of pairs of regions."""
    return definition_id not in {"income-regions", "deprivation-regions"} and definition_id in DEFINITIONS
