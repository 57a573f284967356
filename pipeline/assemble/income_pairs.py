"""Which regions each release of incomes makes the richest and the poorest, and how each of these pairs stands now."""

from typing import Any

import pandas as pd

from pipeline.measures.gap import gaps as gap_measures
from pipeline.tables.provenance import INCOME_PAIRS


def income_pairs(*, income: pd.DataFrame, hle: pd.DataFrame) -> pd.DataFrame:
    """Table `income_pairs`; `income` holds all its releases, `hle` is one."""
    regions = gap_measures.with_standard_error(hle[hle["area_type"] == "region"])
    newest = regions[regions["period_start"] == regions["period_start"].max()]
    rows = []
    for release, figures in income.groupby("release"):
        better_off, worse_off = gap_measures.income_pair(figures)
        ends = gap_measures.pair_ends(newest, better_off=better_off, worse_off=worse_off)
        named: dict[str, Any] = {"release": release, "year": int(figures["year"].max())}
        rows.append(gap_measures.gap_of_ends(ends).assign(**named))
    return pd.concat(rows, ignore_index=True)[list(INCOME_PAIRS.column_names)]
