"""Columns of a small table as lists: for ten rows pandas takes many times as long as plain Python."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Columns = dict[str, list[Any]]
"""Name of a column -> its values, all equally long."""


def columns(table: pd.DataFrame, names: Sequence[str], *, only: tuple[str, object] | None = None) -> Columns:
    """Return some columns of a table; with `only`, a column and a value, of the rows that hold this value there."""
    told: Columns = {name: table[name].tolist() for name in names}
    return told if only is None else rows_with(told, table[only[0]].tolist(), only[1])


def rows_with(told: Columns, marks: Sequence[object], mark: object) -> Columns:
    """Return the rows that have a mark, given one for each row."""
    rows = [row for row, one in enumerate(marks) if one == mark]
    return {name: [column[row] for row in rows] for name, column in told.items()}


def in_step(
    keys: Iterable[str], known: Sequence[str], values: Sequence[float], *, decimals: int = 2
) -> NDArray[np.float64]:
    """Return for each key its value, rounded, or NaN; `known` says whose the values are."""
    held = dict(zip(known, values, strict=True))
    return np.round([held.get(key, math.nan) for key in keys], decimals)


def highest(values: Iterable[float]) -> float:
    """Return the highest of the values that are not missing.

    Raises:
        ValueError: all are missing.
    """
    return max(value for value in values if not math.isnan(value))
