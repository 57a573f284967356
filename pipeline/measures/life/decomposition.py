"""Decomposition of a difference in healthy life expectancy: how much is mortality, how much is health."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.life.life_table import LifeTable, next_band
from pipeline.measures.life.sullivan import healthy_life_expectancy
from pipeline.measures.refusals import FloatArray, positive_array, refuse_where, share_array, together


@dataclass(frozen=True)
class StepwiseDecomposition:
    """A difference in HLE at birth, split by age into mortality and health; second table minus first, years.

    Attributes:
        difference_years: the whole difference (...); positive means that the second table has more healthy years.
        mortality_years: part of each age band that comes from different death rates (..., ages).
        health_years: part of each age band that comes from different shares in good health (..., ages).
    """

    difference_years: FloatArray
    mortality_years: FloatArray
    health_years: FloatArray


@dataclass(frozen=True)
class MidpointSplit:
    """A difference in HLE, split into length of life and share of it in good health; second minus first, years.

    Attributes:
        difference_years: the whole difference (...).
        mortality_years: part from different life expectancy, at the mean share in good health (...).
        health_years: part from different shares in good health, at the mean life expectancy (...).
    """

    difference_years: FloatArray
    mortality_years: FloatArray
    health_years: FloatArray


def stepwise_decomposition(
    *, first: LifeTable, first_shares: ArrayLike, second: LifeTable, second_shares: ArrayLike
) -> StepwiseDecomposition:
    """Symmetrised stepwise decomposition of HLE at birth by age into mortality and health.

    Formula, with P = L / l years lived in the band by those who reach it, π the share in good health, H the HLE
    at the next band, and 1, 2 for the tables (l per person born):
        health    = ¼ (l1 + l2) (P1 + P2) (π2 - π1)
        mortality = ¼ (l1 + l2) (P2 - P1) (π1 + π2) + ½ (H1 l2 + H2 l1) (q1 - q2)
    It replaces the first table's rates by the second's one age after another, takes the mean over both
    directions, and within an age the mean over both orders of mortality and health. The parts sum exactly to the
    difference, and change sign with the order of the tables. With shares of 1 it decomposes life expectancy.

    Not checked: causes. A part says at which age, and by which of the two, the tables differ; not why.

    Args:
        first: life table or tables (..., ages).
        first_shares: share in good health, 0 to 1, same shape or one that broadcasts.
        second: life table or tables on the same age bands.
        second_shares: its shares in good health.

    Returns:
        StepwiseDecomposition, years.

    Raises:
        MeasureRefused: the tables have different age bands, or a share is missing or outside 0 to 1.

    Source: Andreev, Shkolnikov and Begun (2002), Demographic Research 7(14). Preferred to Nusselder and Looman
    (2004), whose mortality part is known to be flawed.
    """
    _refuse_unlike_bands(first, second)
    first_hle = healthy_life_expectancy(first, first_shares)
    second_hle = healthy_life_expectancy(second, second_shares)
    l1, l2 = _per_birth(first), _per_birth(second)
    lived1, lived2 = first.person_years / first.survivors, second.person_years / second.survivors
    share1 = first_hle.healthy_person_years / first.person_years
    share2 = second_hle.healthy_person_years / second.person_years
    next1 = next_band(first_hle.healthy_life_expectancy_years)
    next2 = next_band(second_hle.healthy_life_expectancy_years)

    health = health_part_by_age(first=first, first_shares=share1, second=second, second_shares=share2)
    mortality = (l1 + l2) * (lived2 - lived1) * (share1 + share2) / 4
    mortality = mortality + (next1 * l2 + next2 * l1) * (
        first.probabilities_of_dying - second.probabilities_of_dying
    ) / 2  # fmt: skip
    difference = second_hle.healthy_life_expectancy_years[..., 0] - first_hle.healthy_life_expectancy_years[..., 0]
    return StepwiseDecomposition(
        difference_years=np.asarray(difference),
        mortality_years=np.asarray(mortality),
        health_years=np.asarray(health),
    )


def health_part_by_age(
    *, first: LifeTable, first_shares: ArrayLike, second: LifeTable, second_shares: ArrayLike
) -> FloatArray:
    """Part of a difference in HLE at birth that comes from different shares in good health, by age (..., ages), years.

    Formula: ¼ (l1 + l2) (P1 + P2) (π2 - π1), as in `stepwise_decomposition`. Where only one life table is known, give it
    twice: deaths are then held as they are, the part is L (π2 - π1) / l_0, and parts of successive periods add up.

    Args:
        first: life table (..., ages).
        first_shares: share in good health, 0 to 1 (..., ages); may have more leading axes than the table.
        second: life table on the same age bands.
        second_shares: its shares in good health.

    Raises:
        MeasureRefused: the tables have different age bands, or a share is missing or outside 0 to 1.
    """
    _refuse_unlike_bands(first, second)
    share1, share2 = (
        share_array(shares, name="share in good health", element="age band") for shares in (first_shares, second_shares)
    )
    survivors = _per_birth(first) + _per_birth(second)
    lived = first.person_years / first.survivors + second.person_years / second.survivors
    survivors, lived, share1, share2 = together(survivors, lived, share1, share2)
    return np.asarray(survivors * lived * (share2 - share1) / 4)


def midpoint_split(
    *,
    first_le_years: ArrayLike,
    first_hle_years: ArrayLike,
    second_le_years: ArrayLike,
    second_hle_years: ArrayLike,
) -> MidpointSplit:
    """Split of a difference in HLE where only LE and HLE are known.

    Formula: HLE = LE · s, s the share of life in good health; ΔHLE = s̄ ΔLE + L̄E Δs, bars for the mean of the two.
    The parts sum exactly to the difference. The share s moves also when deaths move between ages that differ in
    health, so the health part is not free of mortality; the stepwise decomposition is, and needs tables by age.

    Args:
        first_le_years: life expectancy of the first area (the worse-off end, for a gap), years (...).
        first_hle_years: its healthy life expectancy.
        second_le_years: life expectancy of the second area (the better-off end).
        second_hle_years: its healthy life expectancy.

    Raises:
        MeasureRefused: a figure is missing, a life expectancy is zero or negative, or HLE exceeds LE. The
            position is named.

    Source: Kitagawa (1955), Journal of the American Statistical Association 50, applied to LE and share.
    """
    le1, le2 = (positive_array(le, name="life expectancy", element="pair") for le in (first_le_years, second_le_years))
    hle1, hle2 = (
        positive_array(hle, name="healthy life expectancy", element="pair")
        for hle in (first_hle_years, second_hle_years)
    )
    le1, hle1, le2, hle2 = together(le1, hle1, le2, hle2)
    for hle, le in ((hle1, le1), (hle2, le2)):
        refuse_where(
            np.asarray((hle > le) | (hle < 0)),
            what="Healthy life expectancy lies below zero or above life expectancy.",
            element="pair",
            do="Check that LE and HLE are of the same area, sex and period, and not swapped.",
        )
    share1, share2 = hle1 / le1, hle2 / le2
    return MidpointSplit(
        difference_years=np.asarray(hle2 - hle1),
        mortality_years=np.asarray((share1 + share2) / 2 * (le2 - le1)),
        health_years=np.asarray((le1 + le2) / 2 * (share2 - share1)),
    )


def _refuse_unlike_bands(first: LifeTable, second: LifeTable) -> None:
    if not np.array_equal(first.ages, second.ages):
        raise MeasureRefused(
            "The two life tables have different age bands.", do="Bring both to the same bands before comparing them."
        )


def _per_birth(table: LifeTable) -> FloatArray:
    return np.asarray(table.survivors / table.survivors[..., :1])
