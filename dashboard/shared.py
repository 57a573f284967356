"""Works out a chart or a table once and shares it between all visitors who ask for the same."""

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from itertools import count
from threading import Lock
from typing import Any, ParamSpec, TypeVar
from weakref import ref

import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")

MOST_HELD = 5000
"""Results held at once: charts, tables and what they are made from; after thousands of different choices the process is half
as large again as at its start. The longest unused goes first."""

MOST_MARKED = 8 * MOST_HELD
"""Tables and records whose marks are remembered; when there are more, the marks of those that are gone are let go."""


class _Held:
    """One result, or its being worked out."""

    def __init__(self, inputs: tuple[object, ...]) -> None:
        self.inputs = inputs  # kept alive, so that no other object can take the place that identifies one of them
        self.lock = Lock()
        self.done = False
        self.result: object = None


_held: "OrderedDict[Hashable, _Held]" = OrderedDict()
_lock = Lock()


def shared(make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return `make(*args, **kwargs)`, worked out once for the same arguments.

    Words, numbers, tables, and records or lists of them are the same when they are equal; what came out of here before,
    and anything else, only when it is the same object. What comes out is every visitor's: read it, never change it.

    Args:
        make: a pure function, defined once in a module (one defined anew in each run would never be the same).
        args: its arguments.
        kwargs: its named arguments.

    Returns:
        The result; an error is raised again at each call, and not kept.
    """
    inputs = (make, *args, *kwargs.values())
    key = (tuple(kwargs), *(_mark(one) for one in inputs))
    with _lock:
        held = _held.setdefault(key, _Held(inputs))
        _held.move_to_end(key)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    # Whoever comes while it is being worked out waits for it rather than working it out as well.
    with held.lock:
        if not held.done:
            held.result = make(*args, **kwargs)
            _number(held.result)
            held.done = True
    return held.result  # type: ignore[return-value] # the key holds `make`, so the result is of its type


def forget() -> None:
    """Let go of every result, so that each is worked out anew when next asked for."""
    with _lock:
        _held.clear()


def _mark(value: object) -> Hashable:
    """Return what tells a value from others: the value itself where it is plain, a digest for a table."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return _remembered(value, _digest)
    if is_dataclass(value) and not isinstance(value, type):
        return _remembered(value, _mark_of_record)
    if isinstance(value, tuple | list):
        return (type(value), *map(_mark, value))
    if isinstance(value, Mapping):
        return (type(value), *((name, _mark(part)) for name, part in value.items()))
    if isinstance(value, float) and math.isnan(value):
        return (float, "missing")  # a missing number equals nothing, not even itself
    return (type(value), _itself_or_place(value))


def _itself_or_place(value: object) -> Hashable:
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value


_marks: "dict[int, tuple[ref[object], Hashable]]" = {}
"""Place of a table or record -> itself, for as long as anybody holds it, and its mark."""

_serial = count()


def _remembered(value: object, mark: Callable[..., Hashable]) -> Hashable:
    """Return the mark of a table or record; of one seen before (they are never changed) the one it had."""
    known = _marks.get(id(value))
    if known and known[0]() is value:
        return known[1]
    if len(_marks) > MOST_MARKED:
        for place, (held, _) in list(_marks.items()):
            if held() is None:
                _marks.pop(place, None)
    found = mark(value)
    _marks[id(value)] = (ref(value), found)
    return found


def _number(result: object) -> None:
    """Mark what came out, and the tables and records in it, by a number: they will be asked about just as they are.

    That spares looking through them. Two results that are worked out in different ways are then not known to be equal.
    """
    if isinstance(result, tuple | list):
        for part in result:
            _number(part)
    elif isinstance(result, pd.DataFrame | pd.Series):
        _remembered(result, _next)
    elif is_dataclass(result) and not isinstance(result, type):
        _remembered(result, _next)
        for field in fields(result):
            _number(getattr(result, field.name))


def _next(_: object) -> Hashable:
    return ("result", next(_serial))


def _mark_of_record(record: Any) -> Hashable:
    return (type(record), *(_mark(getattr(record, field.name)) for field in fields(record)))


def _digest(table: pd.DataFrame | pd.Series) -> Hashable:
    try:
        rows = pd.util.hash_pandas_object(table).to_numpy().tobytes()
    except TypeError:  # a cell that cannot be hashed
        return (type(table), id(table))
    names = repr([*table.columns, *table.dtypes] if isinstance(table, pd.DataFrame) else [table.name, table.dtype])
    return (type(table), len(table), hashlib.blake2b(names.encode() + rows, digest_size=16).digest())
