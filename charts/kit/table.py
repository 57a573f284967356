"""Tables of figures as a reader gets them: headings in words, rounded numbers, intervals in words."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from charts.kit import words

Record = Mapping[Any, Any] | pd.Series
"""One row of a table: column -> value."""
Rows = pd.DataFrame | Sequence[Record]
Columns = dict[str, Iterable[Any]]
"""Heading -> values of the column, or its name."""


def figures(rows: Rows, columns: Mapping[str, Iterable[Any]], *, decimals: int = 2) -> pd.DataFrame:
    """Columns of rows under headings, numbers rounded; a column is given by its name or by its values."""
    shown = {heading: list(_column(rows, what) if isinstance(what, str) else what) for heading, what in columns.items()}
    return pd.DataFrame(shown).round(decimals)


def _column(rows: Rows, name: str) -> Iterable[Any]:
    return rows[name].array if isinstance(rows, pd.DataFrame) else [row[name] for row in rows]


def limits(measure: str) -> dict[str, str]:
    """Headings and columns of the 95% interval of a measure, for `figures`."""
    return {"Lower 95% limit": f"{measure}_lci_95", "Upper 95% limit": f"{measure}_uci_95"}


def intervals(rows: Rows, measure: str, decimals: int = 1, *, level: int = 95, missing: str = "") -> list[str]:
    """Interval of a measure in each row, the 95% one or that of another `level`: "4.7 to 7.1"."""
    lower, upper = (_column(rows, f"{measure}_{limit}_{level}") for limit in ("lci", "uci"))
    return [words.interval(low, high, decimals) or missing for low, high in zip(lower, upper, strict=True)]


def by_period(rows: pd.DataFrame, periods: Iterable[str], columns: Mapping[str, str]) -> Columns:
    """Heading -> a column's values in these periods, NaN where the rows lack a period; for `figures`."""
    held = {column: dict(zip(rows["period"], rows[column], strict=True)) for column in columns.values()}
    return {heading: [held[column].get(period, math.nan) for period in periods] for heading, column in columns.items()}


def each(rows: Iterable[Record], *columns: str) -> list[list[Any]]:
    """Values of each column, in the order of the rows."""
    held = list(rows)
    return [[row[column] for row in held] for column in columns]


def yes_or_no(answers: Iterable[bool]) -> list[str]:
    """Each answer as "yes" or "no"."""
    return ["yes" if answer else "no" for answer in answers]
