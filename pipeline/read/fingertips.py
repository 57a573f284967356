"""Reads the CSV that Fingertips gives for one indicator: 26 columns, or 27 with "Time period range".

Quirks: rows may end early or be empty; new columns come at the end; a "Compared to …" column is named after the parent area; rows of categories (deprivation tenths and the like) are
mixed with those of areas; time periods are spelt "2022 - 24"; areas without a figure have an empty value and a note.
"""

import pandas as pd

from pipeline.areas import ENGLAND, area_type_of
from pipeline.errors import SourceChanged
from pipeline.read.delimited import csv_rows
from pipeline.read.reading import Asked, Reading, in_force, same_names, tidy

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
_USED = ("Indicator ID", "Category Type", *_OURS, *_ESTIMATE)


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
    rows, notes = _rows(content, asked, indicator="90825", value="sii")
    return Reading(tidy(rows[rows["area_code"] == ENGLAND], asked), notes=notes)


def _by_area(content: bytes, asked: Asked, *, indicator: str, value: str) -> Reading:
    rows, notes = _rows(content, asked, indicator=indicator, value=value)
    rows, replaced = in_force(rows, where=asked.where)
    return Reading(tidy(rows, asked), replaced, notes)


def _rows(content: bytes, asked: Asked, *, indicator: str, value: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The published figures of areas under our names, and notes on what was left out."""
    rows = csv_rows(content, where=asked.where, needed=_USED)
    unused = _unknown_columns([str(name) for name in rows.columns], asked)
    same_names(rows["Indicator ID"], {indicator}, what="indicator", where=asked.where)
    of_areas = rows[(rows["Category Type"] == "") & (rows["Sex"] != "Persons")]
    names = _OURS | {theirs: f"{value}_{part}" for theirs, part in _ESTIMATE.items()}
    published = of_areas[of_areas["Value"] != ""][list(names)].rename(columns=names).drop_duplicates()
    notes = [f"columns not used: {', '.join(unused)}"] if unused else []
    return published.reset_index(drop=True), (*notes, *_not_published(of_areas[of_areas["Value"] == ""]))


def _unknown_columns(found: list[str], asked: Asked) -> list[str]:
    """New columns at the end of the file, which do no harm.

    Raises:
        SourceChanged: a column is missing, or an unknown one is among those we know.
    """
    missing = [name for name in _KNOWN if name not in found and name != "Time period range"]
    known = [name in _KNOWN or name.startswith("Compared to ") or name == "Target data" for name in found]
    last_known = max((position for position, is_known in enumerate(known) if is_known), default=-1)
    unknown = [name for name, is_known in zip(found[:last_known], known, strict=False) if not is_known]
    if missing or unknown:
        raise SourceChanged(
            f"The columns have changed: missing {', '.join(missing) or 'none'}; unknown {', '.join(unknown) or 'none'}.",
            where=asked.where,
            do=f"Expected 26 or 27 columns; found {len(found)}: {', '.join(found)}.",
        )
    return found[last_known + 1 :]


def _not_published(rows: pd.DataFrame) -> list[str]:
    """A line on the areas without a figure, in the publisher's own words for why."""
    ours = rows[rows["Area Code"].map(area_type_of) != ""]
    if ours.empty:
        return []
    first = ours.iloc[0]
    why = f" ({first['Value note']})" if first["Value note"] else ""
    return [
        f"not published: {len(ours)} figure(s), the first {first['Area Name']}, {first['Sex']}, {first['Time period']}{why}"
    ]
