"""How each release of the figures told the gap, and which pair each release of incomes made; releases are never spliced."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pipeline.measures.gap import gaps as gap_measures
from pipeline.tables.provenance import INCOME_PAIRS, VINTAGES


def gaps_by_release(
    *, hle: pd.DataFrame, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Release -> its gaps between regions, with the columns of table `gaps`; the oldest release first.

    Each release (`hle` holds all) goes through the same measures on its own. Income and deprivation (one release each)
    decide once which regions are the ends, so that between releases only HLE differs. Definitions between authorities
    are left out: authorities changed too much between releases.

    Raises:
        MeasureRefused: a release lacks a region that is an end.
    """
    found = {}
    for release, figures in hle[hle["area_type"] == "region"].groupby("release"):
        regions = gap_measures.with_standard_error(figures)
        ends = gap_measures.region_ends(regions, income=income, deprivation=deprivation, areas=areas)
        rows = pd.concat(
            [gap_measures.gap_of_ends(own).assign(definition=name, release=release) for name, own in ends.items()],
            ignore_index=True,
        )
        found[str(release)] = rows.assign(model_se=rows["gap_se"], selection_years=np.nan)
    return found


def vintages(by_release: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Table `vintages`: the gap between regions by definition, sex, period and release, from `gaps_by_release`."""
    return pd.concat(by_release.values(), ignore_index=True)[list(VINTAGES.column_names)]


def income_pairs(*, income: pd.DataFrame, hle: pd.DataFrame) -> pd.DataFrame:
    """Table `income_pairs`: the pair of each release in the newest period; `income` holds all its releases, `hle` is one."""
    regions = gap_measures.with_standard_error(hle[hle["area_type"] == "region"])
    newest = regions[regions["period_start"] == regions["period_start"].max()]
    rows = []
    for release, figures in income.groupby("release"):
        better_off, worse_off = gap_measures.income_pair(figures)
        ends = gap_measures.pair_ends(newest, better_off=better_off, worse_off=worse_off)
        named: dict[str, Any] = {"release": release, "year": int(figures["year"].max())}
        rows.append(gap_measures.gap_of_ends(ends).assign(**named))
    return pd.concat(rows, ignore_index=True)[list(INCOME_PAIRS.column_names)]
