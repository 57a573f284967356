"""Table `shortfall`: who holds the national shortfall at the default settings of the gap, and how firmly in rank."""

import numpy as np
import pandas as pd

from pipeline.answers.gap.shortfall import shortfall_by_area
from pipeline.areas import holders
from pipeline.measures.gap.gaps import with_standard_error
from pipeline.measures.places.shortfall import shortfall_ranks

LEVELS = ("region", "combined-authority", "utla")
SEED = 23
"""Fixed, so that a rebuild gives the same ranks; any number would do."""


def shortfall(*, hle: pd.DataFrame, places: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Every region, combined authority and authority with its share of the shortfall in the latest period, by sex.

    `places` gives floor and residents of each authority; `hle` is one release, for the intervals.
    """
    limits = with_standard_error(hle[hle["area_type"] == "utla"])[["area_code", "sex", "period", "hle_se"]]
    authorities = places.merge(limits, on=["area_code", "sex", "period"], validate="one_to_one")
    return pd.concat(
        [
            _of_level(rows.reset_index(drop=True), areas, area_type=area_type)
            for _, rows in authorities.groupby("sex", sort=True)
            for area_type in LEVELS
        ],
        ignore_index=True,
    )


def _of_level(rows: pd.DataFrame, areas: pd.DataFrame, *, area_type: str) -> pd.DataFrame:
    floor_years = float(rows["floor_years"].iloc[0])
    found = shortfall_by_area(rows, areas, floor_years=floor_years, area_type=area_type)
    held_by = holders(rows["area_code"], areas, area_type=area_type).to_numpy()
    ranks = shortfall_ranks(
        rows["hle_years"],
        rows["hle_se"],
        rows["population"],
        floor_years,
        members=found["area_code"].to_numpy()[:, None] == held_by[None, :],
        generator=np.random.default_rng(SEED),
    )
    return found.assign(
        **{column: rows[column].iloc[0] for column in ("release", "sex", "period", "floor_years")},
        rank_lci_95=ranks.rank_lci_95.astype("int64"),
        rank_uci_95=ranks.rank_uci_95.astype("int64"),
    )
