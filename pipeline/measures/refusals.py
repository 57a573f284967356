"""Refusals of inputs that a statistic cannot use, each naming the first position at fault.

The array helpers give back floats. `name` says what the values are ("population"), `element` what one step on the last
axis is ("group", "period"); other axes run over series.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipeline.errors import MeasureRefused

FloatArray = NDArray[np.float64]


def finite_array(values: ArrayLike, *, name: str, element: str = "value") -> FloatArray:
    """The values as floats, at least one of them.

    Raises:
        MeasureRefused: there are none, or one is missing or infinite; `where` names the first one, counted from 1.
    """
    array = np.asarray(values, dtype=float)
    if not array.size:
        raise MeasureRefused(f"No {name} was given.", do=f"Give one {name} or more.")
    refuse_where(~np.isfinite(array), what=f"A {name} is missing or not finite.", element=element)
    return array


def positive_array(values: ArrayLike, *, name: str, element: str = "value") -> FloatArray:
    """As `finite_array`, refusing zero and negative values too."""
    array = finite_array(values, name=name, element=element)
    refuse_where(array <= 0, what=f"A {name} is zero or negative.", element=element)
    return array


def non_negative_array(values: ArrayLike, *, name: str, element: str = "value") -> FloatArray:
    """As `finite_array`, refusing negative values too."""
    array = finite_array(values, name=name, element=element)
    refuse_where(array < 0, what=f"A {name} is negative.", element=element)
    return array


def share_array(values: ArrayLike, *, name: str, element: str = "value") -> FloatArray:
    """As `finite_array`, refusing values outside 0 to 1 too."""
    array = finite_array(values, name=name, element=element)
    refuse_where((array < 0) | (array > 1), what=f"A {name} lies outside 0 to 1.", element=element)
    return array


def times(mid_points: ArrayLike, *, at_least: int = 1) -> FloatArray:
    """Mid-points of periods, decimal years, in time order and without repeats.

    Raises:
        MeasureRefused: fewer than `at_least`, one missing or infinite, repeated or out of order, or not one row.
    """
    t = finite_array(mid_points, name="mid-point of a period", element="period")
    if t.ndim != 1 or t.size < at_least or np.any(np.diff(t) <= 0):
        raise MeasureRefused(
            f"Periods of shape {t.shape} are too few, repeated or not in time order.",
            do=f"Give {at_least} or more different mid-points, earliest first.",
        )
    return t


def inside(value: float, *, name: str, lowest: float = 0.0, highest: float = 1.0) -> float:
    """One number strictly between two others: by default a probability that is neither 0 nor 1.

    Raises:
        MeasureRefused: it is missing, or at or outside the two.
    """
    if np.ndim(value) or not lowest < value < highest:
        raise MeasureRefused(f"{value} is no {name}.", do=f"Give a number between {lowest:g} and {highest:g}.")
    return float(value)


def count_of(value: int, *, name: str, at_least: int = 1) -> int:
    """One whole number.

    Raises:
        MeasureRefused: it is missing, not whole, or below `at_least`.
    """
    if np.ndim(value) or not np.isfinite(value) or value != int(value) or value < at_least:
        raise MeasureRefused(f"{value} is no {name}.", do=f"Give a whole number, {at_least} or more.")
    return int(value)


def together(*arrays: ArrayLike) -> list[FloatArray]:
    """The arrays brought to one shape.

    Raises:
        MeasureRefused: their shapes do not fit.
    """
    floats = [np.asarray(array, dtype=float) for array in arrays]
    try:
        return list(np.broadcast_arrays(*floats))
    except ValueError:
        shapes = ", ".join(str(array.shape) for array in floats)
        raise MeasureRefused(f"Figures of shapes {shapes} do not fit together.", do="Give one for each.") from None


def covariance_matrices(covariance: ArrayLike, size: int) -> FloatArray:
    """Covariance matrices (..., size, size).

    Raises:
        MeasureRefused: another shape, a missing entry, one that is not symmetric, or a negative variance.
    """
    C = finite_array(covariance, name="covariance", element="column")
    if C.shape[-2:] != (size, size) or not np.allclose(C, np.swapaxes(C, -1, -2), atol=1e-9):
        raise MeasureRefused(
            f"A covariance of shape {C.shape} does not fit {size} periods, or is not symmetric.",
            do="Give one row and one column per period.",
        )
    non_negative_array(np.diagonal(C, axis1=-2, axis2=-1), name="variance", element="period")
    return C


def usable_rows(
    table: pd.DataFrame,
    *,
    what: str,
    finite: Collection[str] = (),
    positive: Collection[str] = (),
    non_negative: Collection[str] = (),
    unique: Collection[str] = (),
    not_infinite: Collection[str] = (),
) -> pd.DataFrame:
    """The table itself, once its figures can be used.

    Args:
        what: what a row is about, for the message ("region").
        finite: columns that need a figure in every row.
        positive: columns that need one above zero.
        non_negative: columns that need one of zero or more.
        unique: columns that together name a row.
        not_infinite: columns that may be empty.

    Raises:
        MeasureRefused: no rows, a column or figure that is missing or out of range, or two rows for the same key.
    """
    lacking = [column for column in (*finite, *positive, *non_negative, *unique, *not_infinite) if column not in table]
    if lacking or table.empty:
        raise MeasureRefused(
            f"No {what} has figures, or columns are missing: {', '.join(lacking) or 'none'}.",
            do="Give the whole table.",
        )
    for columns, check in ((finite, finite_array), (positive, positive_array), (non_negative, non_negative_array)):
        for column in columns:
            check(table[column], name=f"{column} of a {what}", element="row")
    for column in not_infinite:
        refuse_where(np.isinf(table[column].to_numpy(dtype=float)), what=f"A {column} is infinite.", element="row")
    if unique and table.duplicated(list(unique)).any():
        raise MeasureRefused(f"Two rows are about the same {what}.", do="Give each once.")
    return table


def refuse_where(at_fault: NDArray[np.bool_], *, what: str, element: str, do: str = "") -> None:
    """Refuse the statistic if any position is at fault, naming the first.

    Args:
        at_fault: True where the input is at fault; the last axis runs over elements, the others over series.
        what: the message.
        element: what one step on the last axis is.
        do: what to do next; a general advice if empty.

    Raises:
        MeasureRefused: `where` reads like "series 3, group 2", counted from 1.
    """
    if not at_fault.any():
        return
    *series, last = (int(step) + 1 for step in np.argwhere(np.atleast_1d(at_fault))[0])
    prefix = f"series {', '.join(map(str, series))}, " if series else ""
    raise MeasureRefused(
        what,
        where=f"{prefix}{element} {last}",
        do=do or f"Give every {element} a usable value, or leave that {element} out before asking.",
    )
