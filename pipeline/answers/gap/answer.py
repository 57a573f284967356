"""What the figures answer to a question, for one sex: the gap since its baseline, its target, and the path between."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipeline.answers.gap.question import Question, period_at
from pipeline.errors import UsageError
from pipeline.measures.difference import EndsChange, FloatArray, ends_change, interval_from_standard_error
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.path import (
    PoorEndTask,
    RichEndRule,
    halving_path,
    poor_end_task,
    required_pace,
    rich_end_path,
    target_gap,
)
from pipeline.measures.trend.rolling import mid_point
from pipeline.periods import parse_period


@dataclass(frozen=True)
class RichEnd:
    """What the better-off end is assumed to do from the baseline on; years, and years per year."""

    rule: RichEndRule
    baseline_years: float
    baseline_mid_point: float
    own_pace: float
    england_pace: float

    def years_at(self, mid_points: ArrayLike) -> FloatArray:
        """HLE of the better-off end in periods with these mid-points."""
        return rich_end_path(
            self.rule,
            mid_points,
            baseline_value=self.baseline_years,
            baseline_mid_point=self.baseline_mid_point,
            own_pace=self.own_pace,
            england_pace=self.england_pace,
        )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the figures say to a question, for one sex. Years of HLE; a negative pace of the gap is narrowing."""

    question: Question
    sex: str
    both_sexes: pd.DataFrame
    """Rows of table `gaps` for this definition and every sex: a forecast looks at the sexes together."""
    history: pd.DataFrame
    """Every period held for this sex, whatever the baseline (see `history`)."""
    start: int
    """Position of the baseline in `history`."""
    baseline: pd.Series
    """Row of the baseline period."""
    latest: pd.Series
    """Row of the latest period."""
    target_gap_years: float
    required_pace: float
    """Pace of the gap from the latest period to the target, years per year."""
    change: EndsChange
    """Change since the baseline and its two parts."""
    change_lci_95: float
    change_uci_95: float
    """95% interval of the change of the gap; NaN where the figures have no intervals or the periods overlap."""
    poor_end: PoorEndTask
    rich_end: RichEnd
    """What the better-off end is assumed to do."""

    @cached_property
    def path(self) -> pd.DataFrame:
        """Period, mid_point, path_gap_years, rich_end_years (under the rule) and poor_end_years, from baseline to target."""
        return _path(self.question, self.baseline, self.rich_end)

    @cached_property
    def series(self) -> pd.DataFrame:
        """The periods from the baseline on."""
        return self.history.iloc[self.start :].reset_index(drop=True)

    @cached_property
    def earlier(self) -> pd.DataFrame:
        """The periods before the baseline."""
        return self.history.iloc[: self.start].reset_index(drop=True)

    @property
    def release(self) -> str:
        """Release of the figures."""
        return str(self.latest["release"])

    @property
    def changed(self) -> str:
        """Say "widened" or "narrowed" where the interval of the change leaves out zero; else "unclear", or "untested"."""
        if np.isnan(self.change_lci_95):
            return "untested"
        if self.change_lci_95 > 0:
            return "widened"
        return "narrowed" if self.change_uci_95 < 0 else "unclear"


def answer(gaps: pd.DataFrame, question: Question, sex: str, *, england: pd.DataFrame) -> Answer:
    """Answer a question for one sex ("female" or "male") from table `gaps`.

    `england` holds England's rows of table `hle` (newest release), for the rule that lets the rich end rise with England.

    Raises:
        UsageError: there are no figures, the baseline is not among the periods, or leaves no later period.
        MeasureRefused: there is no gap to close, or the target is not after the latest period.
    """
    past = history(gaps, question.definition_id, sex)
    return answer_from(past, question, both_sexes=gaps[gaps["definition"] == question.definition_id], england=england)


def answer_from(past: pd.DataFrame, question: Question, *, both_sexes: pd.DataFrame, england: pd.DataFrame) -> Answer:
    """The same from the `history` of the gap for one sex, and the rows of table `gaps` for both."""
    sex = str(past["sex"].iloc[0])
    start = _baseline_position(past, question.baseline)
    first, last = past.iloc[start], past.iloc[-1]
    goal = target_gap(first["gap_years"], question.factor)
    target_mid_point = question.target_period.midpoint_year
    pace = required_pace(last["gap_years"], goal, from_mid_point=last["mid_point"], target_mid_point=target_mid_point)
    rich_end = _rich_end(question.rule, past.iloc[start:], first, england)
    change = ends_change(
        better_off_start=first["better_off_years"],
        better_off_end=last["better_off_years"],
        worse_off_start=first["worse_off_years"],
        worse_off_end=last["worse_off_years"],
    )
    change_se = np.hypot(first["gap_se"], last["gap_se"]) if last["period_start"] > first["period_end"] else np.nan
    lower, upper = interval_from_standard_error(change.gap_change, change_se)
    return Answer(
        question=question,
        sex=sex,
        both_sexes=both_sexes,
        history=past,
        start=start,
        baseline=first,
        latest=last,
        target_gap_years=float(goal),
        required_pace=float(pace),
        change=change,
        change_lci_95=float(lower),
        change_uci_95=float(upper),
        poor_end=poor_end_task(
            rich_end_at_target=float(rich_end.years_at([target_mid_point])[0]),
            baseline_gap=first["gap_years"],
            poor_end=last["worse_off_years"],
            from_mid_point=last["mid_point"],
            target_mid_point=target_mid_point,
            factor=question.factor,
        ),
        rich_end=rich_end,
    )


def questions_by_definition(gaps: pd.DataFrame, question: Question, sex: str) -> list[Question]:
    """The same question about every definition that table `gaps` holds for a sex, in the order in which screens list them.

    A definition whose figures start after the baseline is asked about from its own first period.
    """
    rows = gaps[gaps["sex"] == sex].sort_values("period_start")
    periods = {str(name): own.tolist() for name, own in rows.groupby("definition")["period"]}
    return [
        replace(
            question,
            definition_id=name,
            baseline=question.baseline if question.baseline in periods[name] else periods[name][0],
        )
        for name in DEFINITIONS
        if name in periods
    ]


def history(gaps: pd.DataFrame, definition_id: str, sex: str) -> pd.DataFrame:
    """Every period of one definition and sex, oldest first: table `gaps` with mid_point and limits of both ends added.

    The 95% limits of an end are NaN where it has no standard error.

    Raises:
        UsageError: the table has no figures for them.
    """
    rows = gaps[(gaps["definition"] == definition_id) & (gaps["sex"] == sex)]
    if rows.empty:
        raise UsageError(
            f"There is no gap '{definition_id}' for sex '{sex}'.", do="Choose one that table `gaps` holds."
        )
    rows = rows.sort_values("period_start", ignore_index=True)
    added = {"mid_point": mid_point(rows["period_start"], rows["period_end"])}
    for side in ("better_off", "worse_off"):
        limits = interval_from_standard_error(rows[f"{side}_years"], rows[f"{side}_se"])
        added |= dict(zip((f"{side}_lci_95", f"{side}_uci_95"), limits, strict=True))
    return rows.assign(**added)


def _baseline_position(past: pd.DataFrame, baseline: str) -> int:
    starts = past["period_start"].tolist()[:-1]
    start = parse_period(baseline).start
    if start not in starts:
        raise UsageError(
            f"There is no baseline {baseline} for this definition.",
            do=f"Choose a period from {past['period'].iloc[0]} to {past['period'].iloc[-2]}.",
        )
    return starts.index(start)


def _path(question: Question, first: pd.Series, rich_end: RichEnd) -> pd.DataFrame:
    """From the baseline, whose row is `first`, to the target, whose period is the last row."""
    end = question.target_period.midpoint_year
    times = np.arange(first["mid_point"], end + 0.5)
    gap = halving_path(
        times,
        baseline_gap=first["gap_years"],
        baseline_mid_point=first["mid_point"],
        target_mid_point=end,
        factor=question.factor,
        shape=question.shape,
    )
    rich = rich_end.years_at(times)
    return pd.DataFrame(
        {
            "period": [period_at(time).label for time in times],
            "mid_point": times,
            "path_gap_years": gap,
            "rich_end_years": rich,
            "poor_end_years": rich - gap,
        }
    )


def _rich_end(rule: RichEndRule, since: pd.DataFrame, first: pd.Series, england: pd.DataFrame) -> RichEnd:
    """From the periods since the baseline, whose row is `first`."""
    return RichEnd(
        rule,
        baseline_years=float(first["better_off_years"]),
        baseline_mid_point=float(first["mid_point"]),
        own_pace=_pace(since, "better_off_years") if rule == "own-trend" else 0.0,
        england_pace=_england_pace(england, first) if rule == "england" else 0.0,
    )


def _england_pace(england: pd.DataFrame, first: pd.Series) -> float:
    rows = england[(england["sex"] == first["sex"]) & (england["period_start"] >= first["period_start"])]
    return float(np.polyfit(mid_point(rows["period_start"], rows["period_end"]), rows["hle_years"], 1)[0])


def _pace(series: pd.DataFrame, column: str) -> float:
    return float(np.polyfit(series["mid_point"], series[column], 1)[0])
