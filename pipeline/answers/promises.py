"""What became of each promise, on its own metric, as far as our figures can follow it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.answers.deprivation import rows_of
from pipeline.processed import Tables
from pipeline.sources.promises import Promise


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A promise and what the figures did since its baseline, for one sex.

    Attributes:
        promise: the promise.
        sex: "female" or "male".
        period: the latest period.
        gap_then: gap at the baseline, years.
        gap_now: the latest gap, years.
        gap_wanted: the gap that keeps the promise: at most this many years.
        level_change_years: change of England's HLE at birth since the baseline.
    """

    promise: Promise
    sex: str
    period: str
    gap_then: float
    gap_now: float
    gap_wanted: float
    level_change_years: float


def followed(tables: Tables, promises: Iterable[Promise], *, sex: str) -> list[Followed]:
    """Each promise that our figures can follow, in order, for one sex.

    Raises:
        UsageError: the figures lack a baseline.
    """
    return [_followed(tables, promise, sex) for promise in promises if promise.followed]


def _followed(tables: Tables, promise: Promise, sex: str) -> Followed:
    gaps = rows_of(tables.table("gaps"), definition=promise.gap_definition, sex=sex).set_index("period")["gap_years"]
    levels = rows_of(tables.england(), sex=sex).set_index("period")["hle_years"]
    latest = str(max(gaps.index))
    then = float(gaps[promise.baseline])
    return Followed(
        promise=promise,
        sex=sex,
        period=latest,
        gap_then=then,
        gap_now=float(gaps[latest]),
        gap_wanted=float(promise.gap_left) * then,
        level_change_years=float(levels[max(levels.index)] - levels[promise.baseline]),
    )
