"""England's own healthy life expectancy, made again from its life table and shares in good health."""

import pandas as pd

from pipeline.measures.life.england_check import england_check


def england_again(*, life_table: pd.DataFrame, good_health: pd.DataFrame) -> pd.DataFrame:
    """Table `england_check`: computed and published HLE by age, for the period of the life table.

    Both are one release of the raw tables of these names.
    """
    period = life_table[["period_start", "period_end"]].iloc[0]
    same = good_health[
        (good_health["period_start"] == period["period_start"]) & (good_health["period_end"] == period["period_end"])
    ]
    return england_check(life_table, same).assign(release=same["release"].iloc[0], period=same["period"].iloc[0])
