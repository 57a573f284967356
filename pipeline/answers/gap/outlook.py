"""Where a gap is heading: observed pace, forecasts, the chance of reaching the target, and the verdict in two words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import Evidence, Forecasts, forecasts_for
from pipeline.answers.gap.forecasts import GapForecast
from pipeline.answers.gap.seen_gap import SeenGap
from pipeline.measures.gap.levelling_down import change_se, levelling_down, probability_of_levelling_down
from pipeline.measures.gap.verdict import Course, Direction, course, direction
from pipeline.measures.trend.detection import FirstToTell, first_to_tell
from pipeline.measures.trend.forecast import YearsToReach, years_to_reach
from pipeline.measures.trend.rolling import overlap
from pipeline.measures.trend.trend import Pace, non_overlapping_pace, observed_pace

ENDS = 2.0
"""A gap has two ends, so twice one region's refitting noise."""
Z_95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What the past of a gap says of its future; years, and years per year (negative is narrowing)."""

    answer: Answer
    made: Forecasts
    model: str
    """Id of the forecast that gives the verdict."""
    course: Course
    direction: Direction
    """From the wandering-aware interval."""
    pace: float
    pace_se: float
    """From sampling and refitting alone, as are the two limits."""
    pace_lci_95: float
    pace_uci_95: float
    wandering_pace: float
    """The pace with the part that selection makes taken off; `pace` itself where no end is picked anew in each period."""
    wandering_se: float
    """Its standard error where a gap may wander without a drift behind it, as in the two limits."""
    wandering_lci_95: float
    wandering_uci_95: float
    naive_se: float
    """Standard error that least squares would give if periods did not overlap; for contrast."""
    check: Pace
    """Pace over the four latest periods without a common year; NaN where there are fewer than three."""
    first_period: str
    probability: float
    """Chance that the true gap of the target period is at or below the share of the true baseline gap that may be left."""
    probability_exact: float
    """The same chance if the baseline had no error."""
    probability_now: float
    """Chance that this is so in the latest period, from the published figures and their errors."""
    levelling_down: bool
    levelling_down_probability: float
    """Chance that the gap fell since the first period while the worse-off end did not rise."""
    newest_change: float
    """Change of the gap from the last period but one to the latest."""
    newest_change_clear: bool
    """Whether its 95% interval leaves out zero."""
    years_to_target: YearsToReach

    @property
    def models(self) -> tuple[str, ...]:
        """Ids of the forecasts offered, the one that gives the verdict first."""
        return (self.model, *(name for name in self.made.evidence.models if name != self.model))

    @property
    def borrowed(self) -> bool:
        """Whether the variances are those of regions, although the ends of the gap are none."""
        return self.made.by(self.model).borrowed

    @cached_property
    def forecasts(self) -> pd.DataFrame:
        """Every model offered: model, period columns, mid_point, gap_years and its 80% and 95% limits."""
        return pd.concat([self.fan(model) for model in self.models], ignore_index=True)

    def fan(self, model: str = "") -> pd.DataFrame:
        """The rows of `forecasts` of one model, from the last period it has seen; without a name, the verdict's."""
        name = model or self.model
        return self.made.by(name).rows(self.answer.sex).assign(model=name)

    @cached_property
    def probabilities(self) -> Mapping[str, float]:
        """Model id -> `probability` by that model."""
        return {model: _chance(self.answer, self.made.by(model)) for model in self.models}


@dataclass(frozen=True)
class Standing:
    """An answer and its outlook: where the gap is, and where it is heading."""

    answer: Answer
    outlook: Outlook


def standing(answer: Answer, evidence: Evidence, *, model: str = "") -> Standing:
    """An answer together with its outlook."""
    return Standing(answer, outlook(answer, evidence, model=model))


def outlook(answer: Answer, evidence: Evidence, *, model: str = "", made: Forecasts | None = None) -> Outlook:
    """Pace, forecast, probability and verdict for an answered question.

    The trend looks at every period held, whatever the baseline: the baseline sets the target, not the evidence.

    Args:
        answer: the answer for one sex.
        evidence: variances, ends and the default model.
        model: id of the forecast that gives the verdict; the default one if empty.
        made: forecasts of the same definition, baseline and target year that are shared with the other sex's outlook.

    Raises:
        UsageError: there is no such model.
        MeasureRefused: the series is too short: a forecast needs four periods.
    """
    name = model or evidence.default
    forecasts = made or forecasts_for(answer, evidence)
    forecast = forecasts.by(name)
    series = SeenGap.of(answer.history)
    pace, wandering, check = _paces(series, evidence, answer)
    probability = _chance(answer, forecast)
    now = series.chance_now(answer.start, 1 - answer.question.share_to_close)
    levelled = _levelling_down(answer.history, evidence.fits.no_drift.tau)
    change, clear = _newest_change(series, evidence.fits.no_drift.tau)
    return Outlook(
        answer=answer,
        made=forecasts,
        model=name,
        course=course(p_reached_now=now, p_reached_by_target=probability),
        direction=direction(pace_lci_95=float(wandering.pace_lci_95), pace_uci_95=float(wandering.pace_uci_95)),
        pace=float(pace.pace_years_per_year),
        pace_se=float(pace.pace_se),
        pace_lci_95=float(pace.pace_lci_95),
        pace_uci_95=float(pace.pace_uci_95),
        wandering_pace=float(wandering.pace_years_per_year),
        wandering_se=float(wandering.pace_se),
        wandering_lci_95=float(wandering.pace_lci_95),
        wandering_uci_95=float(wandering.pace_uci_95),
        naive_se=float(pace.naive_se),
        check=check,
        first_period=str(answer.history["period"].iloc[0]),
        probability=probability,
        probability_exact=forecast.probability_at_most(
            answer.sex, answer.target_gap_years, target_mid_point=answer.question.target_period.midpoint_year
        ),
        probability_now=now,
        levelling_down=levelling_down(levelled),
        levelling_down_probability=levelled,
        newest_change=change,
        newest_change_clear=clear,
        years_to_target=years_to_reach(
            answer.latest["gap_years"], answer.target_gap_years, pace.pace_years_per_year, pace.pace_se
        ),
    )


def first_publication_that_could_tell(answer: Answer, evidence: Evidence) -> FirstToTell:
    """The first publication in which the required pace could be told from standing still (80% power).

    Raises:
        MeasureRefused: no pace is required, or it could not be told within 60 publications.
    """
    return first_to_tell(
        answer.required_pace,
        gap_se=float(answer.latest["model_se"]),
        from_mid_point=float(answer.latest["mid_point"]),
        nugget_variance=ENDS * evidence.fits.drift.tau**2,
    )


def _paces(series: SeenGap, evidence: Evidence, answer: Answer) -> tuple[Pace, Pace, Pace]:
    """The pace from sampling alone, the wandering-aware one net of selection, and the check without common years."""
    nugget, figures = ENDS * evidence.fits.drift.tau**2, (series.se, series.mid_points)
    return (
        observed_pace(series.gap, *figures, series.covariance, nugget_variance=nugget),
        series.wandering_pace(evidence.fits.no_drift, evidence.ends_of(answer.question.definition_id).total),
        non_overlapping_pace(series.gap, *figures, nugget_variance=nugget),
    )


def _chance(answer: Answer, forecast: GapForecast) -> float:
    """Of the target in its period, baseline and target both uncertain."""
    return forecast.probability_of_share(
        answer.sex,
        1 - answer.question.share_to_close,
        baseline_mid_point=float(answer.baseline["mid_point"]),
        target_mid_point=answer.question.target_period.midpoint_year,
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
