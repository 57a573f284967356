"""Area codes: the levels we use, codes that have been replaced, and areas without a figure."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

AREA_TYPES: Mapping[str, str] = {
    "country": r"E92\d{6}",
    "region": r"E12\d{6}",
    "combined-authority": r"E47\d{6}",
    "utla": r"E(06|08|09|10)\d{6}",
}
"""Area type -> pattern of its nine-character ONS code (England only)."""

ENGLAND = "E92000001"
LONDON = "E12000007"

SUCCESSORS: Mapping[str, str] = {
    "E08000016": "E08000038",  # Barnsley, since 2025: boundary with Sheffield moved
    "E08000019": "E08000039",  # Sheffield, since 2025
    "E10000023": "E06000065",  # North Yorkshire, since 2023: county and districts became one authority
    "E10000027": "E06000066",  # Somerset, since 2023: the same
    "E10000002": "E06000060",  # Buckinghamshire, since 2020: the same
    "E06000048": "E06000057",  # Northumberland, since 2013: boundary with Gateshead moved
    "E08000020": "E08000037",  # Gateshead, since 2013
}
"""Replaced code -> code in force. Files differ in which one they carry, so every reader maps to the code in force."""

ENDED: Mapping[str, str] = {
    "E06000028": "Bournemouth, since 2019 part of Bournemouth, Christchurch and Poole",
    "E06000029": "Poole, since 2019 part of Bournemouth, Christchurch and Poole",
    "E10000006": "Cumbria, since 2023 Cumberland, and Westmorland and Furness",
    "E10000009": "Dorset county, since 2019 without Christchurch",
    "E10000021": "Northamptonshire, since 2021 North and West Northamptonshire",
}
"""Codes that ended without one successor: their figures belong to no area in force."""

WITHOUT_HLE: Mapping[str, str] = {
    "E06000053": "Isles of Scilly: too few residents for ONS to estimate healthy life expectancy",
    "E09000001": "City of London: too few residents for ONS to estimate healthy life expectancy",
}
"""Authorities that have a boundary and a population but no published HLE, with the reason."""

COUNTED_WITH: Mapping[str, str] = {"E06000053": "E06000052", "E09000001": "E09000012"}
"""Authority without HLE -> the neighbour that its residents are counted with in a group that holds both: Cornwall, Hackney."""

GROUP = "group"
"""Area type of a group of authorities: named in law or by the reader, with no code of its own."""


def area_type_of(area_code: str) -> str:
    """The area type of an ONS code, or "" where it is none that we use (a district, another nation)."""
    for area_type, pattern in AREA_TYPES.items():
        if re.fullmatch(pattern, area_code):
            return area_type
    return ""


HOLDER_COLUMNS: Mapping[str, str] = {
    "region": "region_code",
    "combined-authority": "combined_authority_code",
    "utla": "area_code",
}
"""Level -> column of table `areas` with the area of that level that an authority lies in."""


def holders(codes: "pd.Series", areas: "pd.DataFrame", *, area_type: str) -> "pd.Series":
    """The area of a level that each authority lies in; missing where there is none."""
    return codes.map(areas.set_index("area_code", drop=False)[HOLDER_COLUMNS[area_type]])


def code_in_force(area_code: str) -> str:
    """The successor of a replaced code, and any other code as it is."""
    return SUCCESSORS.get(area_code, area_code)


def number_of_areas(table: "pd.DataFrame") -> int:
    """How many areas a table has rows of."""
    return int(table["area_code"].nunique())
