"""Sullivan's method: healthy life expectancy from a life table and the share in good health at each age."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import interval_from_standard_error
from pipeline.measures.life.life_table import LifeTable, next_band, summed_from_oldest
from pipeline.measures.refusals import (
    FloatArray,
    finite_array,
    non_negative_array,
    positive_array,
    share_array,
    together,
)


@dataclass(frozen=True)
class HealthyLifeExpectancy:
    """Healthy life expectancy at every age; arrays (..., ages).

    Attributes:
        healthy_person_years: years in good health that 100,000 born live in the band.
        healthy_life_expectancy_years: years in good health that those who reach the band have left; high is good.
        proportion_in_good_health: those years as a share of all years left, 0 to 1.
        prevalence_variance: part of the variance from the shares in good health, years squared; NaN if unknown.
        mortality_variance: part from the deaths, years squared; NaN if unknown.
    """

    healthy_person_years: FloatArray
    healthy_life_expectancy_years: FloatArray
    proportion_in_good_health: FloatArray
    prevalence_variance: FloatArray
    mortality_variance: FloatArray

    @property
    def variance(self) -> FloatArray:
        """Both parts together, years squared (..., ages)."""
        return np.asarray(self.prevalence_variance + self.mortality_variance)

    def interval(
        self, confidence: float = 0.95, *, part: Literal["both", "prevalence"] = "both"
    ) -> tuple[FloatArray, FloatArray]:
        """Normal interval as (lower, upper), years, both (..., ages).

        Args:
            confidence: coverage.
            part: "prevalence" leaves mortality out, as ONS and OHID do in what they publish.
        """
        variance = self.variance if part == "both" else self.prevalence_variance
        return interval_from_standard_error(self.healthy_life_expectancy_years, np.sqrt(variance), confidence)


def healthy_life_expectancy(
    table: LifeTable,
    good_health_shares: ArrayLike,
    *,
    respondents: ArrayLike | None = None,
    share_variances: ArrayLike | None = None,
) -> HealthyLifeExpectancy:
    """Healthy life expectancy at every age of a life table.

    Formula: HLE_x = Σ_{i≥x} π_i L_i / l_x, π the share in good health.
    Prevalence part: Σ L² S²(π) / l_x², S²(π) = π (1 - π) / N, or the survey's own variance.
    Mortality part: Σ l² [(1 - a) n π + HLE_next]² Var(q) / l_x²; in the open band l² π² Var(1/m).

    Not checked: that shares and deaths are of the same people and period; that a modelled share's errors are
    independent between ages (they seldom are, and then the prevalence part is too small).

    Args:
        table: life table or tables (..., ages).
        good_health_shares: π, 0 to 1, same shape or one that broadcasts.
        respondents: N, people asked in each band, for simple random samples.
        share_variances: S²(π) where the survey or model gives its own; instead of `respondents`.

    Raises:
        MeasureRefused: a share is missing or outside 0 to 1; respondents are zero or a variance is negative;
            both kinds of variance are given. The position is named.

    Source: Sullivan (1971), HSMHA Health Reports 86; variance by Mathers (1991) and Newman (1988), as laid out in
    the EHEMU guide to Sullivan's method.
    """
    shares, _ = together(
        share_array(good_health_shares, name="share in good health", element="age band"), table.person_years
    )
    if shares.shape != table.person_years.shape:
        raise MeasureRefused(
            f"Shares of shape {shares.shape} do not fit a life table of shape {table.person_years.shape}.",
            do="Give one share per age band.",
        )
    survivors, person_years = table.survivors, table.person_years
    healthy = shares * person_years
    expectancy = summed_from_oldest(healthy) / survivors

    prevalence = summed_from_oldest(
        person_years**2 * _share_variances(shares, respondents, share_variances)
    ) / survivors**2  # fmt: skip

    years_lost = next_band(expectancy)
    years_lost[..., :-1] += (1 - table.fractions[..., :-1]) * table.widths[:-1] * shares[..., :-1]
    mortality_parts = survivors**2 * years_lost**2 * table.probability_variance
    mortality_parts[..., -1] = survivors[..., -1] ** 2 * shares[..., -1] ** 2 * table.open_band_variance
    return HealthyLifeExpectancy(
        healthy_person_years=healthy,
        healthy_life_expectancy_years=expectancy,
        proportion_in_good_health=np.asarray(expectancy / table.life_expectancy_years),
        prevalence_variance=np.asarray(prevalence),
        mortality_variance=np.asarray(summed_from_oldest(mortality_parts) / survivors**2),
    )


def good_health_leverage(table: LifeTable) -> FloatArray:
    """Years of HLE at birth gained per unit rise of the share in good health at each age: L_x / l_0 (..., ages).

    Exact, because HLE is linear in the shares. The sum over ages is life expectancy: one percentage point more
    at every age adds 1% of life expectancy. Divide by 100 for years per percentage point.
    """
    return np.asarray(table.person_years / table.survivors[..., :1])


def shares_at_ages(*, band_ages: ArrayLike, shares: ArrayLike, ages: ArrayLike) -> FloatArray:
    """Share of the band that each age falls into (..., ages): a step function, for finer life tables.

    Args:
        band_ages: first year of each band (bands), ascending.
        shares: value per band (..., bands), 0 to 1.
        ages: ages to look up (ages), none below the first band.

    Raises:
        MeasureRefused: an age lies below the first band, bands do not ascend, or a share is missing or outside 0 to 1.
    """
    starts = finite_array(band_ages, name="first year of an age band", element="age band")
    wanted = finite_array(ages, name="age", element="age band")
    values = share_array(shares, name="share in good health", element="age band")
    if starts.ndim != 1 or wanted.ndim != 1 or values.shape[-1:] != starts.shape:
        raise MeasureRefused("Ages and shares do not fit together.", do="Give one share per band.")
    if np.any(np.diff(starts) <= 0) or np.any(wanted < starts[0]):
        raise MeasureRefused(
            "An age has no band, or the bands do not ascend.", do="Give ascending bands that start at the youngest age."
        )
    return values[..., np.searchsorted(starts, wanted, side="right") - 1]


def _share_variances(
    shares: FloatArray, respondents: ArrayLike | None, share_variances: ArrayLike | None
) -> FloatArray:
    if respondents is not None and share_variances is not None:
        raise MeasureRefused(
            "Both respondents and variances of the shares were given.", do="Give the survey's own variances alone."
        )
    if share_variances is not None:
        given = non_negative_array(share_variances, name="variance of a share", element="age band")
        return together(given, shares)[0]
    if respondents is None:
        return np.full_like(shares, np.nan)
    asked, _ = together(positive_array(respondents, name="number of respondents", element="age band"), shares)
    return np.asarray(shares * (1 - shares) / asked)
