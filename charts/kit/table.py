"""Tables of figures as a reader gets them: headings in words, rounded numbers, intervals in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from charts.kit import words

Record = Mapping[Any, Any]
"""One row of a table: column -> value."""
Rows = pd.DataFrame | Sequence[Record]
Columns = dict[str, Iterable[Any]]
"""Heading -> values of the column, or its name."""


def figures(rows: Rows, columns: Mapping[str, Iterable[Any]], *, decimals: int = 2) -> pd.DataFrame:
    """Columns of rows under headings, numbers rounded; a column is given by its name or by its values."""
    held = pd.DataFrame(rows)
    shown = {
        heading: held[column].array if isinstance(column, str) else list(column) for heading, column in columns.items()
    }
    return pd.DataFrame(shown).round(decimals)


def limits(measure: str) -> dict[str, str]:
    """Headings and columns of the 95% interval of a measure, for `figures`."""
    return {"Lower 95% limit": f"{measure}_lci_95", "Upper 95% limit": f"{measure}_uci_95"}


def intervals(rows: Rows, measure: str, decimals: int = 1, *, missing: str = "") -> list[str]:
    """95% interval of a measure in each row: "4.7 to 7.1"."""
    held = pd.DataFrame(rows)
    ends = zip(held[f"{measure}_lci_95"], held[f"{measure}_uci_95"], strict=True)
    return [words.interval(lower, upper, decimals) or missing for lower, upper in ends]


def by_period(rows: pd.DataFrame, periods: list[str], columns: Mapping[str, str]) -> Columns:
    """Heading -> a column's values in these periods, NaN where the rows lack a period; for `figures`."""
    found = rows.set_index("period").reindex(periods)
    return {heading: found[column].tolist() for heading, column in columns.items()}


def each(rows: Iterable[Record], *columns: str) -> list[list[Any]]:
    """Values of each column, in the order of the rows."""
    held = list(rows)
    return [[row[column] for row in held] for column in columns]


def yes_or_no(answers: Iterable[bool]) -> list[str]:
    """Each answer as "yes" or "no"."""
    return ["yes" if answer else "no" for answer in answers]
