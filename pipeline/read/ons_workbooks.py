"""Reads the ONS workbooks: healthy life expectancy, life expectancy, and both by deprivation decile with the slope index.

Quirks: notes above the header, in varying number; age group "<1" is "at birth"; areas that are not published carry a mark
such as "[x]"; the life expectancy workbook's interval columns were never seen by name, so any that starts with "Lower" or
"Upper" (or is LCI, UCI) is taken.
"""

import pandas as pd

from pipeline.areas import WITHOUT_HLE
from pipeline.errors import SourceChanged
from pipeline.read.reading import Asked, Reading, in_force, period_columns, sexes, tidy
from pipeline.read.workbook import sheet_table

_NOT_PUBLISHED = ("", "[x]", "[z]", "[c]", "[u]", ":")
_AT_BIRTH = ("<1", "Less than 1", "0")


def read_hle_workbook(content: bytes, asked: Asked) -> Reading:
    """Table `hle` from sheet 1 of the healthy life expectancy workbook, at birth only.

    Raises:
        SourceChanged: sheet, header, ages, sexes or cells are not those we know.
    """
    rows = _sheet(content, "1", "HLE", "hle", asked)
    rows, replaced = in_force(rows[~rows["area_code"].isin(WITHOUT_HLE)], where=asked.where)
    return Reading(tidy(rows, asked), replaced)


def read_le_workbook(content: bytes, asked: Asked) -> Reading:
    """Table `life_expectancy` from sheet 1 of the workbook for local areas, at birth only.

    Raises:
        SourceChanged: as read_hle_workbook.
    """
    rows, replaced = in_force(_sheet(content, "1", "Life expectancy", "le", asked), where=asked.where)
    table = tidy(rows, asked, not_published=_NOT_PUBLISHED)
    return Reading(table[table["le_years"].notna()].reset_index(drop=True), replaced)


def read_deciles(content: bytes, asked: Asked) -> Reading:
    """Table `hle_deciles`: healthy life expectancy from sheet 4, life expectancy from sheet 1.

    Raises:
        SourceChanged: as read_hle_workbook, or the sheets do not cover the same deciles.
    """
    key = ["imd_decile", "sex", "period"]
    hle = _decile_sheet(content, "4", "HLE", "hle", asked)
    le = _decile_sheet(content, "1", "LE", "le", asked)[[*key, "le_years"]]
    both = hle.merge(le, on=key, how="left", validate="one_to_one")
    if both["le_years"].isna().any():
        raise SourceChanged(
            "Sheets 1 and 4 do not cover the same deciles, sexes and periods.",
            where=asked.where,
            do="Look at the file.",
        )
    return Reading(tidy(both, asked))


def read_slope(content: bytes, asked: Asked) -> Reading:
    """Table `slope_published`: the slope index of inequality of healthy life expectancy, from sheet 6.

    Raises:
        SourceChanged: as read_hle_workbook.
    """
    return Reading(tidy(_sheet(content, "6", "SII", "sii", asked), asked))


_COLUMNS = {
    "Area code": "area_code",
    "Area name": "area_name",
    "Sex": "sex",
    "Period": "period",
    "IMD decile": "imd_decile",
}


def _sheet(content: bytes, sheet: str, value: str, ours: str, asked: Asked) -> pd.DataFrame:
    """The rows at birth under our names; `value` with its interval becomes `<ours>_years`, `_lci_95`, `_uci_95`."""
    rows = sheet_table(content, sheet, header_has=("Period", "Sex", value), where=asked.where)
    if "Age group" in rows or sheet != "6":
        rows = _at_birth(rows, where=asked.where)
    estimate = {
        value: f"{ours}_years",
        _limit(rows, "LCI", where=asked.where): f"{ours}_lci_95",
        _limit(rows, "UCI", where=asked.where): f"{ours}_uci_95",
    }
    return rows.rename(columns=_COLUMNS | estimate)


def _decile_sheet(content: bytes, sheet: str, value: str, ours: str, asked: Asked) -> pd.DataFrame:
    rows = _sheet(content, sheet, value, ours, asked)
    # a decile is written "1", "1 (most deprived)" or "10 (least deprived)"
    return rows.assign(
        imd_decile=rows["imd_decile"].str.extract(r"^(?:Decile )?(\d+)", expand=False).fillna(""),
        sex=sexes(rows["sex"], where=asked.where),
        period=period_columns(rows["period"], where=asked.where)["period"],
    )


def _at_birth(rows: pd.DataFrame, *, where: str) -> pd.DataFrame:
    ages = rows["Age group"] if "Age group" in rows else pd.Series("no such column", index=rows.index)
    birth = rows[ages.isin(_AT_BIRTH)]
    if birth.empty:
        raise SourceChanged(
            f"No rows at birth: age group {' or '.join(_AT_BIRTH)} is not there.",
            where=where,
            do=f"Age groups found: {', '.join(ages.unique()[:5])}.",
        )
    return birth.reset_index(drop=True)


def _limit(rows: pd.DataFrame, limit: str, *, where: str) -> str:
    start = {"LCI": "lower", "UCI": "upper"}[limit]
    found = [name for name in rows.columns if name == limit or name.lower().startswith(start)]
    if len(found) != 1:
        raise SourceChanged(
            f"Expected one column {limit} (or {start.title()} …), found {len(found)}.",
            where=where,
            do=f"Columns found: {', '.join(rows.columns)}.",
        )
    return str(found[0])
