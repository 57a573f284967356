"""Rolling periods as numbers: their mid-points, how far they overlap, and when they are published.

A period of n calendar years is known by its mid-point: 2022 to 2024 runs from the start of 2022 to the end of 2024,
so its mid-point is 2023.5. Times are decimal years throughout this package.
"""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, number, positive_array, times, together

PERIOD_LENGTH_YEARS = 3
PUBLICATION_LAG_MONTHS = 14  # 2022 to 2024 ended in December 2024 and was published in February 2026


def mid_point(first_year: ArrayLike, last_year: ArrayLike) -> FloatArray:
    """Mid-point of periods given by their first and last calendar year, both in the period: (first + last + 1) / 2.

    Raises:
        MeasureRefused: a year is missing, or a period ends before it starts.
    """
    first, last = together(
        positive_array(first_year, name="first year", element="period"),
        positive_array(last_year, name="last year", element="period"),
    )
    if np.any(last < first):
        raise MeasureRefused("A period ends before it starts.", do="Give the first and the last year in that order.")
    return np.asarray((first + last + 1) / 2)


def overlap(mid_points: ArrayLike, length_years: float = PERIOD_LENGTH_YEARS) -> FloatArray:
    """Share of its years that each period has in common with each other, n by n: max(0, 1 - |ti - tj| / length).

    With independent yearly samples of equal size this is the correlation of the sampling errors: 1, 2/3, 1/3, 0
    for three-year periods.
    """
    length = number(length_years, name="length of a period", above=0)
    t = times(mid_points)
    return np.asarray(np.maximum(0.0, 1 - np.abs(t[:, None] - t[None, :]) / length))


def non_overlapping(mid_points: ArrayLike, length_years: float = PERIOD_LENGTH_YEARS) -> NDArray[np.intp]:
    """Positions, in time order, of periods without a common year, chosen backwards from the latest one.

    Raises:
        MeasureRefused: mid-points do not ascend.
    """
    length = number(length_years, name="length of a period", above=0)
    t = times(mid_points)
    kept: list[int] = []
    for position in range(len(t) - 1, -1, -1):
        if not kept or t[kept[-1]] - t[position] >= length - 1e-9:
            kept.append(position)
    return np.array(kept[::-1], dtype=np.intp)


def publication_month(
    period_mid_point: float,
    length_years: int = PERIOD_LENGTH_YEARS,
    lag_months: int = PUBLICATION_LAG_MONTHS,
) -> date:
    """First day of the month in which a period's figures appear, if the usual lag (a habit, not a promise) holds.

    Raises:
        MeasureRefused: the period is not made of whole calendar years, or the lag is negative.
    """
    half = count_of(length_years, name="length of a period") / 2
    year_after = count_of(number(period_mid_point, name="mid-point") + half, name="end of a calendar year")
    months = count_of(lag_months, name="lag in months", at_least=0)
    years, month = divmod(11 + months, 12)
    return date(year_after - 1 + years, month + 1, 1)
