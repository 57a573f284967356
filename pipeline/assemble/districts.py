"""Districts and the authority that each lies in today: what a visitor who types a district's name is shown."""

import pandas as pd

from pipeline.areas import code_in_force
from pipeline.succession import merged


def districts(*, areas: pd.DataFrame, lookup: pd.DataFrame) -> pd.DataFrame:
    """Table `districts`: raw table `districts` with codes of authorities in force."""
    formed = lookup["district_code"].map(merged())
    placed = lookup.assign(area_code=formed.fillna(lookup["area_code"]))
    return placed[placed["area_code"].isin(areas["area_code"])].reset_index(drop=True)


def authorities_of(codes: pd.Series, districts: pd.DataFrame) -> pd.Series:
    """The authority that each district lies in by table `districts`, whether the table has its code or the one that follows."""
    known = districts.set_index("district_code")["area_code"]
    return codes.map(known).fillna(codes.map(code_in_force).map(known))
