"""What a view of deprivation shows: rows chosen from the processed tables, the same for screens and files."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.difference import weighted_mean
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.gaps import equal_count_groups

SLOPE_GROUPS = {
    "deciles": "Small areas",
    "regions": "Regions",
    "authorities": "Authorities",
}
"""What a slope can be fitted through -> in words."""


def rows_of(table: pd.DataFrame, **where: object) -> pd.DataFrame:
    """The rows whose columns have the given values, in the table's order.

    Raises:
        UsageError: there are none.
    """
    wanted = np.ones(len(table), dtype=bool)
    for column, value in where.items():
        wanted &= (table[column] == value).to_numpy(dtype=bool)
    rows = table[wanted]
    if rows.empty:
        asked = ", ".join(f"{column} {value}" for column, value in where.items())
        raise UsageError(f"There are no figures for {asked}.", do="Choose again from the lists on the screen.")
    return rows.reset_index(drop=True)


def mean_score(deprivation: pd.DataFrame, authorities: Collection[str] | None = None) -> float:
    """Average IMD 2025 score of authorities weighted by residents; of all in table `deprivation` without a choice."""
    rows = deprivation if authorities is None else deprivation[deprivation["area_code"].isin(authorities)]
    return float(weighted_mean(rows["imd_score"], np.zeros(len(rows)), rows["population"])[0])


def slope_trend(trends: pd.DataFrame, *, groups: str, sex: str) -> pd.Series | None:
    """The row of table `trends` for the slope in HLE through these groups; None where none is fitted."""
    slope = [name for name, definition in DEFINITIONS.items() if definition.is_slope and definition.groups == groups]
    found = trends[trends["definition"].isin(slope) & (trends["sex"] == sex)]
    return None if found.empty else found.iloc[0]


def furthest_from_prediction(residuals: pd.DataFrame, *, sex: str, count: int = 6) -> pd.DataFrame:
    """The `count` authorities furthest above and below what deprivation predicts, in every period of table `residuals`.

    Authorities are chosen and ordered by the z of the latest period, best first.
    """
    rows = rows_of(residuals, sex=sex)
    latest = rows[rows["period_end"] == rows["period_end"].max()]
    latest = latest.sort_values(["residual_z", "area_code"], ascending=[False, True])
    codes = [*latest["area_code"].head(count), *latest["area_code"].tail(count)]
    return rows.set_index("area_code").loc[codes].reset_index()


def held_in_every_period(places: pd.DataFrame, *, sex: str) -> pd.Series:
    """By area code, whether an authority kept to one side of what deprivation predicts in every period."""
    held: pd.Series = rows_of(places, sex=sex).set_index("area_code")["held_in_every_period"]
    return held


def with_the_most_deprived_small_area(pockets: pd.DataFrame, areas: pd.DataFrame) -> str:
    """Code of the authority that holds England's most deprived small area: the plainest case of a pocket."""
    authorities = pockets[pockets["area_code"].isin(areas.loc[areas["area_type"] == "utla", "area_code"])]
    return str(authorities.sort_values("area_code").set_index("area_code")["highest_imd_score"].idxmax())


@dataclass(frozen=True)
class OutsideMostDeprived:
    """People in the most deprived tenth of small areas who live outside the most deprived fifth of authorities."""

    people: int
    share: float
    """Of all people in the most deprived tenth of small areas."""


def outside_most_deprived_fifth(pockets: pd.DataFrame, deprivation: pd.DataFrame) -> OutsideMostDeprived:
    """People whom a policy aimed at the most deprived fifth of authorities would miss.

    The 153 authorities of table `deprivation` are put into five groups of equal number by score.
    """
    ranked = deprivation.sort_values(["imd_score", "area_code"], ascending=[False, True])
    first = set(ranked["area_code"][equal_count_groups(ranked, 5) == 0])
    tenth = pockets[(pockets["imd_decile"] == 1) & pockets["area_code"].isin(ranked["area_code"])]
    outside = int(tenth.loc[~tenth["area_code"].isin(first), "residents"].sum())
    return OutsideMostDeprived(outside, outside / int(tenth["residents"].sum()))
