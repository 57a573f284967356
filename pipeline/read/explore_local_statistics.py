"""Reads the CSV files of ONS Explore Local Statistics: one long table of areas, indicators and periods.

Quirks: some files start with a byte-order mark; column names have changed three times; some carry an obsolete area
code beside its successor, or an area twice under two kinds of geography; a figure that is not published is an empty
cell with a status letter.
"""

import re
from datetime import date

import pandas as pd

from pipeline.areas import ENDED, NATION_TYPES, area_type_of
from pipeline.errors import SourceChanged
from pipeline.periods import parse_period
from pipeline.read.delimited import csv_rows
from pipeline.read.reading import (
    Asked,
    Reading,
    codes_exact,
    columns_by_name,
    in_force,
    period_columns,
    same_names,
    tidy,
)
from pipeline.sources import BUILDING_BLOCKS

_SPELLINGS = {
    "area_code": ("areacd",),
    "area_name": ("areanm",),
    "geography": ("geography",),
    "indicator": ("indicator",),
    "period": ("period",),
    "value": ("observation", "value"),
    "measure": ("measure",),
    "unit": ("unit",),
    "lci_95": ("lci_95", "lower_confidence_interval_95", "lci"),
    "uci_95": ("uci_95", "upper_confidence_interval_95", "uci"),
    "status": ("status", "observation_status"),
    "notes": ("notes", "note"),
}
_OPTIONAL = ("geography", "measure", "unit", "status", "notes")
_UNITS_OF_YEARS = ("yrs", "years", "Years", "")
_SEX_OF_INDICATOR = {
    "Female healthy life expectancy": "female",
    "Male healthy life expectancy": "male",
}


def read_hle(content: bytes, asked: Asked) -> Reading:
    """Table `hle` from the healthy life expectancy file.

    Raises:
        SourceChanged: columns, indicators, units, periods or cells are not those we know.
    """
    rows, replaced = in_force(_long_table(content, where=asked.where), where=asked.where)
    return Reading(_hle_years(rows, asked), replaced)


def read_nations(content: bytes, asked: Asked) -> Reading:
    """Table `nations` from the same file: the United Kingdom, its nations without England, and their authorities.

    Raises:
        SourceChanged: as in `read_hle`.
    """
    rows = _long_table(content, where=asked.where)
    codes_exact(rows["area_code"], where=asked.where, among=NATION_TYPES)
    rows = rows.assign(area_type=[area_type_of(code, NATION_TYPES) for code in rows["area_code"]])
    return Reading(_hle_years(rows[rows["area_type"] != ""], asked))


def _hle_years(rows: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    same_names(rows["indicator"], set(_SEX_OF_INDICATOR), what="indicator", where=asked.where)
    _same_unit(rows, _UNITS_OF_YEARS, where=asked.where)
    rows = rows.assign(sex=rows["indicator"].map(_SEX_OF_INDICATOR))
    return tidy(rows.rename(columns={"value": "hle_years", "lci_95": "hle_lci_95", "uci_95": "hle_uci_95"}), asked)


def read_income(content: bytes, asked: Asked) -> Reading:
    """Table `income` from the file of gross disposable household income per head.

    Raises:
        SourceChanged: columns, indicators, periods or cells are not those we know.
    """
    where = asked.where
    rows, replaced = in_force(_long_table(content, where=where), where=where)
    same_names(rows["indicator"], {"Gross disposable household income"}, what="indicator", where=where)
    _same_unit(rows, ("£", "GBP", ""), where=where)
    years = period_columns(rows["period"], where=where)
    if years["period_start"] != years["period_end"]:
        raise SourceChanged(
            "A period is longer than a year.", where=where, do="Income is published by calendar year. Look at the file."
        )
    rows = rows.assign(year=[str(year) for year in years["period_start"]])
    return Reading(tidy(rows.rename(columns={"value": "gdhi_per_head_gbp"}), asked), replaced)


def read_building_block(content: bytes, asked: Asked) -> Reading:
    """Table `building_blocks` from one indicator file; only the indicators we list, only published figures.

    Raises:
        SourceChanged: columns, periods or cells are not those we know, or a listed indicator has gone.
    """
    where = asked.where
    ours = {block.published_name: block.id for block in BUILDING_BLOCKS if block.source_id == asked.source.id}
    rows = _long_table(content, where=where)
    rows = rows[rows["indicator"].isin(ours)]
    same_names(rows["indicator"], set(ours), what="indicator", where=where)
    rows, replaced = in_force(rows[~rows["area_code"].isin(ENDED)], where=where)
    # an area published as two kinds of geography (a combined authority that is also an ITL 2 area) is listed twice
    rows = rows.drop_duplicates(["area_code", "indicator", "period", "value", "lci_95", "uci_95"])
    rows = rows.assign(
        indicator=rows["indicator"].map(ours),
        period_start=rows["period"].str.slice(0, 10),
        period=[_label(text, where=where) for text in rows["period"]],
    )
    table = tidy(rows, asked, not_published=("",))
    return Reading(table[table["value"].notna()].reset_index(drop=True), replaced)


def period_label(published: str) -> str:
    """The label of a period in this publisher's spelling.

    "2024-01-01/P1Y" -> "2024"; "2022-01-01/P3Y" -> "2022 to 2024"; a year that starts later, "2024-04-01/P1Y" ->
    "2024/25"; "2022-04-01/P3Y" -> "2022/23 to 2024/25"; a single day stays an ISO date.

    Raises:
        SourceChanged: it is none of these.
    """
    start, _, duration = published.partition("/")
    if re.fullmatch(r"\d{4}", published):
        return published
    try:
        date.fromisoformat(start)
    except ValueError:
        raise SourceChanged(
            f"Period not understood: {published!r}.",
            do="Expected the first day and a number of years, as 2024-04-01/P1Y, or one day. If the publisher has changed its "
            "spelling, add it to the reader.",
        ) from None
    if not duration:
        return start
    period = parse_period(f"{start[:4]}-01-01/{duration}")
    if start.endswith("-01-01"):
        return period.label
    first, last = _straddling(period.start), _straddling(period.end)
    return first if first == last else f"{first} to {last}"


def _label(published: str, *, where: str) -> str:
    try:
        return period_label(published)
    except SourceChanged as error:
        raise SourceChanged(error.what, where=where, do=error.do) from None


def _straddling(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _long_table(content: bytes, *, where: str) -> pd.DataFrame:
    rows = csv_rows(content, where=where)
    names = columns_by_name(list(rows.columns), _SPELLINGS, where=where, optional=_OPTIONAL)
    return rows.rename(columns=names)


def _same_unit(rows: pd.DataFrame, accepted: tuple[str, ...], *, where: str) -> None:
    units = set(rows["unit"]) if "unit" in rows else set()
    if not units <= set(accepted):
        raise SourceChanged(
            f"The unit has changed: {', '.join(sorted(units - set(accepted)))}.",
            where=where,
            do=f"Expected {accepted[0]}. Figures in another unit must not be taken in as they are.",
        )
