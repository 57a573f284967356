"""Reads the CSV that Fingertips gives for one indicator: 26 columns, or 27 with "Time period range".

Quirks: a "Compared to …" column is named after the parent area; rows of categories (deprivation tenths and the like) are
mixed with those of areas; time periods are spelt "2022 - 24"; areas without a figure have an empty value and a note.
"""

import pandas as pd

from pipeline.areas import ENGLAND
from pipeline.errors import SourceChanged
from pipeline.read.reading import Asked, Reading, csv_rows, in_force, same_names, tidy

_KNOWN = (
    "Indicator ID",
    "Indicator Name",
    "Parent Code",
    "Parent Name",
    "Area Code",
    "Area Name",
    "Area Type",
    "Sex",
    "Age",
    "Category Type",
    "Category",
    "Time period",
    "Value",
    "Lower CI 95.0 limit",
    "Upper CI 95.0 limit",
    "Lower CI 99.8 limit",
    "Upper CI 99.8 limit",
    "Count",
    "Denominator",
    "Value note",
    "Recent Trend",
    "Time period Sortable",
    "New data",
    "Time period range",
)
_OURS = {"Area Code": "area_code", "Area Name": "area_name", "Sex": "sex", "Time period": "period"}
_ESTIMATE = {"Value": "years", "Lower CI 95.0 limit": "lci_95", "Upper CI 95.0 limit": "uci_95"}


def read_hle(content: bytes, asked: Asked) -> Reading:
    """Table `hle` from indicator 90362.

    Raises:
        SourceChanged: columns, indicator, sexes, periods or cells are not those we know.
    """
    return _by_area(content, asked, indicator="90362", value="hle")


def read_le(content: bytes, asked: Asked) -> Reading:
    """Table `life_expectancy` from indicator 90366.

    Raises:
        SourceChanged: as read_hle.
    """
    return _by_area(content, asked, indicator="90366", value="le")


def read_slope(content: bytes, asked: Asked) -> Reading:
    """Table `slope_published` from indicator 90825, England.

    Raises:
        SourceChanged: as read_hle.
    """
    rows = _rows(content, asked, indicator="90825", value="sii")
    return Reading(tidy(rows[rows["area_code"] == ENGLAND], asked))


def _by_area(content: bytes, asked: Asked, *, indicator: str, value: str) -> Reading:
    rows, replaced = in_force(_rows(content, asked, indicator=indicator, value=value), where=asked.where)
    return Reading(tidy(rows, asked), replaced)


def _rows(content: bytes, asked: Asked, *, indicator: str, value: str) -> pd.DataFrame:
    rows = csv_rows(content, where=asked.where)
    found = [str(name) for name in rows.columns]
    missing = [name for name in _KNOWN if name not in found and name != "Time period range"]
    unknown = [name for name in found if name not in _KNOWN and not name.startswith("Compared to ")]
    if missing or unknown:
        raise SourceChanged(
            f"The columns have changed: missing {', '.join(missing) or 'none'}; unknown {', '.join(unknown) or 'none'}.",
            where=asked.where,
            do=f"Expected 26 or 27 columns; found {len(found)}: {', '.join(found)}.",
        )
    same_names(rows["Indicator ID"], {indicator}, what="indicator", where=asked.where)
    ours = rows[(rows["Category Type"] == "") & (rows["Value"] != "") & (rows["Sex"] != "Persons")]
    names = _OURS | {theirs: f"{value}_{part}" for theirs, part in _ESTIMATE.items()}
    return ours[list(names)].rename(columns=names).drop_duplicates().reset_index(drop=True)
