"""The floor: which areas lie below the value that halving asks of everyone, by how much, and has any risen as fast.

The floor is rich(T) - G0/f. With the rich end held at its baseline and f = 2 it is the midpoint of the two ends, the
rule with which Nesta arrives at a floor of 61 years.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, finite_array, number, positive_array, refuse_where, times, together


@dataclass(frozen=True)
class FloorTask:
    """What lifting every area to the floor asks.

    Attributes:
        below: which areas lie below the floor.
        shortfall_years: floor minus value where below, else 0; years.
        area_count: number of areas below.
        people: population of the areas below.
    """

    below: NDArray[np.bool_]
    shortfall_years: FloatArray
    area_count: int
    people: float


@dataclass(frozen=True)
class SustainedRise:
    """The fastest rise that any area kept up over a stated number of non-overlapping periods.

    Attributes:
        area_position: row of the area.
        first_position: position of the first period of its run.
        last_position: position of the last period of its run.
        pace_years_per_year: (last - first) / years between the mid-points.
        pace_se: standard error of that pace for this one area; picking the fastest of many overstates it further.
    """

    area_position: int
    first_position: int
    last_position: int
    pace_years_per_year: float
    pace_se: float


def areas_below_floor(values: ArrayLike, populations: ArrayLike, floor: float) -> FloorTask:
    """Areas strictly below a floor, each one's shortfall in years, their number and their people.

    Values are published with one decimal, so the floor is compared on that decimal: an area at 59.0 is not below a
    floor of 59.00002. The shortfall is taken from the floor as it is.

    Args:
        values: one HLE per area, years. Areas without a figure (NaN) are not counted as below.
        populations: residents per area, same shape (of the sex in question, or all).
        floor: years.

    Raises:
        MeasureRefused: the floor or a value is not finite, lengths differ, or an area below the floor has no population.
    """
    hle, residents = np.asarray(values, dtype=float), np.asarray(populations, dtype=float)
    exact = number(floor, name="floor", above=0)
    refuse_where(np.isinf(hle) | (hle < 0), what="A value is negative or infinite.", element="area")
    if hle.shape != residents.shape or not hle.size:
        raise MeasureRefused(
            f"{hle.size} values came with {residents.size} populations.", do="Give one population per area."
        )
    below = _published(hle) < _published(exact)
    people = np.append(residents[below], 1.0)
    if not (np.all(people > 0) and np.all(np.isfinite(people))):
        raise MeasureRefused("An area below the floor has no population.", do="Join the populations again.")
    shortfall = np.where(below, exact - hle, 0.0)
    return FloorTask(
        below=below, shortfall_years=shortfall, area_count=int(below.sum()), people=float(residents[below].sum())
    )


def fastest_sustained_rise(
    values: ArrayLike,
    standard_errors: ArrayLike,
    mid_points: ArrayLike,
    *,
    period_count: int = 3,
    length_years: int = 3,
) -> SustainedRise:
    """Fastest rise of any area over `period_count` consecutive non-overlapping periods, rising every time.

    Every possible start is tried. One lucky pair of periods does not count: with the default of three periods the
    area must have risen twice running, over six years from first to last mid-point.

    Args:
        values: HLE, years, areas by periods; periods one year apart, ascending.
        standard_errors: same shape.
        mid_points: n periods, decimal years.
        period_count: periods in a run, at least 2.
        length_years: length of every period, and so the step of a run.

    Raises:
        MeasureRefused: a figure is missing, periods are not one year apart, the series is too short, or no area rose
            every time.

    What it cannot say: the fastest of many noisy series is partly luck, so the figure flatters what is possible.
    """
    hle, se = together(
        finite_array(values, name="value", element="period"),
        positive_array(standard_errors, name="standard error", element="period"),
    )
    t, step = times(mid_points), count_of(length_years, name="length of a period")
    span = step * (count_of(period_count, name="number of periods in a run", at_least=2) - 1)
    if hle.ndim != 2 or hle.shape[1] != t.size or span >= t.size or not np.allclose(np.diff(t), 1):
        raise MeasureRefused(
            f"A run of {period_count} non-overlapping periods does not fit a series of {hle.shape[-1:]} periods.",
            do="Give areas by yearly periods, and ask for a run within the series.",
        )
    starts = np.arange(t.size - span)
    runs = hle[:, starts[:, None] + step * np.arange(period_count)]
    rose_every_time = np.all(np.diff(runs, axis=-1) > 0, axis=-1)
    if not rose_every_time.any():
        raise MeasureRefused("No area rose every time over such a run.", do="Ask for a shorter run.")
    ranked = np.where(rose_every_time, (runs[..., -1] - runs[..., 0]) / span, -np.inf)
    area, start = (int(i) for i in np.unravel_index(np.argmax(ranked), ranked.shape))
    error = np.hypot(se[area, start], se[area, start + span]) / span
    return SustainedRise(area, start, start + span, float(ranked[area, start]), float(error))


def _published(years: ArrayLike) -> FloatArray:
    # half away from zero, as the figures are printed; 63.7 - 1.8 is a hair above 61.9 in binary
    return np.asarray(np.floor(np.asarray(years, dtype=float) * 10 + 0.5 + 1e-6))
