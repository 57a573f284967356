"""Rolling periods as numbers: their mid-points, how far they overlap, and when they are published.

A period of n calendar years is known by its mid-point: 2022 to 2024 runs from the start of 2022 to the end of 2024,
so its mid-point is 2023.5. Times are decimal years throughout this package.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.difference import FloatArray

PERIOD_LENGTH_YEARS = 3
PUBLICATION_LAG_MONTHS = 14  # 2022 to 2024 ended in December 2024 and was published in February 2026


def mid_point(first_year: ArrayLike, last_year: ArrayLike) -> FloatArray:
    """Return the mid-point of periods given by their first and last calendar year: (first + last + 1) / 2.

    Args:
        first_year: first calendar years, any shape.
        last_year: last calendar years, same shape; the year itself belongs to the period.

    Raises:
        MeasureRefused: a period ends before it starts.
    """
    first, last = np.asarray(first_year, dtype=float), np.asarray(last_year, dtype=float)
    if np.any(last < first):
        raise MeasureRefused("A period ends before it starts.", do="Give the first and the last year in that order.")
    return np.asarray((first + last + 1) / 2)


def overlap(mid_points: ArrayLike, length_years: float = PERIOD_LENGTH_YEARS) -> FloatArray:
    """Return the share of its years that each period has in common with each other: max(0, 1 - |ti - tj| / length).

    With independent yearly samples of equal size this is the correlation of the sampling errors: 1, 2/3, 1/3, 0
    for three-year periods.

    Args:
        mid_points: n mid-points, decimal years.
        length_years: length of every period.

    Returns:
        Matrix n by n.
    """
    t = np.asarray(mid_points, dtype=float)
    return np.asarray(np.maximum(0.0, 1 - np.abs(t[:, None] - t[None, :]) / length_years))


def non_overlapping(
    mid_points: ArrayLike, count: int | None = None, length_years: float = PERIOD_LENGTH_YEARS
) -> NDArray[np.intp]:
    """Return the positions, in time order, of periods without a common year, chosen backwards from the latest one.

    Args:
        mid_points: ascending mid-points, decimal years.
        count: how many to keep, the latest ones; all if not given.
        length_years: length of every period.

    Raises:
        MeasureRefused: mid-points do not ascend, or there are fewer such periods than `count`.
    """
    t = np.asarray(mid_points, dtype=float)
    if np.any(np.diff(t) <= 0):
        raise MeasureRefused("Periods are not in time order.", do="Sort the series by period first.")
    kept: list[int] = []
    for position in range(len(t) - 1, -1, -1):
        if not kept or t[kept[-1]] - t[position] >= length_years - 1e-9:
            kept.append(position)
    if count is not None and len(kept) < count:
        raise MeasureRefused(
            f"The series holds {len(kept)} periods without a common year; {count} were asked for.",
            do="Give a longer series or ask for fewer periods.",
        )
    return np.array(kept[:count][::-1], dtype=np.intp)


def publication_month(
    period_mid_point: float,
    length_years: float = PERIOD_LENGTH_YEARS,
    lag_months: int = PUBLICATION_LAG_MONTHS,
) -> date:
    """Return the first day of the month in which a period's figures appear, if the usual lag holds.

    Args:
        period_mid_point: mid-point of the period, decimal years; the period must end with a calendar year.
        length_years: length of the period.
        lag_months: months from the end of the period to its publication. An observed habit, not a promise.
    """
    last_december = round(period_mid_point + length_years / 2) - 1
    years, month = divmod(11 + lag_months, 12)
    return date(last_december + years, month + 1, 1)
