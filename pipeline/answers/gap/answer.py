"""One question about the gap, with its settings, and the numbers that answer it: the same for the build and the screens."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.answers.gap.history import History, histories, history, split
from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION, DEFINITIONS, Definition
from pipeline.measures.gap.difference import EndsChange, FloatArray, ends_change, interval_from_standard_error
from pipeline.measures.gap.path import (
    PathShape,
    PoorEndTask,
    RichEndRule,
    halving_path,
    poor_end_task,
    required_pace,
    rich_end_path,
    target_gap,
)
from pipeline.measures.trend.rolling import mid_point
from pipeline.periods import Period, parse_period

FIRST_TARGET_YEAR, LAST_TARGET_YEAR, DEFAULT_TARGET_YEAR = 2027, 2050, 2034
DEFAULT_BASELINE = "2011 to 2013"
PERIOD_YEARS = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """The settings that no official text has fixed, so every screen shows them and every chart prints them."""

    definition_id: str = DEFAULT_DEFINITION
    baseline: str = DEFAULT_BASELINE
    target_year: int = DEFAULT_TARGET_YEAR
    """Last year of the three-year period in which the target is to be met."""
    share_to_close: float = 0.5
    rule: RichEndRule = "held"
    shape: PathShape = "linear"

    @property
    def definition(self) -> Definition:
        """The definition in full."""
        return DEFINITIONS[self.definition_id]

    @property
    def factor(self) -> float:
        """What the baseline gap is divided by: 2 where half is to be closed."""
        return 1 / (1 - self.share_to_close)

    @property
    def target_period(self) -> Period:
        """The three-year period that ends in the target year."""
        return Period(self.target_year - PERIOD_YEARS + 1, self.target_year)

    def with_definition(self, definition_id: str) -> "Question":
        """Return the same question about another definition."""
        return replace(self, definition_id=definition_id)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the figures say to a question, for one sex. Years of HLE; a negative pace of the gap is narrowing."""

    question: Question
    sex: str
    release: str
    history: History
    """Every period held, whatever the baseline."""
    series: pd.DataFrame
    """The gap of every period from the baseline on (rows of table `gaps`), with mid_point added."""
    earlier: pd.DataFrame
    """The periods before the baseline, likewise."""
    target_gap_years: float
    required_pace: float
    """Pace of the gap from the latest period to the target, years per year."""
    change: EndsChange
    """Change since the baseline and its two parts."""
    change_lci_95: float
    change_uci_95: float
    """95% interval of the change of the gap; NaN where the figures have no intervals or the periods overlap."""
    poor_end: PoorEndTask
    path: pd.DataFrame
    """mid_point, path_gap_years, rich_end_years (under the rule) and poor_end_years, from baseline to target."""

    @cached_property
    def baseline(self) -> pd.Series:
        """Row of the baseline period."""
        return self.series.iloc[0]

    @cached_property
    def latest(self) -> pd.Series:
        """Row of the latest period."""
        return self.series.iloc[-1]

    @property
    def changed(self) -> str:
        """Say "widened" or "narrowed" where the interval of the change leaves out zero; else "unclear", or "untested"."""
        if np.isnan(self.change_lci_95):
            return "untested"
        if self.change_lci_95 > 0:
            return "widened"
        return "narrowed" if self.change_uci_95 < 0 else "unclear"


def answer(gaps: pd.DataFrame, question: Question, sex: str, *, england: pd.DataFrame) -> Answer:
    """Return the numbers that answer a question for one sex.

    Args:
        gaps: table `gaps`.
        question: the settings.
        sex: "female" or "male".
        england: England's rows of table `hle` (newest release), for the rule that lets the rich end rise with England.

    Raises:
        UsageError: the baseline is not among the periods, or leaves no later period.
        MeasureRefused: there is no gap to close, or the target is not after the latest period.
    """
    past = history(gaps, question.definition_id, sex)
    position = _baseline_position(past, question.baseline)
    earlier, series = split(past, position)
    first, last = past.records[position], past.records[-1]
    goal = target_gap(first["gap_years"], question.factor)
    target_mid_point = question.target_period.midpoint_year
    pace = required_pace(last["gap_years"], goal, from_mid_point=last["mid_point"], target_mid_point=target_mid_point)
    england_pace = _england_pace(england, sex, first["period_start"]) if question.rule == "england" else 0.0
    path = _path(question, past, position, england_pace)
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
        release=str(last["release"]),
        history=past,
        series=series,
        earlier=earlier,
        target_gap_years=float(goal),
        required_pace=float(pace),
        change=change,
        change_lci_95=float(lower),
        change_uci_95=float(upper),
        poor_end=poor_end_task(
            rich_end_at_target=path["rich_end_years"].iloc[-1],
            baseline_gap=first["gap_years"],
            poor_end=last["worse_off_years"],
            from_mid_point=last["mid_point"],
            target_mid_point=target_mid_point,
            factor=question.factor,
        ),
        path=path,
    )


def answers_by_definition(gaps: pd.DataFrame, question: Question, sex: str, *, england: pd.DataFrame) -> list[Answer]:
    """Return the answers to the same question under every definition.

    A definition whose figures start after the baseline is answered from its own first period; its `question` says so.
    """
    return [answer(gaps, one, sex, england=england) for one in questions_by_definition(gaps, question, sex)]


def questions_by_definition(gaps: pd.DataFrame, question: Question, sex: str) -> list[Question]:
    """Return the same question about every definition that table `gaps` holds for a sex (see `answers_by_definition`)."""
    found = histories(gaps, sex)
    asked = []
    for definition_id in [one for one in DEFINITIONS if one in found]:
        periods = found[definition_id].periods
        baseline = question.baseline if question.baseline in periods else periods[0]
        asked.append(replace(question, definition_id=definition_id, baseline=baseline))
    return asked


def _baseline_position(past: History, baseline: str) -> int:
    starts = [row["period_start"] for row in past.records[:-1]]
    start = parse_period(baseline).start
    if start not in starts:
        raise UsageError(
            f"There is no baseline {baseline} for this definition.",
            do=f"Choose a period from {past.periods[0]} to {past.periods[-2]}.",
        )
    return starts.index(start)


def _pace(values: FloatArray, times: FloatArray) -> float:
    return float(np.polyfit(times, values, 1)[0])


def _england_pace(england: pd.DataFrame, sex: str, since: int) -> float:
    starts, ends, years = (england[column].to_numpy() for column in ("period_start", "period_end", "hle_years"))
    kept = np.flatnonzero((england["sex"].to_numpy() == sex) & (starts >= since))
    kept = kept[np.argsort(starts[kept])]
    return _pace(years[kept], mid_point(starts[kept], ends[kept]))


def _own_pace(past: History, position: int) -> float:
    return _pace(past.numbers["better_off_years"][position:], past.numbers["mid_point"][position:])


def _path(question: Question, past: History, position: int, england_pace: float) -> pd.DataFrame:
    """From the baseline to the target, whose period is the last row."""
    first, end = past.records[position], question.target_period.midpoint_year
    times = np.arange(first["mid_point"], end + 0.5)
    gap = halving_path(
        times,
        baseline_gap=first["gap_years"],
        baseline_mid_point=first["mid_point"],
        target_mid_point=end,
        factor=question.factor,
        shape=question.shape,
    )
    rich = rich_end_path(
        question.rule,
        times,
        baseline_value=first["better_off_years"],
        baseline_mid_point=first["mid_point"],
        own_pace=_own_pace(past, position) if question.rule == "own-trend" else 0.0,
        england_pace=england_pace,
    )
    return pd.DataFrame(
        {
            "period": [Period(int(t - 1.5), int(t + 0.5)).label for t in times],
            "mid_point": times,
            "path_gap_years": gap,
            "rich_end_years": rich,
            "poor_end_years": rich - gap,
        }
    )
