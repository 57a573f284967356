"""The small areas of a place one by one, the most deprived first."""

import pandas as pd

from pipeline.answers.place.groups import authorities_in
from pipeline.processed import Tables


def small_areas_of(tables: Tables, code: str) -> pd.DataFrame:
    """Table `small_areas` of an area of table `areas`, the most deprived first, with the name of each one's district.

    Adds district_name; lsoa_name is whole again ("Hastings 001A"), and empty where the publisher's name is not held.
    """
    areas, districts = tables.table("areas"), tables.table("districts").set_index("district_code")
    within = districts["area_code"].isin(authorities_in(areas, code))
    rows = tables.table("small_areas")
    rows = rows[rows["district_code"].isin(districts.index[within])]
    rows = rows.assign(district_name=rows["district_code"].map(districts["district_name"]))
    short = rows["lsoa_name"].fillna("").str.match(r"\d")
    rows["lsoa_name"] = rows["lsoa_name"].where(~short, rows["district_name"] + " " + rows["lsoa_name"])
    return rows.sort_values(["imd_score", "lsoa_code"], ascending=[False, True], ignore_index=True)
