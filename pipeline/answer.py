"""One question about the gap, with its settings, and the numbers that answer it: the same for the build and the screens."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.definitions import DEFAULT_DEFINITION, DEFINITIONS, Definition
from pipeline.measures.difference import EndsChange, ends_change, interval_from_standard_error
from pipeline.measures.path import (
    PathShape,
    PoorEndTask,
    RichEndRule,
    halving_path,
    poor_end_task,
    required_pace,
    rich_end_path,
    target_gap,
)
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

    @property
    def baseline(self) -> pd.Series:
        """Row of the baseline period."""
        return self.series.iloc[0]

    @property
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
    rows = gaps[(gaps["definition"] == question.definition_id) & (gaps["sex"] == sex)].sort_values("period_start")
    rows = rows.assign(mid_point=_mid_points(rows))
    for side in ("better_off", "worse_off"):
        lower, upper = interval_from_standard_error(rows[f"{side}_years"], rows[f"{side}_se"])
        rows = rows.assign(**{f"{side}_lci_95": lower, f"{side}_uci_95": upper})
    baseline_start = parse_period(question.baseline).start
    if baseline_start not in set(rows["period_start"].iloc[:-1]):
        raise UsageError(
            f"There is no baseline {question.baseline} for this definition.",
            do=f"Choose a period from {rows['period'].iloc[0]} to {rows['period'].iloc[-2]}.",
        )
    series = rows[rows["period_start"] >= baseline_start].reset_index(drop=True)
    first, last = series.iloc[0], series.iloc[-1]
    goal = target_gap(first["gap_years"], question.factor)
    target_mid_point = question.target_period.midpoint_year
    rich = _rich_end(question, series, england[england["sex"] == sex], np.array([target_mid_point]))
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
        series=series,
        earlier=rows[rows["period_start"] < baseline_start].reset_index(drop=True),
        target_gap_years=float(goal),
        required_pace=float(
            required_pace(last["gap_years"], goal, from_mid_point=last["mid_point"], target_mid_point=target_mid_point)
        ),
        change=change,
        change_lci_95=float(lower),
        change_uci_95=float(upper),
        poor_end=poor_end_task(
            rich_end_at_target=rich[0],
            baseline_gap=first["gap_years"],
            poor_end=last["worse_off_years"],
            from_mid_point=last["mid_point"],
            target_mid_point=target_mid_point,
            factor=question.factor,
        ),
        path=_path(question, series, england[england["sex"] == sex]),
    )


def answers_by_definition(gaps: pd.DataFrame, question: Question, sex: str, *, england: pd.DataFrame) -> list[Answer]:
    """Return the answers to the same question under every definition.

    A definition whose figures start after the baseline is answered from its own first period; its `question` says so.
    """
    answers = []
    for definition_id in DEFINITIONS:
        periods = gaps.loc[gaps["definition"] == definition_id, ["period_start", "period"]].sort_values("period_start")
        if periods.empty:
            continue
        baseline = question.baseline if question.baseline in set(periods["period"]) else str(periods["period"].iloc[0])
        one = replace(question, definition_id=definition_id, baseline=baseline)
        answers.append(answer(gaps, one, sex, england=england))
    return answers


def _mid_points(rows: pd.DataFrame) -> list[float]:
    return [
        Period(int(start), int(end)).midpoint_year
        for start, end in zip(rows["period_start"], rows["period_end"], strict=True)
    ]


def _pace(values: pd.Series, mid_points: pd.Series) -> float:
    return float(np.polyfit(mid_points, values, 1)[0])


def _rich_end(question: Question, series: pd.DataFrame, england: pd.DataFrame, mid_points: np.ndarray) -> np.ndarray:
    english = england[england["period_start"] >= series["period_start"].iloc[0]].sort_values("period_start")
    return rich_end_path(
        question.rule,
        mid_points,
        baseline_value=series["better_off_years"].iloc[0],
        baseline_mid_point=float(series["mid_point"].iloc[0]),
        own_pace=_pace(series["better_off_years"], series["mid_point"]),
        england_pace=_pace(english["hle_years"], pd.Series(_mid_points(english))),
    )


def _path(question: Question, series: pd.DataFrame, england: pd.DataFrame) -> pd.DataFrame:
    start, end = float(series["mid_point"].iloc[0]), question.target_period.midpoint_year
    mid_points = np.arange(start, end + 0.5)
    gap = halving_path(
        mid_points,
        baseline_gap=series["gap_years"].iloc[0],
        baseline_mid_point=start,
        target_mid_point=end,
        factor=question.factor,
        shape=question.shape,
    )
    rich = _rich_end(question, series, england, mid_points)
    return pd.DataFrame(
        {
            "period": [Period(int(t - 1.5), int(t + 0.5)).label for t in mid_points],
            "mid_point": mid_points,
            "path_gap_years": gap,
            "rich_end_years": rich,
            "poor_end_years": rich - gap,
        }
    )
