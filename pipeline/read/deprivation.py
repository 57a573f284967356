"""Reads the Indices of Deprivation 2025: File 7 (small areas, CSV) and File 11 (upper-tier authorities, workbook).

Quirks: File 7 names districts, not upper-tier authorities; both carry the codes of 2024, so Barnsley and Sheffield have
their earlier ones; column names are whole sentences, and only their beginning is stable.
"""

import re

import pandas as pd

from pipeline.areas import code_in_force
from pipeline.errors import SourceChanged
from pipeline.read.delimited import csv_rows
from pipeline.read.reading import Asked, Reading, in_force, tidy
from pipeline.read.workbook import sheet_table

_FILE_7 = {
    "lsoa_code": "LSOA code (2021)",
    "lsoa_name": "LSOA name (2021)",
    "district_code": "Local Authority District code (2024)",
    "district_name": "Local Authority District name (2024)",
    "imd_score": "Index of Multiple Deprivation (IMD) Score",
    "imd_decile": "Index of Multiple Deprivation (IMD) Decile",
    "residents": "Total population: mid 2022",
}
_FILE_11 = {
    "area_code": "Upper Tier Local Authority District code",
    "area_name": "Upper Tier Local Authority District name",
    "imd_score": "IMD - Average score",
    "imd_rank": "IMD - Rank of average score",
    "share_lsoas_decile_1": "IMD - Proportion of LSOAs in most deprived 10% nationally",
}


_YEARS_IN_HEADERS = {"2025": ("2021", "2022", "2024", "2025")}
"""Edition -> years that its headers carry: of small areas, residents, authorities and the edition itself."""


def read_small_areas(content: bytes, asked: Asked) -> Reading:
    """Table `deprivation_lsoa` from File 7; every district must be one of table `districts`.

    Raises:
        SourceChanged: columns or cells are not those we know, or a district is in no authority.
    """
    where = asked.where
    rows = _named(csv_rows(content, where=where), _FILE_7, asked)
    lost = sorted(set(rows["district_code"]) - set(asked.held("districts")["district_code"]))
    if lost:
        raise SourceChanged(
            f"{len(lost)} district(s) belong to no authority: {', '.join(lost[:5])}.",
            where=where,
            do="Add them to the table districts: see the part on code changes in docs/updating-the-data.md.",
        )
    rows["lsoa_name"] = [
        name.removeprefix(f"{district} ")
        for name, district in zip(rows["lsoa_name"], rows["district_name"], strict=True)
    ]
    found = {old: code_in_force(old) for old in sorted(set(rows["district_code"]))}
    replaced = {old: new for old, new in found.items() if old != new}
    return Reading(tidy(rows.assign(district_code=rows["district_code"].map(found)), asked), replaced)


def read_authorities(content: bytes, asked: Asked) -> Reading:
    """Table `deprivation_published` from sheet IMD of File 11.

    Raises:
        SourceChanged: sheet, columns or cells are not those we know.
    """
    where = asked.where
    sheet = sheet_table(content, "IMD", header_has=("IMD - Average score",), where=where)
    rows, replaced = in_force(_named(sheet, _FILE_11, asked), where=where)
    return Reading(tidy(rows, asked), replaced)


def _named(rows: pd.DataFrame, beginnings: dict[str, str], asked: Asked) -> pd.DataFrame:
    """Our columns, each found as the one column that begins with the words we know."""
    where = asked.where
    _of_this_edition(list(rows.columns), asked)
    ours = {}
    for name, beginning in beginnings.items():
        found = [column for column in rows.columns if column.strip().startswith(beginning)]
        if len(found) != 1:
            raise SourceChanged(
                f"Expected one column that begins {beginning!r}, found {len(found)}.",
                where=where,
                do=f"The first columns are: {', '.join(rows.columns[:12])}.",
            )
        ours[name] = rows[found[0]]
    return pd.DataFrame(ours)


def _of_this_edition(header: list[str], asked: Asked) -> None:
    edition = asked.release[:4]
    known = _YEARS_IN_HEADERS.get(edition, (edition,))
    others = sorted({year for name in header for year in re.findall(r"\b(?:19|20)\d\d\b", name)} - set(known))
    if others:
        raise SourceChanged(
            f"The columns are those of {', '.join(others)}; release {asked.release} was asked for.",
            where=asked.where,
            do="The file may be of another edition: look at the publisher's page. If it is the right one, add the year to "
            "the reader.",
        )
