"""Figures of areas that were split or merged, carried to the areas that followed: one geography for fifths and tenths.

Publishers take up a new geography one after the other. Until all have, residents and deprivation of the new areas are told
from those of the old ones and from the small areas that each holds. Nothing is done where all tables are of one geography.
"""

from collections.abc import Mapping

import pandas as pd

from pipeline.assemble.districts import authorities_of
from pipeline.succession import heirs

Raw = Mapping[str, pd.DataFrame]
_COUNTS = ("population", "population_sex")


def carried(new: Raw, *, districts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The newest raw tables, where those of residents and deprivation are of the geography of table `lookup`.

    `districts` is the processed table, which leads from a small area's district to its authority in force.
    """
    areas = new["lookup"].set_index("area_code")["area_name"]
    small = new["deprivation_lsoa"]
    small = small.assign(area_code=authorities_of(small["district_code"], districts))
    residents = small.groupby("area_code")["residents"].sum()
    found = {name: _shared_out(new[name], areas, residents) for name in _COUNTS}
    deprivation = _deprivation(_shared_out(new["deprivation"], areas, residents), small)
    return {**new, **found, "deprivation": deprivation}


def _shared_out(table: pd.DataFrame, areas: pd.Series, residents: pd.Series) -> pd.DataFrame:
    """Residents of ended areas shared out to those that followed, by residents of their small areas, and summed."""
    ended = [code for code in table["area_code"].unique() if code not in areas.index and heirs(code)]
    if not ended:
        return table
    parts = [table[table["area_code"].isin(areas.index)]]
    for code in ended:
        weights = residents.reindex(heirs(code)).pipe(lambda found: found / found.sum())
        own = table[table["area_code"] == code]
        parts += [own.assign(area_code=heir, population=own["population"] * share) for heir, share in weights.items()]
    rows = pd.concat(parts, ignore_index=True)
    rows["area_name"] = rows["area_code"].map(areas)
    by = [name for name in rows if name in ("release", "area_code", "area_name", "sex", "year")]
    summed = rows.groupby(by, as_index=False, sort=False)[["population"]].sum()
    summed["population"] = summed["population"].round().astype("int64")
    others = [name for name in table if name not in summed]
    return summed.merge(table[["area_code", *others]], on="area_code", how="left") if others else summed


def _deprivation(table: pd.DataFrame, small: pd.DataFrame) -> pd.DataFrame:
    """The index with averages of small areas where an area has no published one, ranked anew."""
    missing = table["imd_score"].isna()
    if not missing.any():
        return table
    own = small[small["area_code"].isin(table.loc[missing, "area_code"])].assign(
        first=lambda rows: rows["imd_decile"] == 1
    )
    own = own.assign(weighted=own["imd_score"] * own["residents"])
    means = own.groupby("area_code").agg(
        weighted=("weighted", "sum"), residents=("residents", "sum"), first=("first", "mean")
    )
    score = table["imd_score"].fillna(table["area_code"].map(means["weighted"] / means["residents"]))
    return table.assign(
        imd_score=score,
        share_lsoas_decile_1=table["share_lsoas_decile_1"].fillna(table["area_code"].map(means["first"])),
        imd_rank=score.rank(ascending=False, method="first").astype("int64"),
    )
