"""What a reader hands back, and the checks that every reader makes on the way."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.areas import AREA_TYPES, area_type_of, code_in_force
from pipeline.errors import SourceChanged
from pipeline.periods import parse_period
from pipeline.read.delimited import PUBLISHERS_OWN
from pipeline.sources import Source
from pipeline.tables.contract import FORMULA_STARTS


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader is asked to read."""

    source: Source
    release: str
    held: Callable[[str], pd.DataFrame] = field(default=lambda table: pd.DataFrame(), repr=False)
    """A raw table that is held, for readers whose publisher leaves out what another publishes."""

    file: str = ""
    """Name of the file, where it was prepared by hand."""

    @property
    def where(self) -> str:
        """The place that a message names."""
        return self.file or f"{self.source.id}, release {self.release}"


@dataclass(frozen=True)
class Reading:
    """A tidy table made from a publisher's file, and what was met on the way."""

    frame: pd.DataFrame
    replaced_codes: Mapping[str, str] = field(default_factory=dict)
    """Codes that the file carries and that are no longer in force -> code in force."""
    notes: tuple[str, ...] = ()
    """What else a reader of the report should know: columns not used, figures not published."""


def columns_by_name(
    found: Sequence[str], spellings: Mapping[str, tuple[str, ...]], *, where: str, optional: tuple[str, ...] = ()
) -> dict[str, str]:
    """The publisher's column -> our column, accepting every known spelling and no other.

    Raises:
        SourceChanged: a column is missing, or there is one that we do not know.
    """
    known = {spelling: ours for ours, accepted in spellings.items() for spelling in accepted}
    renamed = {column: known[column] for column in found if column in known}
    missing = [ours for ours in spellings if ours not in renamed.values() and ours not in optional]
    unknown = [column for column in found if column not in known]
    if missing or unknown:
        wanted = "; ".join(" or ".join(spellings[ours]) for ours in missing)
        parts = [f"missing {wanted}" if missing else "", f"unknown {', '.join(unknown)}" if unknown else ""]
        raise SourceChanged(
            f"The columns have changed: {'; '.join(part for part in parts if part)}.",
            where=where,
            do=f"Expected {', '.join(accepted[0] for accepted in spellings.values())}; found {', '.join(found)}. If the "
            "publisher has renamed a column, add its new name to the reader.",
        )
    return renamed


def numbers(cells: pd.Series, rows: pd.DataFrame, *, where: str, missing: Sequence[str] = ("",)) -> pd.Series:
    """Text cells as numbers; cells that mean "not published" become NaN.

    Raises:
        SourceChanged: a cell is neither a number nor a known mark, naming the cell and its area.
    """
    text = cells.str.strip()
    values = pd.to_numeric(text, errors="coerce").astype("float64")
    wrong = values.isna() & ~text.isin(list(missing))
    if wrong.any():
        first = rows[wrong].iloc[0]
        place = ", ".join(str(first[name]) for name in ("area_name", "sex", "indicator", "period") if name in rows)
        hint, remedy = _why_no_number(str(text[wrong].iloc[0]))
        raise SourceChanged(
            f"{int(wrong.sum())} cell(s) of {cells.name} hold no number, the first {text[wrong].iloc[0]!r}"
            f"{f' ({place})' if place else ''}.{hint}",
            where=where,
            do=remedy,
        )
    return values


def _why_no_number(cell: str) -> tuple[str, str]:
    """What a cell that should hold a number may be, and the remedy."""
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", cell):
        return (
            " Commas between thousands?",
            f"{PUBLISHERS_OWN}, or format its numbers without a mark between thousands.",
        )
    if re.fullmatch(r"-?\d+,\d+", cell):
        return " A decimal comma?", f"{PUBLISHERS_OWN}, or save it with points in the numbers."
    return "", (
        "The publisher may have suppressed figures or changed how it writes them. Look at the file; if the mark is a new "
        "way to say that nothing is published, add it to the reader."
    )


def in_force(frame: pd.DataFrame, *, where: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """The rows of areas that we use with codes in force, and which codes were replaced.

    Where a file carries the same figure under a replaced code and under its successor, the successor's row is kept.

    Raises:
        SourceChanged: no row is of an area that we use, or a code is nearly one of ours.
    """
    codes_exact(frame["area_code"], where=where)
    ours = frame[frame["area_code"].map(area_type_of) != ""].copy()
    if ours.empty:
        found = ", ".join(str(code) for code in frame["area_code"].unique()[:3])
        raise SourceChanged(
            f"No area code is one that we use; the first are {found or 'none'}.",
            where=where,
            do="Expected codes such as E12000001. Columns may have been swapped.",
        )
    new_codes = ours["area_code"].map(code_in_force)
    renamed = new_codes != ours["area_code"]
    replaced = dict(sorted(zip(ours.loc[renamed, "area_code"], new_codes[renamed], strict=True)))
    ours["area_code"] = new_codes
    cell = [
        name for name in ("release", "district_code", "area_code", "indicator", "sex", "period", "year") if name in ours
    ]
    cells = pd.MultiIndex.from_frame(ours[cell])
    listed_twice = renamed & cells.isin(cells[~renamed])
    return ours[~listed_twice].reset_index(drop=True), replaced


_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def codes_exact(codes: pd.Series, *, where: str, among: Mapping[str, str] = AREA_TYPES) -> None:
    """Refuse a code that is one of those among which we look but for a blank, a letter's case, look-alike letters or its length.

    Raises:
        SourceChanged: naming the code and the one that it nearly is.
    """
    begins_as_ours = re.compile("|".join(pattern.replace(r"\d{6}", r"\d*") for pattern in among.values()), re.ASCII)
    for code in codes.unique():
        spelt = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", str(code)))).upper()
        meant = spelt[:1] + spelt[1:].translate(_LOOK_ALIKE)
        if not area_type_of(str(code), among) and begins_as_ours.fullmatch(meant) and 7 <= len(meant) <= 11:
            nearly = meant if area_type_of(meant, among) else "a code of nine characters"
            raise SourceChanged(
                f"The area code {str(code)!r} is nearly {nearly}.",
                where=where,
                do="A blank, another letter or a missing digit may have slipped in. Look at the file, and tell the publisher.",
            )


def period_columns(published: pd.Series, *, where: str) -> dict[str, list[str] | list[int]]:
    """The three period columns of our tables from a publisher's spelling.

    Raises:
        SourceChanged: a period is not understood.
    """
    try:
        periods = {text: parse_period(text) for text in published.unique()}
    except SourceChanged as error:
        raise SourceChanged(error.what, where=where, do=error.do) from None
    return {
        "period": [periods[text].label for text in published],
        "period_start": [periods[text].start for text in published],
        "period_end": [periods[text].end for text in published],
    }


def plain(text: str, *, where: str) -> str:
    """Text with one plain blank for blanks of every kind and none at its ends.

    Raises:
        SourceChanged: it holds a character that cannot be seen (a control character or a mark of no width), or begins as a
            formula does.
    """
    unseen = [
        character for character in text if unicodedata.category(character)[0] == "C" and character not in "\t\r\n"
    ]
    if unseen:
        raise SourceChanged(
            f"{text!r} holds a control character (U+{ord(unseen[0]):04X}).",
            where=where,
            do="Names and codes should be plain text. Look at the file: it may be damaged.",
        )
    blanks_alike = " ".join(text.split())
    if blanks_alike.startswith(FORMULA_STARTS):
        raise SourceChanged(
            f"{blanks_alike[:40]!r} begins with {blanks_alike[0]}: a spreadsheet would take it for a formula.",
            where=where,
            do="Names and codes should be plain text. Look at the file: somebody may have tampered with it.",
        )
    return blanks_alike


def tidy(rows: pd.DataFrame, asked: Asked, *, not_published: Sequence[str] = ()) -> pd.DataFrame:
    """The table of the source's contract from text cells under our names; an optional column may be absent.

    Periods and sexes get our spelling, the level of an area comes from its code, numbers are typed. A cell of
    `not_published` is an empty one.

    Raises:
        SourceChanged: a period, a sex or a number is not understood.
        KeyError: a column that is not optional is absent.
    """
    table, where = asked.source.contract, asked.where
    rows = rows.reset_index(drop=True)
    ours: dict[str, Any] = {} if "release" in rows else {"release": asked.release}
    if {"period", "period_end"} <= set(table.column_names):
        ours |= period_columns(rows["period"], where=where)
    if "area_type" in table.column_names and "area_type" not in rows:
        ours["area_type"] = rows["area_code"].map(area_type_of)
    if "sex" in table.column_names:
        ours["sex"] = sexes(rows["sex"], where=where)
    for column in table.columns:
        if column.name in ours:
            continue
        absent = column.optional and column.name not in rows
        cells = pd.Series("", index=rows.index, dtype="str") if absent else rows[column.name]
        if column.kind == "text":
            cells = cells.map({text: plain(text, where=where) for text in cells.unique()})
            ours[column.name] = cells.where(cells != "", None) if column.optional else cells
        else:
            empty = ("",) if absent else not_published if column.optional or column.kind == "number" else ()
            ours[column.name] = numbers(cells, rows, where=where, missing=empty).astype(column.dtype)
    return pd.DataFrame({name: ours[name] for name in table.column_names})


_SEXES = {"male": "male", "males": "male", "female": "female", "females": "female"}


def sexes(published: pd.Series, *, where: str) -> pd.Series:
    """ "female" or "male" from a publisher's spelling.

    Raises:
        SourceChanged: a spelling is neither, or one of the two sexes is missing.
    """
    ours = published.str.strip().str.lower().map(_SEXES)
    unknown = sorted(set(published[ours.isna()]))
    if unknown or set(ours.dropna()) != {"female", "male"}:
        raise SourceChanged(
            f"The sexes have changed: found {', '.join(sorted(set(published))) or 'none'}.",
            where=where,
            do="Expected Male and Female, both.",
        )
    return ours


def same_names(found: pd.Series, expected: set[str], *, what: str, where: str) -> None:
    """Refuse a column whose set of values is not the one expected.

    Raises:
        SourceChanged: naming what is missing and what is unknown.
    """
    names = set(found)
    if names != expected:
        raise SourceChanged(
            f"The {what}s have changed: missing {', '.join(sorted(expected - names)) or 'none'}; "
            f"unknown {', '.join(sorted(names - expected)) or 'none'}.",
            where=where,
            do=f"Expected {', '.join(sorted(expected))}. If the publisher has renamed one, change the reader.",
        )
