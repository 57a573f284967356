"""Life tables, abridged or by single year: from deaths or death rates to life expectancy and its variance.

Age bands stand on the last axis, youngest first, the last one open-ended. Every other axis is an area, a sex or a
period, and all tables are computed at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import interval_from_standard_error
from pipeline.measures.refusals import (
    FloatArray,
    finite_array,
    non_negative_array,
    positive_array,
    refuse_where,
    share_array,
    together,
)

ABRIDGED_AGES = np.array([0, 1, *range(5, 95, 5)], dtype=float)
"""First years of the 20 usual age bands: under 1, 1 to 4, 5 to 9 … 85 to 89, 90 and over."""

RADIX = 100_000.0
"""Newborn babies with whom every table starts."""

INFANT_FRACTION = 0.1
"""Share of the first year lived, on average, by those who die in it."""


@dataclass(frozen=True)
class LifeTable:
    """A life table; arrays (..., ages) unless said otherwise.

    Attributes:
        ages: first year of each band (ages).
        widths: years in each band (ages); infinite for the open one.
        fractions: a, the share of a band lived on average by those who die in it.
        death_rates: m, deaths per person-year.
        probabilities_of_dying: q, chance of dying in the band for those who reach it; 1 in the open band.
        survivors: l, of 100,000 born, who reach the band.
        deaths: d, of 100,000 born, who die in the band.
        person_years: L, years that the 100,000 live in the band.
        person_years_above: T, years that they live in the band and after.
        life_expectancy_years: e, years that those who reach the band have left on average.
        probability_variance: variance of q; 0 in the open band; NaN throughout without counts of deaths.
        open_band_variance: variance of the years left at the open band (...); NaN without counts of deaths.
        life_expectancy_variance: variance of e, years squared; NaN without counts of deaths.
    """

    ages: FloatArray
    widths: FloatArray
    fractions: FloatArray
    death_rates: FloatArray
    probabilities_of_dying: FloatArray
    survivors: FloatArray
    deaths: FloatArray
    person_years: FloatArray
    person_years_above: FloatArray
    life_expectancy_years: FloatArray
    probability_variance: FloatArray
    open_band_variance: FloatArray
    life_expectancy_variance: FloatArray

    def interval(self, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Normal interval of life expectancy as (lower, upper), years, both (..., ages)."""
        return interval_from_standard_error(
            self.life_expectancy_years, np.sqrt(self.life_expectancy_variance), confidence
        )


def life_table(
    *,
    ages: ArrayLike,
    deaths: ArrayLike,
    populations: ArrayLike,
    infant_fraction: ArrayLike = INFANT_FRACTION,
) -> LifeTable:
    """Life table of deaths and person-years, with variances.

    Formula: m = D / P, then as `life_table_from_rates`.

    Args:
        ages: first year of each band (ages), ascending; the last band is open.
        deaths: counts over the whole period (..., ages).
        populations: person-years over the same period (three mid-year populations summed, for three years).
        infant_fraction: a of the first year of life, between 0 and 1, single or one per table (...).

    Raises:
        MeasureRefused: a population is zero, negative or missing; a count of deaths is negative or missing; the
            open band has no deaths (nobody would ever die); deaths so many that q would exceed 1; bands or
            fractions make no sense. The position is named.
    """
    counts = non_negative_array(deaths, name="count of deaths", element="age band")
    people = positive_array(populations, name="population", element="age band")
    counts, people = together(counts, people)
    return life_table_from_rates(
        ages=ages, death_rates=counts / people, infant_fraction=infant_fraction, death_counts=counts
    )


def life_table_from_rates(
    *,
    ages: ArrayLike,
    death_rates: ArrayLike,
    infant_fraction: ArrayLike = INFANT_FRACTION,
    death_counts: ArrayLike | None = None,
) -> LifeTable:
    """Life table of death rates.

    Formula: q = n m / (1 + n (1 - a) m), 1 in the open band; a = 1/2, but `infant_fraction` in the first year of
    life; l = 100,000 Π (1 - q); d = l q; L = n (l_next + a d), in the open band l / m; e = Σ L / l.
    Var(e_x) = Σ l² ((1 - a) n + e_next)² Var(q) / l_x², with Var(q) = q² (1 - q) / D and, for the open band, the
    variance of the years left there, Var(1/m) = 1 / (D m²): Silcocks' term 4 / (D m²) with weight (l / 2)².

    Not checked: that death rates rise with age, or that deaths and person-years cover the same people. Deaths are
    taken as independent between bands; a band without deaths adds no variance.

    Args:
        ages: as `life_table`.
        death_rates: m, deaths per person-year (..., ages).
        infant_fraction: as `life_table`.
        death_counts: deaths behind the rates, for the variances; without them variances are NaN.

    Raises:
        MeasureRefused: as `life_table`.

    Source: Chiang (1984), The Life Table and Its Applications; Silcocks, Jenner and Reza (2001), Journal of
    Epidemiology and Community Health 55, for the open band; as OHID's `phe_life_expectancy`.
    """
    rates = non_negative_array(death_rates, name="death rate", element="age band")
    starts, widths = _bands(ages, rates.shape)
    fractions = _fractions(starts, widths, rates.shape, infant_fraction)
    closed, n = rates[..., :-1], widths[:-1]
    q = n * closed / (1 + n * (1 - fractions[..., :-1]) * closed)
    return _assembled(
        starts=starts, widths=widths, fractions=fractions, closed_q=q, rates=rates, death_counts=death_counts
    )


def life_table_from_probabilities(
    *,
    ages: ArrayLike,
    probabilities_of_dying: ArrayLike,
    open_band_death_rate: ArrayLike,
    infant_fraction: ArrayLike = INFANT_FRACTION,
    death_counts: ArrayLike | None = None,
) -> LifeTable:
    """Life table of published probabilities of dying.

    Formula: L and e as in `LifeTable`; m = q / (n (1 - (1 - a) q)) so that rate and probability agree.

    Args:
        ages: as `life_table`.
        probabilities_of_dying: q (..., ages); the open band's entry is ignored, for everybody dies there.
        open_band_death_rate: m of the open band, deaths per person-year (...).
        infant_fraction: as `life_table`.
        death_counts: as `life_table_from_rates`.

    Raises:
        MeasureRefused: a probability is missing or outside 0 to 1; otherwise as `life_table`.
    """
    q = share_array(np.atleast_1d(probabilities_of_dying)[..., :-1], name="probability of dying", element="age band")
    shape = (*q.shape[:-1], q.shape[-1] + 1)
    starts, widths = _bands(ages, shape)
    fractions = _fractions(starts, widths, shape, infant_fraction)
    open_rate = positive_array(open_band_death_rate, name="death rate of the open band", element="table")
    if open_rate.shape not in ((), shape[:-1]):
        raise MeasureRefused("Death rates of the open band do not fit the tables.", do="Give one per table.")
    last = np.broadcast_to(open_rate, shape[:-1])[..., None]
    closed = q / (widths[:-1] * (1 - (1 - fractions[..., :-1]) * q))
    rates = finite_array(np.concatenate([closed, last], axis=-1), name="death rate", element="age band")
    return _assembled(
        starts=starts, widths=widths, fractions=fractions, closed_q=q, rates=rates, death_counts=death_counts
    )


def summed_from_oldest(values: FloatArray) -> FloatArray:
    """Sum over each age band and all older ones, same shape."""
    return np.asarray(np.cumsum(values[..., ::-1], axis=-1)[..., ::-1])


def next_band(values: FloatArray) -> FloatArray:
    """Value of the next older band in each band's place, 0 in the open band's; same shape."""
    return np.concatenate([values[..., 1:], np.zeros_like(values[..., :1])], axis=-1)


def _assembled(
    *,
    starts: FloatArray,
    widths: FloatArray,
    fractions: FloatArray,
    closed_q: FloatArray,
    rates: FloatArray,
    death_counts: ArrayLike | None,
) -> LifeTable:
    refuse_where(
        closed_q >= 1,
        what="Nobody would survive this age band.",
        element="age band",
        do="Check that deaths and person-years cover the same people and years.",
    )
    lives_for_ever = np.zeros(rates.shape, dtype=bool)
    lives_for_ever[..., -1] = rates[..., -1] <= 0
    refuse_where(
        lives_for_ever,
        what="The open age band has no deaths, so its people would live for ever.",
        element="age band",
        do="Start the open band at a younger age, or add years.",
    )
    q = np.concatenate([closed_q, np.ones_like(closed_q[..., :1])], axis=-1)
    survivors = RADIX * np.cumprod(np.concatenate([np.ones_like(closed_q[..., :1]), 1 - closed_q], axis=-1), axis=-1)
    deaths = survivors * q
    n = widths[:-1]
    person_years = np.empty_like(survivors)
    person_years[..., :-1] = n * (survivors[..., 1:] + fractions[..., :-1] * deaths[..., :-1])
    person_years[..., -1] = survivors[..., -1] / rates[..., -1]
    above = summed_from_oldest(person_years)
    expectancy = above / survivors

    q_variance, open_variance = _mortality_variances(q, rates, death_counts)
    years_lost = np.zeros_like(q)
    years_lost[..., :-1] = (1 - fractions[..., :-1]) * n + expectancy[..., 1:]
    parts = survivors**2 * years_lost**2 * q_variance
    parts[..., -1] = survivors[..., -1] ** 2 * open_variance
    return LifeTable(
        ages=starts, widths=widths, fractions=fractions, death_rates=rates, probabilities_of_dying=q,
        survivors=survivors, deaths=deaths, person_years=person_years, person_years_above=above,
        life_expectancy_years=expectancy, probability_variance=q_variance, open_band_variance=open_variance,
        life_expectancy_variance=summed_from_oldest(parts) / survivors**2,
    )  # fmt: skip


def _bands(ages: ArrayLike, shape: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    starts = finite_array(ages, name="first year of an age band", element="age band")
    if starts.ndim != 1 or shape[-1:] != starts.shape or starts.size < 2 or np.any(np.diff(starts, prepend=-1) <= 0):
        raise MeasureRefused(
            f"Age bands of shape {starts.shape} do not fit figures of shape {shape}.",
            do="Give one ascending first year per band, two bands at least, with ages on the last axis.",
        )
    return starts, np.append(np.diff(starts), np.inf)


def _fractions(
    starts: FloatArray, widths: FloatArray, shape: tuple[int, ...], infant_fraction: ArrayLike
) -> FloatArray:
    infant = share_array(infant_fraction, name="share of the first year lived by those who die in it", element="table")
    if infant.shape not in ((), shape[:-1]):
        raise MeasureRefused("Shares of the first year do not fit the tables.", do="Give one, or one per table.")
    fractions = np.full(shape, 0.5)
    if starts[0] == 0 and widths[0] == 1:
        fractions[..., 0] = infant
    return fractions


def _mortality_variances(
    q: FloatArray, rates: FloatArray, death_counts: ArrayLike | None
) -> tuple[FloatArray, FloatArray]:
    """Var(q) = q² (1 - q) / D and, for the open band, Var(1 / m) = 1 / (D m²)."""
    if death_counts is None:
        return np.full_like(q, np.nan), np.full(q.shape[:-1], np.nan)
    counts, _ = together(non_negative_array(death_counts, name="count of deaths", element="age band"), q)
    if np.any(counts[..., -1] == 0):
        raise MeasureRefused(
            "The open age band has a death rate but no deaths.", do="Give the deaths behind the rates."
        )
    # A band without deaths has q = 0 and, in this estimate, no variance of it.
    variance = q**2 * (1 - q) / np.where(counts > 0, counts, 1)
    open_variance = 1 / (counts[..., -1] * rates[..., -1] ** 2)
    return np.asarray(variance), np.asarray(open_variance)
