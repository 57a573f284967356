"""Whether new incomes change the richest and the poorest region, and how the former pair stands in the new figures."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.assemble.vintages import income_pairs


@dataclass(frozen=True, kw_only=True)
class PairChange:
    """The pair of regions by income before and after."""

    former: tuple[str, str]
    """Names of the richest and the poorest region."""
    now: tuple[str, str]
    year: int
    """Of the incomes that changed the pair."""
    period: str
    """The newest of healthy life expectancy."""
    former_gaps: Mapping[str, float]
    """By sex, in years, in that period."""
    gaps_now: Mapping[str, float]


def pair_change(*, income_before: pd.DataFrame, income_after: pd.DataFrame, hle: pd.DataFrame) -> PairChange | None:
    """What changed; None where the pair is the same. Each table is one release, `hle` the new one."""
    then, now = (income_pairs(income=income, hle=hle).set_index("sex") for income in (income_before, income_after))
    former, newest = ((str(rows["better_off"].iloc[0]), str(rows["worse_off"].iloc[0])) for rows in (then, now))
    if former == newest:
        return None
    return PairChange(
        former=former,
        now=newest,
        year=int(now["year"].iloc[0]),
        period=str(now["period"].iloc[0]),
        former_gaps=_by_sex(then),
        gaps_now=_by_sex(now),
    )


def _by_sex(pair: pd.DataFrame) -> dict[str, float]:
    return {str(sex): float(years) for sex, years in pair["gap_years"].items()}
