"""Refusals of inputs from which a statistic cannot be had, each naming the first position at fault."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.errors import MeasureRefused

FloatArray = NDArray[np.float64]


def finite_array(values: ArrayLike, *, name: str, element: str) -> FloatArray:
    """Return `values` as floats, refusing anything missing or infinite.

    Args:
        values: array whose last axis runs over elements (groups, ages) and whose other axes run over series.
        name: what the values are, for the message ("population").
        element: what one step on the last axis is, for the message ("group").

    Raises:
        MeasureRefused: a value is missing or infinite; `where` names the first one, counted from 1.
    """
    array = np.asarray(values, dtype=float)
    refuse_where(~np.isfinite(array), what=f"A {name} is missing or not finite.", element=element)
    return array


def positive_array(values: ArrayLike, *, name: str, element: str) -> FloatArray:
    """Return `values` as floats, refusing anything missing, infinite, zero or negative (as `finite_array`)."""
    array = finite_array(values, name=name, element=element)
    refuse_where(array <= 0, what=f"A {name} is zero or negative.", element=element)
    return array


def non_negative_array(values: ArrayLike, *, name: str, element: str) -> FloatArray:
    """Return `values` as floats, refusing anything missing, infinite or negative (as `finite_array`)."""
    array = finite_array(values, name=name, element=element)
    refuse_where(array < 0, what=f"A {name} is negative.", element=element)
    return array


def share_array(values: ArrayLike, *, name: str, element: str) -> FloatArray:
    """Return `values` as floats, refusing anything missing or outside 0 to 1 (as `finite_array`)."""
    array = finite_array(values, name=name, element=element)
    refuse_where((array < 0) | (array > 1), what=f"A {name} lies outside 0 to 1.", element=element)
    return array


def refuse_where(at_fault: NDArray[np.bool_], *, what: str, element: str, do: str = "") -> None:
    """Refuse the statistic if any position is at fault, naming the first.

    Args:
        at_fault: True where the input is at fault; the last axis runs over elements, the others over series.
        what: the message.
        element: what one step on the last axis is ("group", "age band").
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
