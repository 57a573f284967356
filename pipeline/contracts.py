"""Checks a table against its contract and says, in a user's words, the first thing that is wrong."""

from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
import pandera.pandas as pa
from scipy.stats import spearmanr

from pipeline.errors import ContractBroken
from pipeline.tables import Column, Table


def check(table: Table, frame: pd.DataFrame, *, where: str) -> pd.DataFrame:
    """Return the frame in contract order if it keeps the contract of `table`.

    Checked, in this order: columns (none missing, none unknown), not empty, cell types and ranges, unique key,
    lower <= value <= upper, no hole in a series of periods, polarity.

    Args:
        table: the contract.
        frame: the table; column order is free.
        where: the file or step, for the message.

    Raises:
        ContractBroken: with what is wrong, where, and what to do.
    """
    _check_columns(table, list(frame.columns), where=where)
    if frame.empty:
        raise ContractBroken(f"Table {table.name} has no rows.", where=where, do=_RESTORE)
    frame = frame[list(table.column_names)]
    _check_cells(table, frame, where=where)
    _check_key(table, frame, where=where)
    _check_order(table, frame, where=where)
    _check_series(table, frame, where=where)
    _check_polarity(table, frame, where=where)
    return frame.reset_index(drop=True)


_RESTORE = "Restore the file from version control, or run `python -m pipeline fetch` again."


def _check_columns(table: Table, found: list[str], *, where: str) -> None:
    missing = [name for name in table.column_names if name not in found]
    unknown = [name for name in found if name not in table.column_names]
    if missing or unknown:
        parts = []
        if missing:
            parts.append(f"missing {_listed(missing)}")
        if unknown:
            parts.append(f"unknown {_listed(unknown)}")
        raise ContractBroken(
            f"Table {table.name} has the wrong columns: {'; '.join(parts)}.",
            where=where,
            do=f"Expected {_listed(table.column_names)}; found {_listed(found)}. {_RESTORE}",
        )


def _check_cells(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    try:
        _schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        first = errors.failure_cases.iloc[0]
        row = "" if pd.isna(first["index"]) else f", row {int(first['index']) + 2}"
        raise ContractBroken(
            f"Table {table.name}, column {first['column']}: {first['failure_case']!r} is not allowed "
            f"({first['check']}); {len(errors.failure_cases)} such cell(s) in all.",
            where=f"{where}{row}",
            do=f"See the meaning of {first['column']} in docs/data-dictionary.md. {_RESTORE}",
        ) from None


def _schema(table: Table) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(column.dtype, checks=_cell_checks(column), nullable=column.optional)
            for column in table.columns
        }
    )


def _cell_checks(column: Column) -> list[pa.Check]:
    checks = []
    if column.kind == "number":
        checks.append(pa.Check(np.isfinite, error="must be a finite number"))
    if column.lowest is not None:
        checks.append(pa.Check.ge(column.lowest, error=f"must be at least {column.lowest:g}"))
    if column.highest is not None:
        checks.append(pa.Check.le(column.highest, error=f"must be at most {column.highest:g}"))
    if column.allowed:
        checks.append(pa.Check.isin(column.allowed, error=f"must be one of {_listed(column.allowed)}"))
    if column.pattern:
        checks.append(
            pa.Check(
                lambda cells: cells.str.fullmatch(column.pattern),
                error=f"must look like {column.pattern}",
            )
        )
    return checks


def _check_key(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    repeated = frame.duplicated(list(table.key))
    if repeated.any():
        key = frame.loc[repeated, list(table.key)].iloc[0].to_dict()
        raise ContractBroken(
            f"Table {table.name} has {int(repeated.sum())} repeated row(s), the first for {_named(key)}.",
            where=where,
            do=f"Each combination of {_listed(table.key)} may stand once. {_RESTORE}",
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
                    do=f"Columns may be swapped. Expected {' <= '.join(columns)}. {_RESTORE}",
                )


def _check_series(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    if not table.series:
        return
    for _, rows in frame.groupby(list(table.same_periods_within or table.series)):
        starts = set(rows["period_start"])
        expected = set(range(min(starts), max(starts) + 1))
        for key, series in rows.groupby(list(table.series)):
            missing = sorted(expected - set(series["period_start"]))
            if missing:
                raise ContractBroken(
                    f"Table {table.name} lacks {len(missing)} period(s) for "
                    f"{_named(dict(zip(table.series, key, strict=True)))}: the first missing one starts in {missing[0]}.",
                    where=where,
                    do=f"A series may have no hole. {_RESTORE}",
                )


def _check_polarity(table: Table, frame: pd.DataFrame, *, where: str) -> None:
    for pair, sign in ((table.falls_with, -1), (table.rises_with, 1)):
        if pair is None:
            continue
        value, by = pair
        correlation = spearmanr(frame[value], frame[by]).statistic
        if not correlation * sign > 0:
            direction = "rise" if sign > 0 else "fall"
            raise ContractBroken(
                f"Table {table.name} has the wrong polarity: {value} should {direction} as {by} rises.",
                where=where,
                do=f"A column may be reversed (rank correlation found: {correlation:.2f}). {_RESTORE}",
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _named(key: Mapping[Hashable, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in key.items())
