"""At which ages healthy years were lost or gained, between any two periods."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.answers.deprivation import rows_of
from pipeline.answers.gap.what_it_takes import ALL_AGES
from pipeline.areas import ENGLAND

SPLIT_AGE = 50
"""The age that divides a life for the finding: half-way through working life and later, or before."""


@dataclass(frozen=True)
class AgesLost:
    """What each stage of life added to the change of HLE at birth by reported health alone, years.

    Attributes:
        stages: nation_code, nation_name, ages, first_age, years (negative where healthy years were lost), youngest first.
        england_years: the sum of England's stages.
        england_before_split: the part of it from ages before `SPLIT_AGE`.
        published_change_years: change of England's published HLE at birth, deaths included.
    """

    stages: pd.DataFrame
    england_years: float
    england_before_split: float
    published_change_years: float

    def of(self, nation_name: str) -> pd.Series:
        """Years by stage of one nation."""
        own = self.stages[self.stages["nation_name"] == nation_name]
        return own.set_index("ages")["years"]


def ages_lost(contributions: pd.DataFrame, *, sex: str, since: str, period: str) -> AgesLost:
    """The difference of two periods of table `age_contributions`.

    Raises:
        UsageError: the table has no figures for a period.
    """
    keys = ["nation_code", "nation_name", "ages", "first_age"]
    then, now = (rows_of(contributions, sex=sex, period=one).set_index(keys).sort_index() for one in (since, period))
    change = (now[["since_first_years", "hle_years"]] - then[["since_first_years", "hle_years"]]).reset_index()
    change = change.rename(columns={"since_first_years": "years"})
    stages = change[change["ages"] != ALL_AGES].sort_values(["nation_name", "first_age"], ignore_index=True)
    england = stages[stages["nation_code"] == ENGLAND]
    at_birth = change[(change["nation_code"] == ENGLAND) & (change["ages"] == ALL_AGES)].iloc[0]
    return AgesLost(
        stages=stages.drop(columns="hle_years"),
        england_years=float(at_birth["years"]),
        england_before_split=float(england.loc[england["first_age"] < SPLIT_AGE, "years"].sum()),
        published_change_years=float(at_birth["hle_years"]),
    )


def points_lost(lost: AgesLost, leverage: pd.DataFrame, *, sex: str) -> dict[str, float]:
    """Stage of table `leverage` -> percentage points of good health lost in it in England; negative where gained.

    A stage takes the finer stages of `lost` that begin within it.
    """
    years = lost.stages[lost.stages["nation_code"] == ENGLAND].set_index("first_age")["years"]
    rows = leverage[leverage["sex"] == sex].sort_values("first_age")
    stages = rows[rows["ages"] != ALL_AGES]
    position = np.searchsorted(stages["first_age"].to_numpy(), years.index.to_numpy(), side="right") - 1
    sums = dict(zip(stages["ages"], np.bincount(position, years.to_numpy()), strict=True)) | {ALL_AGES: years.sum()}
    per_point = zip(rows["ages"], rows["years_per_percentage_point"], strict=True)
    return {str(ages): -float(sums[ages]) / float(years_per_point) for ages, years_per_point in per_point}
