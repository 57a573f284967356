"""Table `age_contributions`: at which ages healthy years were lost or gained, in the United Kingdom and its nations."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.answers.gap.what_it_takes import ALL_AGES
from pipeline.assemble.leverage import age_label, single_year_table
from pipeline.measures.life.decomposition import health_part_by_age
from pipeline.measures.life.life_table import LifeTable
from pipeline.measures.life.sullivan import good_health_leverage, shares_at_ages

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
