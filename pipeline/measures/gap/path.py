"""The path that halves a gap: where it should stand, how fast it must close, and what that asks of the poor end.

A fall of the rich end never counts as progress: every rule keeps the rich end at or above its baseline value.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import FloatArray

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
    """Return the gap aimed at: baseline gap / factor (factor 2 halves it).

    Raises:
        MeasureRefused: a baseline gap is not above zero (there is nothing to halve), or the factor is not above 1.
    """
    gap = np.asarray(baseline_gap, dtype=float)
    if np.any(gap <= 0):
        raise MeasureRefused(
            "The baseline gap is not above zero, so there is nothing to halve.",
            do="Choose another baseline period or definition, or check that the ends are not swapped.",
        )
    if factor <= 1:
        raise MeasureRefused(f"A gap divided by {factor} does not shrink.", do="Give a factor above 1; 2 halves it.")
    return np.asarray(gap / factor)


def halving_path(
    mid_points: ArrayLike,
    *,
    baseline_gap: ArrayLike,
    baseline_mid_point: float,
    target_mid_point: float,
    factor: float = 2,
    shape: PathShape = "linear",
) -> FloatArray:
    """Return the gap on the path from the baseline gap G0 at t0 to G0 / f at T.

    Linear: G0 - (G0 - G0/f) (t - t0) / (T - t0). Geometric: G0 f^(-(t - t0) / (T - t0)), the same percentage a year.
    After T the path stays at the target; before t0 it stays at the baseline.

    Args:
        mid_points: n times, decimal years.
        baseline_gap: G0, years, any shape.
        baseline_mid_point: t0.
        target_mid_point: T.
        factor: f, above 1.
        shape: "linear" or "geometric".

    Returns:
        Years; shape of `baseline_gap` followed by n.

    Raises:
        MeasureRefused: no gap to halve, a factor not above 1, a target not after the baseline, an unknown shape.
    """
    _refuse_unknown(shape, PathShape, "shape of path")
    goal = target_gap(baseline_gap, factor)[..., None]
    start = np.asarray(baseline_gap, dtype=float)[..., None]
    elapsed = np.asarray(mid_points, dtype=float) - baseline_mid_point
    done = np.clip(elapsed / _years_between(baseline_mid_point, target_mid_point), 0, 1)
    if shape == "linear":
        return np.asarray(start - (start - goal) * done)
    return np.asarray(start * float(factor) ** -done)


def required_pace(gap: ArrayLike, goal: ArrayLike, *, from_mid_point: float, target_mid_point: float) -> FloatArray:
    """Return the constant pace that takes the gap to its goal in time: (goal - gap) / (T - t), years per year.

    Negative is narrowing. From the baseline gap and period it is the slope of the linear path; from the latest ones
    it is the pace still required, steeper if time was lost.

    Args:
        gap: gap at `from_mid_point`, years, any shape.
        goal: gap aimed at, years, same shape.
        from_mid_point: mid-point of the period that `gap` belongs to.
        target_mid_point: mid-point of the target period.

    Raises:
        MeasureRefused: the target period is not later.
    """
    change = np.asarray(goal, dtype=float) - np.asarray(gap, dtype=float)
    return np.asarray(change / _years_between(from_mid_point, target_mid_point))


def rich_end_path(
    rule: RichEndRule,
    mid_points: ArrayLike,
    *,
    baseline_value: ArrayLike,
    baseline_mid_point: float,
    own_pace: ArrayLike = 0.0,
    england_pace: ArrayLike = 0.0,
) -> FloatArray:
    """Return the rich end that the poor end is measured against, under one of three rules.

    held: its baseline value R0. own-trend: max(R0, R0 + own pace (t - t0)). england: the same with England's pace.

    Args:
        rule: "held", "own-trend" or "england".
        mid_points: n times, decimal years.
        baseline_value: R0, years of HLE, any shape.
        baseline_mid_point: t0.
        own_pace: trend of the rich end, years per year; used by `own-trend` only.
        england_pace: trend of England, years per year; used by `england` only.

    Returns:
        Years; shape of `baseline_value` followed by n. Never below the baseline value.

    Raises:
        MeasureRefused: an unknown rule.
    """
    _refuse_unknown(rule, RichEndRule, "rule for the rich end")
    paces: dict[str, ArrayLike] = {"held": 0.0, "own-trend": own_pace, "england": england_pace}
    start = np.asarray(baseline_value, dtype=float)
    pace = np.broadcast_to(np.asarray(paces[rule], dtype=float), start.shape)[..., None]
    elapsed = np.asarray(mid_points, dtype=float) - baseline_mid_point
    return np.asarray(start[..., None] + np.maximum(0.0, pace * elapsed))


def poor_end_task(
    *,
    rich_end_at_target: ArrayLike,
    baseline_gap: ArrayLike,
    poor_end: ArrayLike,
    from_mid_point: float,
    target_mid_point: float,
    factor: float = 2,
) -> PoorEndTask:
    """Return what the poor end must reach, rise by, and rise by each year: rich(T) - G0/f, minus its current value.

    Args:
        rich_end_at_target: rich end at the target period under a rule (`rich_end_path`), years, any shape.
        baseline_gap: G0, years, same shape.
        poor_end: current value of the poor end, years, same shape.
        from_mid_point: mid-point of the period of `poor_end`.
        target_mid_point: mid-point of the target period.
        factor: f, above 1.

    Raises:
        MeasureRefused: no gap to halve, a factor not above 1, or a target that is not later.
    """
    target = np.asarray(rich_end_at_target, dtype=float) - target_gap(baseline_gap, factor)
    rise = np.asarray(target - np.asarray(poor_end, dtype=float))
    pace = np.asarray(rise / _years_between(from_mid_point, target_mid_point))
    return PoorEndTask(target_years=np.asarray(target), rise_years=rise, pace_years_per_year=pace)


def _years_between(start: float, end: float) -> float:
    if end <= start:
        raise MeasureRefused(
            f"The target period (mid-point {end}) is not after the period it is reached from ({start}).",
            do="Choose a later target period.",
        )
    return end - start


def _refuse_unknown(word: str, known: object, what: str) -> None:
    words = get_args(known)
    if word not in words:
        raise MeasureRefused(f"'{word}' is no {what}.", do=f"Choose one of: {', '.join(words)}.")
