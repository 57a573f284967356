"""The path that halves a gap: where it should stand, how fast it must close, and what that asks of the poor end.

A fall of the rich end never counts as progress: every rule keeps the rich end at or above its baseline value.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import finite_array, number, positive_array, together

PathShape = Literal["linear", "geometric"]
RichEndRule = Literal["held", "own-trend", "england"]


@dataclass(frozen=True)
class PoorEndTask:
    """What halving asks of the poor end under one rule for the rich end.

    Attributes:
        target_years: value the poor end must reach by the target period, years.
        rise_years: target minus its current value; negative when it is already above.
        pace_years_per_year: rise divided by the years that remain.
    """

    target_years: FloatArray
    rise_years: FloatArray
    pace_years_per_year: FloatArray


def target_gap(baseline_gap: ArrayLike, factor: float = 2) -> FloatArray:
    """Gap aimed at: baseline gap / factor (factor 2 halves it).

    Raises:
        MeasureRefused: a baseline gap is missing or not above zero (there is nothing to halve), or the factor is not
            above 1.
    """
    gap = finite_array(baseline_gap, name="baseline gap")
    if np.any(gap <= 0):
        raise MeasureRefused(
            "The baseline gap is not above zero, so there is nothing to halve.",
            do="Choose another baseline period or definition, or check that the ends are not swapped.",
        )
    return np.asarray(gap / number(factor, name="factor that shrinks a gap", above=1))


def halving_path(
    mid_points: ArrayLike,
    *,
    baseline_gap: ArrayLike,
    baseline_mid_point: float,
    target_mid_point: float,
    factor: float = 2,
    shape: PathShape = "linear",
) -> FloatArray:
    """Gap on the path from the baseline gap G0 at t0 to G0 / f at T, years; shape of G0 followed by n times.

    Linear: G0 - (G0 - G0/f) (t - t0) / (T - t0). Geometric: G0 f^(-(t - t0) / (T - t0)), the same percentage a year.
    After T the path stays at the target; before t0 it stays at the baseline.

    Raises:
        MeasureRefused: no gap to halve, a factor not above 1, a target not after the baseline, an unknown shape, or a
            time that is missing.
    """
    _refuse_unknown(shape, PathShape, "shape of path")
    goal = target_gap(baseline_gap, factor)[..., None]
    duration = _years_between(baseline_mid_point, target_mid_point)
    elapsed = positive_array(mid_points, name="mid-point", element="period") - baseline_mid_point
    done = np.clip(elapsed / duration, 0, 1)
    start = np.asarray(baseline_gap, dtype=float)[..., None]
    if shape == "linear":
        return np.asarray(start - (start - goal) * done)
    return np.asarray(start * float(factor) ** -done)


def required_pace(gap: ArrayLike, goal: ArrayLike, *, from_mid_point: float, target_mid_point: float) -> FloatArray:
    """Constant pace that takes the gap to its goal in time: (goal - gap) / (T - t), years per year.

    Negative is narrowing. From the baseline gap and period it is the slope of the linear path; from the latest ones
    it is the pace still required, steeper if time was lost.

    Args:
        gap: gap at `from_mid_point`, years, any shape.
        goal: gap aimed at, years, same shape.
        from_mid_point: mid-point of the period that `gap` belongs to.
        target_mid_point: mid-point of the target period.

    Raises:
        MeasureRefused: a gap is missing, or the target period is not later.
    """
    aim, now = together(finite_array(goal, name="goal"), finite_array(gap, name="gap"))
    return np.asarray((aim - now) / _years_between(from_mid_point, target_mid_point))


def rich_end_path(
    rule: RichEndRule,
    mid_points: ArrayLike,
    *,
    baseline_value: ArrayLike,
    baseline_mid_point: float,
    own_pace: ArrayLike = 0.0,
    england_pace: ArrayLike = 0.0,
) -> FloatArray:
    """Rich end that the poor end is measured against, years; shape of `baseline_value` followed by n times.

    held: its baseline value R0. own-trend: max(R0, R0 + own pace (t - t0)). england: the same with England's pace.
    Never below the baseline value.

    Args:
        rule: "held", "own-trend" or "england".
        mid_points: n times, decimal years.
        baseline_value: R0, years of HLE, any shape.
        baseline_mid_point: t0.
        own_pace: trend of the rich end, years per year; used by `own-trend` only.
        england_pace: trend of England, years per year; used by `england` only.

    Raises:
        MeasureRefused: an unknown rule, or a value, time or pace that is missing.
    """
    _refuse_unknown(rule, RichEndRule, "rule for the rich end")
    own, england = (finite_array(pace, name="pace") for pace in (own_pace, england_pace))
    paces = {"held": np.zeros(()), "own-trend": own, "england": england}
    start = positive_array(baseline_value, name="value of the rich end")
    elapsed = positive_array(mid_points, name="mid-point", element="period") - number(
        baseline_mid_point, name="baseline mid-point", above=0
    )
    level, pace = together(start, paces[rule])
    return np.asarray(level[..., None] + np.maximum(0.0, pace[..., None] * elapsed))


def poor_end_task(
    *,
    rich_end_at_target: ArrayLike,
    baseline_gap: ArrayLike,
    poor_end: ArrayLike,
    from_mid_point: float,
    target_mid_point: float,
    factor: float = 2,
) -> PoorEndTask:
    """What the poor end must reach, rise by, and rise by each year: rich(T) - G0/f, minus its current value.

    Args:
        rich_end_at_target: rich end at the target period under a rule (`rich_end_path`), years, any shape.
        baseline_gap: G0, years, same shape.
        poor_end: current value of the poor end, years, same shape.
        from_mid_point: mid-point of the period of `poor_end`.
        target_mid_point: mid-point of the target period.
        factor: f, above 1.

    Raises:
        MeasureRefused: a value is missing, no gap to halve, a factor not above 1, or a target that is not later.
    """
    rich, goal, poor = together(
        positive_array(rich_end_at_target, name="value of the rich end"),
        target_gap(baseline_gap, factor),
        positive_array(poor_end, name="value of the poor end"),
    )
    target = rich - goal
    rise = np.asarray(target - poor)
    pace = np.asarray(rise / _years_between(from_mid_point, target_mid_point))
    return PoorEndTask(target_years=np.asarray(target), rise_years=rise, pace_years_per_year=pace)


def _years_between(start: float, end: float) -> float:
    if not number(start, name="mid-point", above=0) < number(end, name="mid-point", above=0):
        raise MeasureRefused(
            f"The target period (mid-point {end}) is not after the period it is reached from ({start}).",
            do="Choose a later target period.",
        )
    return end - start


def _refuse_unknown(word: str, known: object, what: str) -> None:
    words = get_args(known)
    if word not in words:
        raise MeasureRefused(f"'{word}' is no {what}.", do=f"Choose one of: {', '.join(words)}.")
