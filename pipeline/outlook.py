"""Where a gap is heading: observed pace, forecast, probability of reaching the target, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.answer import PERIOD_YEARS, Answer
from pipeline.measures.definitions import DEFINITIONS
from pipeline.measures.detection import FirstToTell, first_to_tell
from pipeline.measures.forecast import Forecast, YearsToReach, forecast, probability_at_most, years_to_reach
from pipeline.measures.trend import (
    Pace,
    gap_covariance,
    non_overlapping_pace,
    observed_pace,
    sampling_covariance,
)
from pipeline.measures.variances import WanderingVariances, pooled_variances
from pipeline.measures.verdict import Verdict, levelling_down, verdict
from pipeline.periods import Period
from pipeline.sentences import GapStanding, running_end, standing_sentence

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
    rows = pd.concat([answer.earlier, answer.series], ignore_index=True)
    errors = rows["model_se"].to_numpy()
    covariance = _covariance(rows)
    mid_points = rows["mid_point"].to_numpy()
    nugget = ENDS * variances["drift"].tau ** 2
    pace = observed_pace(rows["gap_years"], errors, mid_points, covariance, nugget_variance=nugget)
    target_mid_point = answer.question.target_period.midpoint_year
    forecasts = pd.concat(
        [
            _forecast_rows(rows, covariance, model, variances[model], last_mid_point=target_mid_point)
            for model in MODELS
        ],
        ignore_index=True,
    )
    at_target = _predict(rows, covariance, variances["drift"], np.array([target_mid_point]))
    probability = float(probability_at_most(answer.target_gap_years, at_target.gap_years[0], at_target.gap_se[0]))
    now = float(probability_at_most(answer.target_gap_years, rows["gap_years"].iloc[-1], errors[-1]))
    lower, upper = float(pace.pace_lci_95), float(pace.pace_uci_95)
    judged = verdict(p_reached_now=now, p_reached_by_target=probability, pace_lci_95=lower)
    since = rows.iloc[-1][["gap_years", "worse_off_years"]] - rows.iloc[0][["gap_years", "worse_off_years"]]
    down = levelling_down(gap_change=float(since["gap_years"]), worse_off_change=float(since["worse_off_years"]))
    return Outlook(
        pace=float(pace.pace_years_per_year),
        pace_se=float(pace.pace_se),
        pace_lci_95=lower,
        pace_uci_95=upper,
        naive_se=float(pace.naive_se),
        check=non_overlapping_pace(
            rows["gap_years"], errors, mid_points, nugget_variance=nugget, period_count=_check_count(rows)
        ),
        first_period=str(rows["period"].iloc[0]),
        forecasts=forecasts,
        probability=probability,
        probability_now=now,
        verdict=judged,
        levelling_down=down,
        years_to_target=years_to_reach(
            rows["gap_years"].iloc[-1], answer.target_gap_years, pace.pace_years_per_year, pace.pace_se
        ),
        sentence=_sentence(
            answer,
            judged,
            float(pace.pace_years_per_year),
            lower,
            upper,
            probability,
            down,
            str(rows["period"].iloc[0]),
        ),
    )


def first_publication_that_could_tell(answer: Answer, variances: Variances) -> FirstToTell:
    """Return the first publication in which the required pace could be told from standing still (80% power).

    Raises:
        MeasureRefused: no pace is required, or it could not be told within 60 publications.
    """
    return first_to_tell(
        answer.required_pace,
        gap_se=float(answer.latest["model_se"]),
        from_mid_point=float(answer.latest["mid_point"]),
        nugget_variance=ENDS * variances["drift"].tau ** 2,
    )


def _covariance(rows: pd.DataFrame) -> np.ndarray:
    mid_points = rows["mid_point"].to_numpy()
    if rows[["better_off_se", "worse_off_se"]].notna().all(axis=None):
        return gap_covariance(rows["better_off_se"], rows["worse_off_se"], mid_points)
    return sampling_covariance(rows["model_se"], mid_points)


def _check_count(rows: pd.DataFrame) -> int:
    return min(4, (len(rows) + 2) // 3)


def _predict(
    rows: pd.DataFrame, covariance: np.ndarray, variances: WanderingVariances, mid_points: np.ndarray
) -> Forecast:
    return forecast(
        rows["gap_years"],
        covariance,
        rows["mid_point"].to_numpy(),
        mid_points,
        variances=variances,
        ends=ENDS,
    )


def _forecast_rows(
    rows: pd.DataFrame, covariance: np.ndarray, model: str, variances: WanderingVariances, *, last_mid_point: float
) -> pd.DataFrame:
    if model == "pre-pandemic":
        before = (rows["period_end"] <= LAST_PRE_PANDEMIC_YEAR).to_numpy()
        rows, covariance = rows[before], covariance[np.ix_(before, before)]
    ahead = np.arange(float(rows["mid_point"].iloc[-1]), last_mid_point + 0.5)
    predicted = _predict(rows, covariance, variances, ahead)
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


def _sentence(
    answer: Answer,
    judged: Verdict,
    pace: float,
    pace_lower: float,
    pace_upper: float,
    probability: float,
    down: bool,
    first_period: str,
) -> str:
    latest = answer.latest
    return standing_sentence(
        GapStanding(
            verdict=judged,
            sex=answer.sex,
            better_off=running_end(str(latest["better_off"])),
            worse_off=running_end(str(latest["worse_off"])),
            period=str(latest["period"]),
            baseline_period=str(answer.baseline["period"]),
            target_period=answer.question.target_period.label,
            gap_years=float(latest["gap_years"]),
            gap_lci_95=float(latest["gap_lci_95"]),
            gap_uci_95=float(latest["gap_uci_95"]),
            target_gap_years=answer.target_gap_years,
            required_pace=answer.required_pace,
            observed_pace=pace,
            pace_lci_95=pace_lower,
            pace_uci_95=pace_upper,
            probability=probability,
            levelling_down=down,
            first_period=first_period,
            share_to_close=answer.question.share_to_close,
        )
    )


def borrowed(definition_id: str) -> bool:
    """Return whether a definition borrows the variances of pairs of regions."""
    return definition_id not in {"income-regions", "deprivation-regions"} and definition_id in DEFINITIONS
