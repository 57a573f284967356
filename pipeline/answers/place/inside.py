"""What is inside a place: its authorities beside the place itself and England."""

import pandas as pd

from pipeline.answers.place.profile import Place, differences, latest_lines
from pipeline.areas import ENGLAND
from pipeline.errors import UsageError
from pipeline.measures.trend.rolling import mid_point


def inside(hle: pd.DataFrame, place: Place, *, sex: str) -> pd.DataFrame:
    """HLE of every authority of a place, of the place and of England, in time order; authorities without HLE have no rows.

    `hle` is one release of table `hle`. Adds mid_point and role ("authority", "place", "england").

    Raises:
        UsageError: fewer than two of the authorities have figures.
    """
    roles = dict.fromkeys(place.authorities, "authority") | {place.code: "place", ENGLAND: "england"}
    rows = hle[(hle["sex"] == sex) & hle["area_code"].isin(roles)]
    rows = rows.assign(role=rows["area_code"].map(roles), mid_point=mid_point(rows["period_start"], rows["period_end"]))
    if rows.loc[rows["role"] == "authority", "area_code"].nunique() < 2:
        raise UsageError(f"{place.name} does not hold several authorities with figures.", do="Choose a larger place.")
    return rows.sort_values(["area_code", "period_start"], ignore_index=True)


def latest_inside(rows: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The latest period of `inside`; `clearly` is 1 above the place, -1 below it, 0 neither or the place itself."""
    latest = latest_lines(rows)
    found = differences(latest, from_code=place.code).set_index("area_code")["clearly"]
    return latest.assign(clearly=latest["area_code"].map(found).fillna(0).astype(int))
