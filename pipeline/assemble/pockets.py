"""How deprivation varies inside an area: its small areas by national tenth."""

import pandas as pd

from pipeline.areas import ENGLAND
from pipeline.assemble.districts import authorities_of

TENTHS = range(1, 11)


def pockets(*, areas: pd.DataFrame, districts: pd.DataFrame, lsoas: pd.DataFrame) -> pd.DataFrame:
    """Table `pockets`: small areas and residents of every area by national deprivation tenth (1 is the most deprived).

    `lsoas` is raw table `deprivation_lsoa`, `districts` the processed one. There is a row per area and tenth, also where the
    area has none; its lowest and highest IMD scores are then NaN.
    """
    placed = (
        lsoas.assign(area_code=authorities_of(lsoas["district_code"], districts))
        .merge(
            areas.loc[areas["area_type"] == "utla", ["area_code", "region_code", "combined_authority_code"]],
            on="area_code",
            validate="many_to_one",
        )
        .assign(country_code=ENGLAND)
    )
    counted = pd.concat(
        [_by_tenth(placed, of) for of in ("area_code", "region_code", "combined_authority_code", "country_code")],
        ignore_index=True,
    )
    every = pd.MultiIndex.from_product([counted["area_code"].unique(), TENTHS], names=["area_code", "imd_decile"])
    table = counted.set_index(["area_code", "imd_decile"]).reindex(every).reset_index()
    for column in ("small_areas", "residents"):
        table[column] = table[column].fillna(0).astype("int64")
        table[f"share_{column}"] = table[column] / table.groupby("area_code")[column].transform("sum")
    return table


def _by_tenth(placed: pd.DataFrame, of: str) -> pd.DataFrame:
    groups = placed.groupby([of, "imd_decile"], as_index=False)
    return groups.agg(
        small_areas=("lsoa_code", "size"),
        residents=("residents", "sum"),
        lowest_imd_score=("imd_score", "min"),
        highest_imd_score=("imd_score", "max"),
    ).rename(columns={of: "area_code"})
