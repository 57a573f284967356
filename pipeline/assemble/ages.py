"""Tables `age_contributions` and `two_levers`: at which ages healthy years were lost or gained, and what death rates or health would add."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.answers.gap.what_it_takes import ALL_AGES
from pipeline.assemble.leverage import age_label, single_year_table
from pipeline.measures.life.decomposition import health_part_by_age
from pipeline.measures.life.life_table import LifeTable, life_table_from_rates
from pipeline.measures.life.sullivan import good_health_leverage, healthy_life_expectancy, shares_at_ages

STAGES = ((0, 14), (15, 24), (25, 34), (35, 49), (50, 64), (65, 79), (80, None))
"""Stages of life, first and last age; None is open."""
_ROW = ["release", "nation_code", "nation_name", "sex", "period", "period_start", "period_end"]


def age_contributions(*, life_table: pd.DataFrame, good_health: pd.DataFrame) -> pd.DataFrame:
    """What each stage of life adds to the change of HLE at birth since the first period, by reported health alone.

    Deaths are held at the one life table held (England, the latest period), for every nation and period, so the parts of
    any two periods are the difference of their rows. `good_health` is one release.
    """
    return pd.concat(
        [
            _of_one_sex(single_year_table(life_table[life_table["sex"] == sex]), rows)
            for sex, rows in good_health.groupby("sex", sort=True)
        ],
        ignore_index=True,
    )


def _of_one_sex(table: LifeTable, good_health: pd.DataFrame) -> pd.DataFrame:
    ordered = good_health.sort_values(["nation_code", "period_start", "age"])
    wide = ordered.pivot(index=_ROW, columns="age", values="good_health_share")
    shares = shares_at_ages(band_ages=wide.columns, shares=wide.to_numpy(), ages=table.ages)
    rows = wide.index.to_frame(index=False)
    first = rows.groupby("nation_code")["period_start"].transform("idxmin").to_numpy()
    parts = health_part_by_age(first=table, first_shares=shares[first], second=table, second_shares=shares)
    lived = good_health_leverage(table)
    return pd.concat(
        [
            rows.assign(
                ages=label,
                first_age=int(table.ages[inside][0]),
                good_health_share=(lived * shares)[:, inside].sum(axis=1) / lived[inside].sum(),
                since_first_years=parts[:, inside].sum(axis=1),
            )
            for label, inside in _stages(table.ages)
        ],
        ignore_index=True,
    ).merge(_published(ordered), on=["nation_code", "sex", "period", "first_age"], validate="many_to_one")


def _stages(ages: NDArray[np.float64]) -> list[tuple[str, NDArray[np.bool_]]]:
    """Label of each stage, all ages first, and which ages it holds."""
    stages = [
        (age_label(first, last), (ages >= first) & (ages <= (np.inf if last is None else last)))
        for first, last in STAGES
    ]
    return [(ALL_AGES, ages >= 0), *stages]


def _published(good_health: pd.DataFrame) -> pd.DataFrame:
    """HLE at each first age of a band."""
    return good_health[["nation_code", "sex", "period", "age", "hle_years"]].rename(columns={"age": "first_age"})


LEVERS = ("death-rates", "good-health")
CHANGE_PERCENT = 2
"""By how many per cent each lever is moved, as in OHID's report of 2023."""


def two_levers(*, life_table: pd.DataFrame, good_health: pd.DataFrame) -> pd.DataFrame:
    """Table `two_levers`: what England's HLE at birth gains if death rates fall, or reported good health rises, at every age.

    Shares of each period are set against the one life table held. `good_health` is one release, England alone.
    """
    rows = []
    for (sex, period), bands in good_health.groupby(["sex", "period"], sort=True):
        single_years = life_table[life_table["sex"] == sex].sort_values("age")
        ages, rates = single_years["age"], single_years["mortality_rate"]
        shares = shares_at_ages(
            band_ages=bands.sort_values("age")["age"], shares=bands.sort_values("age")["good_health_share"], ages=ages
        )
        now, fewer_deaths = (
            _hle_at_birth(life_table_from_rates(ages=ages, death_rates=change * rates), shares)
            for change in (1, 1 - CHANGE_PERCENT / 100)
        )
        gains = (fewer_deaths - now, now * CHANGE_PERCENT / 100)
        rows += [
            {"release": bands["release"].iloc[0], "sex": sex, "period": period, "lever": lever, "hle_gain_years": gain}
            for lever, gain in zip(LEVERS, gains, strict=True)
        ]
    return pd.DataFrame(rows)


def _hle_at_birth(table: LifeTable, shares: NDArray[np.float64]) -> float:
    return float(healthy_life_expectancy(table, shares).healthy_life_expectancy_years[0])
