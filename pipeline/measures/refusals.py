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


def number(value: float, *, name: str, above: float = -np.inf, below: float = np.inf) -> float:
    """One number strictly between two others.

    Raises:
        MeasureRefused: it is missing or infinite, at or outside the two, or not one number.
    """
    if np.ndim(value) or not (np.isfinite(value) and above < value < below):
        limits = f" between {above:g} and {below:g}" if np.isfinite([above, below]).any() else ""
        raise MeasureRefused(f"{value} is no {name}.", do=f"Give one number{limits}.")
    return float(value)


def probability(value: float, *, name: str = "probability") -> float:
    """One number from 0 to 1, both of them included; refuses as `number`."""
    return min(max(number(value, name=name, above=-1e-12, below=1 + 1e-12), 0.0), 1.0)


def spread(value: float, *, name: str) -> float:
    """One standard deviation or variance, zero or more; refuses as `number`."""
    return max(number(value, name=name, above=-1e-12), 0.0)


def count_of(value: float, *, name: str, at_least: int = 1) -> int:
    """One whole number, `at_least` or more; refuses as `number`."""
    whole = number(value, name=name, above=at_least - 1)
    if whole != int(whole):
        raise MeasureRefused(f"{value} is no {name}.", do="Give a whole number.")
    return int(whole)


def together(*arrays: ArrayLike) -> list[FloatArray]:
    """The arrays brought to one shape: a single number counts for all, and so do series without leading axes.

    Raises:
        MeasureRefused: their shapes do not fit, or rows differ in length.
    """
    floats = [np.asarray(array, dtype=float) for array in arrays]
    try:
        if len({array.shape[-1] for array in floats if array.ndim}) > 1:
            raise ValueError
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
    key: Collection[str] = (),
    finite: Collection[str] = (),
    positive: Collection[str] = (),
    non_negative: Collection[str] = (),
    or_missing: Collection[str] = (),
) -> pd.DataFrame:
    """The table itself, once its figures can be used.

    Args:
        what: what a row is about, for the message ("region").
        key: columns that together name a row; numbers among them (years, tenths) are above zero.
        finite: columns that need a figure in every row.
        positive: columns that need one above zero.
        non_negative: columns that need one of zero or more.
        or_missing: columns that may be empty, or need a figure of zero or more.

    Raises:
        MeasureRefused: no rows, a column or figure that is missing or out of range, or two rows for the same key.
    """
    lacking = [column for column in (*key, *finite, *positive, *non_negative, *or_missing) if column not in table]
    if lacking or table.empty:
        raise MeasureRefused(
            f"No {what} has figures, or columns are missing: {', '.join(lacking) or 'none'}.",
            do="Give the whole table.",
        )
    numbered = [column for column in key if pd.api.types.is_numeric_dtype(table[column])]
    checks = ((finite, finite_array), ([*positive, *numbered], positive_array), (non_negative, non_negative_array))
    for columns, check in checks:
        for column in columns:
            check(table[column], name=f"{column} of a {what}", element="row")
    for column in or_missing:
        figures = table[column].to_numpy(dtype=float)
        refuse_where((figures < 0) | np.isinf(figures), what=f"A {column} is negative or infinite.", element="row")
    if key and table.duplicated(list(key)).any():
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
