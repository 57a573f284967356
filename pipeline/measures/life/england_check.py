"""A check that anybody can follow: England's life table and shares in good health give its published HLE."""

import pandas as pd

from pipeline.measures.life.life_table import life_table_from_probabilities
from pipeline.measures.life.sullivan import healthy_life_expectancy, shares_at_ages
from pipeline.measures.refusals import usable_rows


def england_check(single_year_table: pd.DataFrame, good_health: pd.DataFrame) -> pd.DataFrame:
    """Healthy life expectancy by Sullivan's method beside the published figure, at every published age.

    Each single year of age takes the modelled share of its band. Published values carry one decimal; those made here
    differ by up to 0.1 year, because shares are published by band and the method is applied by single year.

    Args:
        single_year_table: columns sex, age (single years from 0, the last one open), death_probability and
            mortality_rate (deaths per person-year).
        good_health: columns sex, age (first year of each band), good_health_share (0 to 1) and hle_years (as
            published).

    Returns:
        One row per sex and published age: sex, age, le_years, hle_years, published_hle_years, difference_years
        (computed minus published). High values are good.

    Raises:
        MeasureRefused: a probability or a share is missing or outside 0 to 1, or ages do not fit.

    Source: ONS national life tables and modelled prevalence of good health, the same period for both.
    """
    usable_rows(single_year_table, what="age", non_negative=["age", "death_probability", "mortality_rate"])
    usable_rows(good_health, what="age band", non_negative=["age", "good_health_share"], positive=["hle_years"])
    rows = []
    for sex, table_rows in single_year_table.groupby("sex", sort=False):
        ordered = table_rows.sort_values("age")
        bands = good_health[good_health["sex"] == sex].sort_values("age")
        table = life_table_from_probabilities(
            ages=ordered["age"],
            probabilities_of_dying=ordered["death_probability"],
            open_band_death_rate=ordered["mortality_rate"].iloc[-1],
        )
        shares = shares_at_ages(band_ages=bands["age"], shares=bands["good_health_share"], ages=ordered["age"])
        health = healthy_life_expectancy(table, shares)
        by_age = pd.DataFrame(
            {
                "age": ordered["age"].to_numpy(),
                "le_years": table.life_expectancy_years,
                "hle_years": health.healthy_life_expectancy_years,
            }
        )
        published = bands[["age", "hle_years"]].rename(columns={"hle_years": "published_hle_years"})
        rows.append(by_age.merge(published, on="age").assign(sex=sex))
    check = pd.concat(rows, ignore_index=True)
    check["difference_years"] = check["hle_years"] - check["published_hle_years"]
    return check[["sex", "age", "le_years", "hle_years", "published_hle_years", "difference_years"]]
