"""Table `areas`, and the checks that no area goes missing from the figures or the map."""

from collections.abc import Mapping

import pandas as pd

from pipeline.areas import WITHOUT_HLE
from pipeline.errors import ContractBroken
from pipeline.tables import PROCESSED


def all_areas(lookup: pd.DataFrame, hle: pd.DataFrame) -> pd.DataFrame:
    """Table `areas`: England, regions and combined authorities as named in the figures, all authorities.

    An authority has the name of `lookup` or, where that is newer, of `hle`: each is one release.
    """
    above = hle.loc[hle["area_type"] != "utla", ["area_code", "area_name", "area_type"]].drop_duplicates()
    authorities = lookup.assign(area_type="utla")
    if hle["release"].max() >= lookup["release"].max():
        names = hle.drop_duplicates("area_code").set_index("area_code")["area_name"]
        authorities["area_name"] = authorities["area_code"].map(names).fillna(authorities["area_name"])
    rows = pd.concat([above, authorities], ignore_index=True)
    rows["no_hle_reason"] = rows["area_code"].map(WITHOUT_HLE)
    columns = [column.name for column in PROCESSED["areas"].columns]
    return rows[columns].astype(object).where(rows[columns].notna(), None)


def regions_as_named(raw: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The raw tables with every region named as in the newest release of `hle`: ends of a gap are found by name."""
    hle = raw["hle"][raw["hle"]["area_type"] == "region"].sort_values("release", kind="stable")
    names = hle.drop_duplicates("area_code", keep="last").set_index("area_code")["area_name"]
    return {
        name: table.assign(area_name=table["area_code"].map(names).fillna(table["area_name"]))
        if "area_name" in table and table["area_code"].isin(names.index).any()
        else table
        for name, table in raw.items()
    }


def no_area_lost(areas: pd.DataFrame, hle: pd.DataFrame, deprivation: pd.DataFrame) -> None:
    """Refuse figures in which an area has gone missing or come new without a word.

    Raises:
        ContractBroken: naming the codes.
    """
    authorities = set(areas.loc[areas["area_type"] == "utla", "area_code"])
    for name, found, expected in (
        ("hle", set(hle.loc[hle["area_type"] == "utla", "area_code"]), authorities - set(WITHOUT_HLE)),
        ("deprivation", set(deprivation["area_code"]), authorities),
    ):
        lost, new = sorted(expected - found), sorted(found - expected)
        if lost or new:
            raise ContractBroken(
                f"Table {name} does not hold the authorities that the lookup holds: missing {', '.join(lost) or 'none'}; "
                f"not expected {', '.join(new) or 'none'}.",
                where=f"data/raw/{name}",
                do="If ONS has replaced a code, add a row to pipeline/sources/succession.csv and fetch again.",
            )


def every_area_drawn(areas: pd.DataFrame, boundaries: Mapping[str, str]) -> None:
    """Refuse boundaries that leave an area of the table without a shape.

    Raises:
        ContractBroken: naming the codes.
    """
    drawn = "".join(boundaries.values())
    missing = [
        code for code in areas.loc[areas["area_type"] != "country", "area_code"] if f'"id":"{code}"' not in drawn
    ]
    if missing:
        raise ContractBroken(
            f"{len(missing)} area(s) have no boundary: {', '.join(missing[:5])}.",
            where="data/raw/boundaries",
            do="If ONS has replaced a code, add a row to pipeline/sources/succession.csv and fetch the boundaries again.",
        )
