"""Checks a table against its contract and says, in a user's words, the first thing that is wrong."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from pipeline.errors import ContractBroken
from pipeline.tables import Column, Table
from pipeline.tables.contract import FORMULA_STARTS

RESTORE = "Restore the file from version control, or run `python -m pipeline fetch` again."
"""What to do about a table that is held; a table on its way in has another remedy."""


def check(table: Table, frame: pd.DataFrame, *, where: str, remedy: str = RESTORE) -> pd.DataFrame:
    """The frame in contract order if it keeps the contract of `table`; the order of its own columns is free.

    Checked, in this order: columns (none missing, none unknown), not empty, cell types and ranges, unique keys,
    lower <= value <= upper, no hole in a series of periods, polarity. `where` is the file or step, and `remedy` what to do,
    for the message.

    Raises:
        ContractBroken: with what is wrong, where, and what to do.
    """
    try:
        return _checked(table, frame, where=where)
    except ContractBroken as error:
        raise ContractBroken(error.what, where=error.where, do=f"{error.do} {remedy}".strip()) from None


def _checked(table: Table, frame: pd.DataFrame, *, where: str) -> pd.DataFrame:
    _check_columns(table, list(frame.columns), where=where)
    if frame.empty:
        raise ContractBroken(f"Table {table.name} has no rows.", where=where)
    frame = frame[list(table.column_names)].reset_index(drop=True)
    _check_cells(table, frame, where=where)
    _check_keys(table, frame, where=where)
    _check_order(table, frame, where=where)
    _check_series(table, frame, where=where)
    _check_polarity(table, frame, where=where)
    return frame


_MARKUP = re.compile(r"[<`\[\]\\$*|]|&#?\w+;|:[\w/]+:")
"""What HTML or Markdown would act on: names go into sentences, and no screen should have to defuse them."""


def _check_columns(table: Table, found: list[str], *, where: str) -> None:
    missing = [name for name in table.column_names if name not in found]
    unknown = [name for name in found if name not in table.column_names]
    if missing or unknown:
        parts = [f"missing {_listed(missing)}"] * bool(missing) + [f"unknown {_listed(unknown)}"] * bool(unknown)
        raise ContractBroken(
            f"Table {table.name} has the wrong columns: {'; '.join(parts)}.",
            where=where,
            do=f"Expected {_listed(table.column_names)}; found {_listed(found)}.",
        )


def _check_cells(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    for column in table.columns:
        cells = frame[column.name]
        for rule, wrong in broken_rules(column, cells):
            if wrong.any():
                position = int(np.flatnonzero(wrong)[0])
                raise ContractBroken(
                    f"Table {table.name}, column {column.name}: {cells.iloc[position]!r} is not allowed ({rule}); "
                    f"{int(wrong.sum())} such cell(s) in all.",
                    where=f"{where}, row {position + 2}",
                    do=f"See the meaning of {column.name} in docs/data-dictionary.md.",
                )


def broken_rules(column: Column, cells: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Each rule of a column in words, and the cells that break it; a rule may rely on those before it."""
    empty = cells.isna()
    if not column.optional:
        yield "must not be empty", empty
    yield f"must be of kind {column.kind}", ~empty & ~_of_kind(column, cells)
    if column.kind == "text":
        yield "must hold no markup", _texts(cells, lambda text: bool(_MARKUP.search(text)))
    if column.kind == "number":
        yield "must be a finite number", ~empty & ~np.isfinite(cells)
    if column.lowest is not None:
        yield f"must be at least {column.lowest:g}", (cells < column.lowest).fillna(False)
    if column.highest is not None:
        yield f"must be at most {column.highest:g}", (cells > column.highest).fillna(False)
    if column.allowed:
        yield f"must be one of {_listed(column.allowed)}", ~empty & ~cells.isin(column.allowed)
    elif column.kind == "text" and not column.pattern:
        # exports hand such cells to spreadsheet programs
        yield "must not begin as a formula does", _texts(cells, lambda text: text.startswith(FORMULA_STARTS))
    if column.pattern:
        looks_so = re.compile(column.pattern, re.ASCII).fullmatch
        yield f"must look like {column.pattern}", _texts(cells, lambda text: not looks_so(text))


def _texts(cells: pd.Series, wrong: Callable[[str], bool]) -> pd.Series:
    """The cells whose text is wrong; each text is looked at once, however many cells hold it."""
    return cells.isin([text for text in cells.unique() if isinstance(text, str) and wrong(text)])


_IS_OF_KIND: Mapping[str, Callable[[pd.Series], bool]] = {
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_float_dtype,
    "boolean": pd.api.types.is_bool_dtype,
}


def _of_kind(column: Column, cells: pd.Series) -> pd.Series:
    if column.kind == "text" and not isinstance(cells.dtype, pd.StringDtype):
        return cells.map(lambda cell: isinstance(cell, str)).astype(bool)
    return pd.Series(column.kind == "text" or _IS_OF_KIND[column.kind](cells), index=cells.index)


def _check_keys(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    for columns in (table.key, *table.unique):
        repeated = frame.duplicated(list(columns))
        if repeated.any():
            key = frame.loc[repeated, list(columns)].iloc[0].to_dict()
            raise ContractBroken(
                f"Table {table.name} has {int(repeated.sum())} repeated row(s), the first for {_named(key)}.",
                where=where,
                do=f"Each combination of {_listed(columns)} may occur once.",
            )


def _check_order(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    for columns in table.ordered:
        for lower, upper in pairwise(columns):
            wrong = frame[lower] > frame[upper]
            if wrong.any():
                row = frame[wrong].iloc[0]
                key = row[list(table.key)].to_dict()
                raise ContractBroken(
                    f"Table {table.name}: {lower} ({row[lower]:g}) is above {upper} ({row[upper]:g}) for "
                    f"{_named(key)}; {int(wrong.sum())} such row(s).",
                    where=where,
                    do=f"Columns may be swapped. Expected {' <= '.join(columns)}.",
                )


def _check_series(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    if not table.series:
        return
    together = list(table.same_periods_within or table.series)
    series = list(dict.fromkeys([*together, *table.series]))
    starts = frame.groupby(together)["period_start"]
    first, last = starts.transform("min"), starts.transform("max")
    broken = frame.groupby(series)["period_start"].transform("nunique") <= last - first
    if broken.any():
        at = frame[broken].sort_values(series).index[0]
        key = frame.loc[at, list(table.series)]
        own = frame.loc[(frame[series] == frame.loc[at, series]).all(axis=1), "period_start"]
        missing = sorted({*range(first[at], last[at] + 1)} - {*own})
        raise ContractBroken(
            f"Table {table.name} lacks {len(missing)} period(s) for {_named(key.to_dict())}: "
            f"the first missing one starts in {missing[0]}.",
            where=where,
            do="A series may have no hole.",
        )


def _check_polarity(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    for pair, sign in ((table.falls_with, -1), (table.rises_with, 1)):
        if pair is None:
            continue
        value, by = pair
        correlation = frame[value].rank().corr(frame[by].rank())
        if not correlation * sign > 0:
            direction = "rise" if sign > 0 else "fall"
            raise ContractBroken(
                f"Table {table.name} has the wrong polarity: {value} should {direction} as {by} rises.",
                where=where,
                do=f"A column may be reversed (rank correlation found: {correlation:.2f}).",
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _named(key: Mapping[Hashable, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in key.items())
