"""Where a gap is heading: observed pace, forecasts, the chance of reaching the target, and the verdict in two words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import Evidence, Forecasts, forecasts_for
from pipeline.answers.gap.forecasts import GapForecast
from pipeline.answers.gap.past import ENDS, Past, past_of
from pipeline.measures.gap.levelling_down import levelling_down
from pipeline.measures.gap.verdict import Course, Direction, course, direction
from pipeline.measures.trend.detection import FirstToTell, first_to_tell, smallest_detectable_change
from pipeline.measures.trend.forecast import YearsToReach, years_to_reach
from pipeline.measures.trend.trend import Pace


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
    def probability_exact(self) -> float:
        """The same chance as `probability` if the baseline had no error."""
        return self.made.by(self.model).probability_at_most(
            self.answer.sex,
            self.answer.target_gap_years,
            target_mid_point=self.answer.question.target_period.midpoint_year,
        )

    @cached_property
    def forecasts(self) -> pd.DataFrame:
        """Every model offered: model, period columns, mid_point, gap_years and its 80% and 95% limits."""
        return pd.concat([self.fan(model) for model in self.models], ignore_index=True)

    def fan(self, model: str = "") -> pd.DataFrame:
        """The rows of `forecasts` of one model, from the last period it has seen to the target's; by default the verdict's."""
        name = model or self.model
        rows = self.made.by(name).rows(self.answer.sex).assign(model=name)
        return rows[rows["period_end"] <= self.answer.question.target_year].reset_index(drop=True)

    @cached_property
    def probabilities(self) -> Mapping[str, float]:
        """Model id -> `probability` by that model."""
        return {model: _chance(self.answer, self.made.by(model)) for model in self.models}


@dataclass(frozen=True)
class Standing:
    """An answer and its outlook: where the gap is, and where it is heading."""

    answer: Answer
    outlook: Outlook


def outlook(
    answer: Answer, evidence: Evidence, *, model: str = "", made: Forecasts | None = None, past: Past | None = None
) -> Outlook:
    """Pace, forecast, probability and verdict for an answered question.

    The trend looks at every period held, whatever the baseline: the baseline sets the target, not the evidence.

    Args:
        answer: the answer for one sex.
        evidence: variances, ends and the default model.
        model: id of the forecast that gives the verdict; the default one if empty.
        made: forecasts of the same definition, baseline and target year that are shared with the other sex's outlook.
        past: what the history of the answer says, where it has been worked out before.

    Raises:
        UsageError: there is no such model.
        MeasureRefused: the series is too short: a forecast needs four periods.
    """
    name = model or evidence.default
    forecasts = made or forecasts_for(answer, evidence)
    forecast = forecasts.by(name)
    seen = past or past_of(answer.history, evidence)
    pace, wandering = seen.pace, seen.wandering
    probability = _chance(answer, forecast)
    now = seen.series.chance_now(answer.start, 1 - answer.question.share_to_close)
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
        check=seen.check,
        first_period=str(answer.history["period"].iloc[0]),
        probability=probability,
        probability_now=now,
        levelling_down=levelling_down(seen.levelling_down_probability),
        levelling_down_probability=seen.levelling_down_probability,
        newest_change=seen.newest_change,
        newest_change_clear=seen.newest_change_clear,
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


def change_that_stands_out(answer: Answer) -> float:
    """Smallest change of the gap between two periods without a common year that is clear at 95%, years.

    NaN where no standard error of the gap is published.
    """
    standard_error = float(answer.latest["gap_se"])
    return standard_error if np.isnan(standard_error) else float(smallest_detectable_change(standard_error))


def _chance(answer: Answer, forecast: GapForecast) -> float:
    """Of the target in its period, baseline and target both uncertain."""
    return forecast.probability_of_share(
        answer.sex,
        1 - answer.question.share_to_close,
        baseline_mid_point=float(answer.baseline["mid_point"]),
        target_mid_point=answer.question.target_period.midpoint_year,
    )
