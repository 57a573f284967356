"""A gap between two places that the reader chose, as rows of table `gaps`: asked about like every definition."""

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import OWN_PAIR
from pipeline.measures.gap.gaps import gap_of_ends, pair_ends, with_standard_error
from pipeline.processed import ExtendedTables, Tables


def with_own_pair(tables: Tables, one: str, other: str) -> Tables:
    """The tables with the gap between two places in `gaps`, as definition `own-pair`.

    For each sex the place with the higher mean HLE over all periods is the better-off end. The places are taken as
    independent: where one holds the other, intervals are a little too wide.

    Raises:
        UsageError: both are the same place, or one has no healthy life expectancy.
    """
    hle = tables.newest("hle")
    without = [code for code in (one, other) if code not in set(hle["area_code"])]
    if without or one == other:
        raise UsageError(
            f"There is no healthy life expectancy for {without[0]!r}, so no gap."
            if without
            else "A place has no gap to itself.",
            do="Choose another place to compare with.",
        )
    rows = _rows(hle[hle["area_code"].isin([one, other])], one, other)
    return ExtendedTables(tables, {"gaps": lambda of: rows[of.table("gaps").columns]})


def _rows(hle: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    figures = with_standard_error(hle)
    ends = []
    for _, rows in figures.groupby("sex"):
        means = rows.groupby("area_code")["hle_years"].mean()
        better, worse = (one, other) if means[one] >= means[other] else (other, one)
        ends.append(pair_ends(rows, better_off=better, worse_off=worse))
    gaps = gap_of_ends(pd.concat(ends, ignore_index=True))
    release = str(figures["release"].iloc[0])
    return gaps.assign(definition=OWN_PAIR.id, release=release, model_se=gaps["gap_se"], selection_years=np.nan)
