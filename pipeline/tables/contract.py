"""What a contract is: columns with units and ranges, a key, and the checks that span columns or rows."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "integer", "number", "boolean"]

FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Text that begins so is run by spreadsheet programs (the last four are full-width twins)."""

_DTYPES = {"text": "str", "integer": "int64", "number": "float64", "boolean": "bool"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: what it holds, in which unit, and which values it may take."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    optional: bool = False
    """True where a cell may be empty; the meaning says when."""
    decimals: int = 4
    """How many decimals of a number are kept in a file."""

    @property
    def dtype(self) -> Any:
        """The pandas type in which the column is held (an optional integer as Int64)."""
        return "Int64" if self.kind == "integer" and self.optional else _DTYPES[self.kind]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: its columns, the key that is unique, and the checks that span columns or rows."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    """Other groups of columns whose values may occur once."""
    ordered: tuple[tuple[str, ...], ...] = ()
    """Groups of columns that must not decrease from left to right in any row (lower, value, upper)."""
    series: tuple[str, ...] = ()
    """Columns that name one series over periods, none of which may have a hole."""
    same_periods_within: tuple[str, ...] = ()
    """Columns (some of `series`) within which all series cover the same periods."""
    falls_with: tuple[str, str] | None = None
    """Polarity: the first column must fall as the second rises (HLE with IMD score)."""
    rises_with: tuple[str, str] | None = None
    """Polarity: the first column must rise as the second rises (HLE with IMD decile, 10 being least deprived)."""

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in file order."""
        return tuple(column.name for column in self.columns)
