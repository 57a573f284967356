"""What a better share in good health would add, by age of life: the arithmetic of a required rise."""

import numpy as np
import pandas as pd

from pipeline.answers.gap.what_it_takes import ALL_AGES
from pipeline.measures.life.life_table import LifeTable, life_table_from_probabilities
from pipeline.measures.life.sullivan import good_health_leverage, shares_at_ages

AGE_BANDS = ((0, 34), (35, 49), (50, 64), (65, 79), (80, None))
"""Stages of life, first and last age; None is open."""


def age_label(first: int, last: int | None) -> str:
    """In words: "Under 35", "35 to 49" or "80 and over"."""
    if last is None:
        return f"{first} and over"
    return f"Under {last + 1}" if first == 0 else f"{first} to {last}"


def single_year_table(single_years: pd.DataFrame) -> LifeTable:
    """The life table of one sex from its rows of raw table `life_table`."""
    ordered = single_years.sort_values("age")
    return life_table_from_probabilities(
        ages=ordered["age"],
        probabilities_of_dying=ordered["death_probability"],
        open_band_death_rate=ordered["mortality_rate"].iloc[-1],
    )


def leverage(*, life_table: pd.DataFrame, good_health: pd.DataFrame) -> pd.DataFrame:
    """Table `leverage`: years of HLE at birth per percentage point of good health, by stage of life.

    Exact, since HLE is linear in the shares: L_x / l_0 summed over the ages of a stage, divided by 100. England's life
    table stands in for every place. The share in good health of a stage is weighted by the years lived in it; it is of
    the period of the life table.
    """
    period = life_table[["period_start", "period_end"]].iloc[0]
    same = good_health[
        (good_health["period_start"] == period["period_start"]) & (good_health["period_end"] == period["period_end"])
    ]
    rows = []
    for sex, single_years in life_table.groupby("sex"):
        bands = same[same["sex"] == sex].sort_values("age")
        table = single_year_table(single_years)
        ages = table.ages
        lived = good_health_leverage(table)
        shares = shares_at_ages(band_ages=bands["age"], shares=bands["good_health_share"], ages=ages)
        for first, last in ((0, None), *AGE_BANDS):
            inside = (ages >= first) & (ages <= (np.inf if last is None else last))
            rows.append(
                {
                    "sex": sex,
                    "period": same["period"].iloc[0],
                    "ages": ALL_AGES if (first, last) == (0, None) else age_label(first, last),
                    "first_age": first,
                    "years_per_percentage_point": float(lived[inside].sum()) / 100,
                    "good_health_share": float((lived * shares)[inside].sum() / lived[inside].sum()),
                }
            )
    return pd.DataFrame(rows).assign(release=same["release"].iloc[0])
