"""Area codes: the levels we use, codes that have been replaced, and areas without a figure."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.succession import ENDED, SUCCESSORS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENDED", "SUCCESSORS"]

AREA_TYPES: Mapping[str, str] = {
    "country": r"E92\d{6}",
    "region": r"E12\d{6}",
    "combined-authority": r"E47\d{6}",
    "utla": r"E(06|08|09|10)\d{6}",
}
"""Area type -> pattern of its nine-character ONS code (England only)."""

NATION_TYPES: Mapping[str, str] = {
    "nation": r"(K02|N92|S92|W92)\d{6}",
    "nation-authority": r"(N09|S12|W06)\d{6}",
}
"""The same outside England: the other nations with the United Kingdom, and their authorities, which no English table holds."""

ENGLAND = "E92000001"
LONDON = "E12000007"
SCOTLAND, WALES, NORTHERN_IRELAND = "S92000003", "W92000004", "N92000002"

WITHOUT_HLE: Mapping[str, str] = {
    "E06000053": "Isles of Scilly: too few residents for ONS to estimate healthy life expectancy",
    "E09000001": "City of London: too few residents for ONS to estimate healthy life expectancy",
}
"""Authorities that have a boundary and a population but no published HLE, with the reason."""

COUNTED_WITH: Mapping[str, str] = {"E06000053": "E06000052", "E09000001": "E09000012"}
"""Authority without HLE -> the neighbour that its residents are counted with in a group that holds both: Cornwall, Hackney."""

GROUP = "group"
"""Area type of a group of authorities: named in law or by the reader, with no code of its own."""


def area_type_of(area_code: str, among: Mapping[str, str] = AREA_TYPES) -> str:
    """The area type of an ONS code, or "" where it is none of those among which we look (a district, another nation)."""
    for area_type, pattern in among.items():
        if re.fullmatch(pattern, area_code, re.ASCII):
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


def spelt_alike(name: str) -> str:
    """A name without what publishers spell differently: case, punctuation, blanks, "&" or "and", "City of"."""
    words = re.findall(r"\w+", name.casefold().replace("'", ""))
    return " ".join(word for word in words if word not in ("the", "and", "city", "of", "county"))


def nearest_names(asked: str, names: Iterable[str], *, most: int = 5) -> list[str]:
    """The names that somebody who wrote `asked` may have meant, best first: the same but for spelling, holding it, or alike."""
    spelt = {name: spelt_alike(name) for name in sorted(set(names))}
    key = spelt_alike(asked)
    if not key:
        return []
    holding = sorted((name for name in spelt if key in spelt[name]), key=lambda name: len(spelt[name]))
    alike = difflib.get_close_matches(key, spelt.values(), n=most, cutoff=0.7)
    likely = [name for one in alike for name in spelt if spelt[name] == one]
    return list(dict.fromkeys([*holding, *likely]))[:most]


def number_of_areas(table: "pd.DataFrame") -> int:
    """How many areas a table has rows of."""
    return int(table["area_code"].nunique())
