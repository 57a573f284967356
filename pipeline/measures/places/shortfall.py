"""Who holds the shortfall: years below a floor times residents, by area, and how firmly an area holds its rank."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.gap.floor import areas_below_floor
from pipeline.measures.places.places import rank_interval, true_values_drawn
from pipeline.measures.refusals import number, positive_array, share_array


@dataclass(frozen=True)
class RankLimits:
    """95% limits of the rank of each holder by its shortfall; rank 1 is the largest."""

    rank_lci_95: FloatArray
    rank_uci_95: FloatArray


def shortfall_person_years(values: ArrayLike, populations: ArrayLike, floor: float) -> FloatArray:
    """Years below the floor times residents, one per area; 0 at or above the floor.

    Args:
        values: HLE, years, one per area.
        populations: residents of the sex, same shape.
        floor: years.

    Raises:
        MeasureRefused: as `areas_below_floor`; a value or a population is missing, zero or negative.
    """
    hle = positive_array(values, name="value", element="area")
    residents = positive_array(populations, name="population", element="area")
    return np.asarray(areas_below_floor(hle, residents, floor).shortfall_years * residents)


def fewest_that_hold(shares: ArrayLike, part: float = 0.5) -> int:
    """How many of the largest shares add up to this part of the whole.

    Args:
        shares: share of each area, 0 to 1, which add up to 1.
        part: between 0 and 1.

    Raises:
        MeasureRefused: a share is missing or outside 0 to 1, they do not add up to 1, or the part is not between 0 and 1.
    """
    held = share_array(shares, name="share", element="area")
    if held.ndim != 1 or not np.isclose(held.sum(), 1, atol=1e-4):
        raise MeasureRefused(f"Shares add up to {held.sum():g}, not to 1.", do="Give the share of every area.")
    wanted = number(part, name="part of the whole", above=0, below=1)
    return int(np.searchsorted(np.cumsum(np.sort(held)[::-1]), wanted - 1e-12)) + 1


def shortfall_ranks(
    values: ArrayLike,
    standard_errors: ArrayLike,
    populations: ArrayLike,
    floor: float,
    *,
    members: ArrayLike,
    generator: np.random.Generator,
    draws: int = 2_000,
) -> RankLimits:
    """How firmly each holder of shortfall keeps its rank, by simulation.

    Each draw gives every area a true value as `true_values_drawn` does, and each holder the shortfall of its members. Holders
    without shortfall share the rank after those that have some.

    Args:
        values: HLE, years, one per area.
        standard_errors: years, same shape.
        populations: residents of the sex, same shape.
        floor: years.
        members: 1 where a holder (row) holds an area (column), else 0; the identity for areas themselves.
        generator: seeded random generator, so that a rebuild gives the same figures.
        draws: number of draws, 100 or more.

    Raises:
        MeasureRefused: as `true_values_drawn` and `shortfall_person_years`; or `members` has another shape, or a holder
            without areas.
    """
    residents = positive_array(populations, name="population", element="area")
    holds = share_array(members, name="membership", element="area")
    drawn = true_values_drawn(values, standard_errors, generator=generator, draws=draws)
    if (
        residents.shape != drawn.shape[1:]
        or holds.ndim != 2
        or holds.shape[1:] != residents.shape
        or not holds.any(1).all()
    ):
        raise MeasureRefused(
            "Holders and areas do not fit together.", do="Give one row per holder, one column per area."
        )
    years = np.maximum(0, number(floor, name="floor", above=0) - drawn)
    held = (years * residents) @ holds.T
    ranks = (-held).argsort(axis=-1).argsort(axis=-1) + 1
    behind_all = (held > 0).sum(axis=-1, keepdims=True) + 1
    return RankLimits(*rank_interval(np.where(held > 0, ranks, behind_all)))
