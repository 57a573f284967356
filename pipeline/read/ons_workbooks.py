"""Reads the ONS workbooks: healthy life expectancy, life expectancy, and both by deprivation decile with the slope index.

Quirks: notes above the header, in varying number; age group "<1" is "at birth"; areas that are not published carry a mark
such as "[x]"; the life expectancy workbook's interval columns were never seen by name, so any that starts with "Lower" or
"Upper" (or is LCI, UCI) is taken.
"""

import pandas as pd

from pipeline.areas import WITHOUT_HLE
from pipeline.errors import SourceChanged
from pipeline.read.reading import Asked, Reading, area_columns, in_force, numbers, period_columns, sexes
from pipeline.read.workbook import sheet_table

_NOT_PUBLISHED = ("", "[x]", "[z]", "[c]", "[u]", ":")
_AT_BIRTH = ("<1", "Less than 1", "0")


def read_hle_workbook(content: bytes, asked: Asked) -> Reading:
    """Table `hle` from sheet 1 of the healthy life expectancy workbook, at birth only.

    Raises:
        SourceChanged: sheet, header, ages, sexes or cells are not those we know.
    """
    where = asked.where
    rows = _at_birth(sheet_table(content, "1", header_has=("Period", "Area code", "HLE"), where=where), where=where)
    rows = rows[~rows["area_code"].isin(WITHOUT_HLE)]
    rows, replaced = in_force(rows, where=where)
    return Reading(
        pd.DataFrame(
            {
                "release": asked.release,
                **area_columns(rows),
                "sex": sexes(rows["sex"], where=where),
                **period_columns(rows["period"], where=where),
                "hle_years": numbers(rows["HLE"], rows, where=where, missing=()),
                "hle_lci_95": numbers(_column(rows, "LCI", where=where), rows, where=where, missing=()),
                "hle_uci_95": numbers(_column(rows, "UCI", where=where), rows, where=where, missing=()),
            }
        ),
        replaced,
    )


def read_le_workbook(content: bytes, asked: Asked) -> Reading:
    """Table `life_expectancy` from sheet 1 of the workbook for local areas, at birth only.

    Raises:
        SourceChanged: sheet, header, ages, sexes or cells are not those we know.
    """
    where = asked.where
    header = ("Period", "Area code", "Life expectancy")
    rows = _at_birth(sheet_table(content, "1", header_has=header, where=where), where=where)
    rows, replaced = in_force(rows, where=where)
    table = pd.DataFrame(
        {
            "release": asked.release,
            **area_columns(rows),
            "sex": sexes(rows["sex"], where=where),
            **period_columns(rows["period"], where=where),
            "le_years": numbers(rows["Life expectancy"], rows, where=where, missing=_NOT_PUBLISHED),
            "le_lci_95": numbers(_column(rows, "LCI", where=where), rows, where=where, missing=_NOT_PUBLISHED),
            "le_uci_95": numbers(_column(rows, "UCI", where=where), rows, where=where, missing=_NOT_PUBLISHED),
        }
    )
    return Reading(table[table["le_years"].notna()].reset_index(drop=True), replaced)


def read_deciles(content: bytes, asked: Asked) -> Reading:
    """Table `hle_deciles`: healthy life expectancy from sheet 4, life expectancy from sheet 1.

    Raises:
        SourceChanged: sheets, headers, ages, sexes or cells are not those we know.
    """
    hle = _deciles(content, "4", "HLE", asked)
    le = _deciles(content, "1", "LE", asked)[["imd_decile", "sex", "period", "LE"]]
    both = hle.merge(le, on=["imd_decile", "sex", "period"], how="left", validate="one_to_one")
    renamed = both.rename(columns={"HLE": "hle_years", "LCI": "hle_lci_95", "UCI": "hle_uci_95", "LE": "le_years"})
    if renamed["le_years"].isna().any():
        raise SourceChanged(
            "Sheets 1 and 4 do not cover the same deciles, sexes and periods.",
            where=asked.where,
            do="Look at the file.",
        )
    return Reading(renamed.assign(release=asked.release))


def read_slope(content: bytes, asked: Asked) -> Reading:
    """Table `slope_published`: the slope index of inequality of healthy life expectancy, from sheet 6.

    Raises:
        SourceChanged: sheet, header, ages, sexes or cells are not those we know.
    """
    where = asked.where
    rows = sheet_table(content, "6", header_has=("Period", "Sex", "SII"), where=where)
    if "Age group" in rows:
        rows = rows[rows["Age group"].isin(_AT_BIRTH)].reset_index(drop=True)
    return Reading(
        pd.DataFrame(
            {
                "release": asked.release,
                "sex": sexes(rows["Sex"], where=where),
                **period_columns(rows["Period"], where=where),
                "sii_years": numbers(rows["SII"], rows, where=where, missing=()),
                "sii_lci_95": numbers(_column(rows, "LCI", where=where), rows, where=where, missing=()),
                "sii_uci_95": numbers(_column(rows, "UCI", where=where), rows, where=where, missing=()),
            }
        )
    )


def _deciles(content: bytes, sheet: str, value: str, asked: Asked) -> pd.DataFrame:
    where = f"{asked.where}, sheet {sheet}"
    rows = sheet_table(content, sheet, header_has=("Period", "IMD decile", "Sex", value), where=where)
    rows = rows[rows["Age group"].isin(_AT_BIRTH)].reset_index(drop=True)
    # a decile is written "1", "1 (most deprived)" or "10 (least deprived)"
    decile = rows["IMD decile"].str.extract(r"^(?:Decile )?(\d+)", expand=False).fillna("")
    return pd.DataFrame(
        {
            "imd_decile": numbers(decile.rename("IMD decile"), rows, where=where, missing=()).astype("int64"),
            "sex": sexes(rows["Sex"], where=where),
            **period_columns(rows["Period"], where=where),
            value: numbers(rows[value], rows, where=where, missing=()),
            "LCI": numbers(_column(rows, "LCI", where=where), rows, where=where, missing=()),
            "UCI": numbers(_column(rows, "UCI", where=where), rows, where=where, missing=()),
        }
    )


def _at_birth(rows: pd.DataFrame, *, where: str) -> pd.DataFrame:
    birth = rows[rows["Age group"].isin(_AT_BIRTH)] if "Age group" in rows else rows.iloc[:0]
    if birth.empty:
        raise SourceChanged(
            f"No rows at birth: age group {' or '.join(_AT_BIRTH)} is not there.",
            where=where,
            do=f"Age groups found: {', '.join(rows['Age group'].unique()[:5]) if 'Age group' in rows else 'no such column'}.",
        )
    names = {"Area code": "area_code", "Area name": "area_name", "Sex": "sex", "Period": "period"}
    return birth.rename(columns=names).reset_index(drop=True)


def _column(rows: pd.DataFrame, limit: str, *, where: str) -> pd.Series:
    start = {"LCI": "lower", "UCI": "upper"}[limit]
    found = [name for name in rows.columns if name == limit or name.lower().startswith(start)]
    if len(found) != 1:
        raise SourceChanged(
            f"Expected one column {limit} (or {start.title()} …), found {len(found)}.",
            where=where,
            do=f"Columns found: {', '.join(rows.columns)}.",
        )
    return rows[found[0]]
