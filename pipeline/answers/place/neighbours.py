"""A place among its statistical neighbours: those in England are counted, those outside England shown."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.answers.place.profile import Peers, Place, differences, peers
from pipeline.areas import NATION_TYPES, area_type_of
from pipeline.processed import Tables

BY_DEPRIVATION = "deprivation"
KINDS: Final[Mapping[str, str]] = {
    BY_DEPRIVATION: "Deprivation",
    "global": "ONS neighbours, overall",
    "demographic": "ONS neighbours, people",
    "economic": "ONS neighbours, economy",
}
"""What the places beside a place are alike in -> words to choose it by; all but the first are kinds of table `neighbours`."""
_ALIKE_IN = {"global": "overall", "demographic": "in who lives there", "economic": "in their economy"}
_NATIONS = {"N": "Northern Ireland", "S": "Scotland", "W": "Wales"}


def peers_by(tables: Tables, place: Place, *, sex: str, alike_in: str) -> Peers:
    """The places to compare a place with: its statistical neighbours of a kind, else the usual ones (`profile.peers`).

    The usual ones stand in where ONS names no neighbours, as for regions. Read them only, since all visitors share them.
    """
    return tables.once(f"peers {place} {sex} {alike_in}", lambda: _peers_by(tables, place, sex=sex, alike_in=alike_in))


def _peers_by(tables: Tables, place: Place, *, sex: str, alike_in: str) -> Peers:
    chosen = tables.table("neighbours")
    chosen = chosen[(chosen["area_code"] == place.code) & (chosen["kind"] == alike_in)]
    if chosen.empty:
        return peers(tables.newest("hle"), tables.table("deprivation"), place, sex=sex)
    codes = str(chosen["neighbour_codes"].iloc[0]).split()
    rows = tables.once(f"latest in all nations {sex}", lambda: _latest_rows(tables, sex))
    rows = rows[rows["area_code"].isin([place.code, *codes])]
    rows = rows.sort_values(["hle_years", "area_code"], ascending=[False, True], ignore_index=True)
    held, names = set(rows["area_code"]), _names(tables)
    return Peers(
        rows=rows,
        clearly=differences(rows, from_code=place.code).set_index("area_code")["clearly"],
        how=f"The {len(codes)} areas that ONS finds most like it {_ALIKE_IN[alike_in]}.",
        released=str(chosen["release"].iloc[0]),
        beyond=frozenset(code for code in held if area_type_of(code, NATION_TYPES)),
        without_hle=tuple(names[code] for code in codes if code not in held),
    )


def _latest_rows(tables: Tables, sex: str) -> pd.DataFrame:
    """Latest HLE of a sex in England and outside, where the name of an area also names its nation."""
    abroad = tables.newest("nations")
    nation = abroad["area_code"].str[0].map(_NATIONS)
    both = pd.concat([tables.newest("hle"), abroad.assign(area_name=abroad["area_name"] + " (" + nation + ")")])
    latest: pd.DataFrame = both[(both["sex"] == sex) & (both["period_end"] == both["period_end"].max())]
    return latest


def _names(tables: Tables) -> Mapping[str, str]:
    areas, districts = tables.table("areas"), tables.table("districts")
    return dict(zip(districts["district_code"], districts["district_name"], strict=True)) | dict(
        zip(areas["area_code"], areas["area_name"], strict=True)
    )
