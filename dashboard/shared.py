"""Works out a chart or a table once and shares it between all visitors who ask for the same."""

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")

MOST_HELD = 600
"""Results held at once: a few hundred charts are some tens of megabytes. The longest unused goes first."""


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

    Words, numbers, tables, and records or lists of them are the same when they are equal; anything else only when it is
    the same object. What comes out is every visitor's: read it, never change it.

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
            held.done = True
    return held.result  # type: ignore[return-value] # the key holds `make`, so the result is of its type


def _mark(value: object) -> Hashable:
    """Return what tells a value from others: the value itself where it is plain, a digest for a table."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return _digest(value)
    parts = _parts(value)
    if parts is not None:
        return (type(value), *(_mark(part) for part in parts))
    if isinstance(value, float) and math.isnan(value):
        return (type(value), "missing")  # a missing number equals nothing, not even itself
    try:
        hash(value)
    except TypeError:
        return (type(value), id(value))
    return (type(value), value)


def _parts(value: object) -> Iterable[object] | None:
    """Return what a list, mapping or record consists of; None for anything else."""
    if isinstance(value, tuple | list):
        return value
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    return None


_tables: "WeakValueDictionary[int, pd.DataFrame | pd.Series]" = WeakValueDictionary()
_digests: dict[int, Hashable] = {}


def _digest(table: pd.DataFrame | pd.Series) -> Hashable:
    """Return a digest of a table's figures and names; of one seen before (tables are never changed) the one it had."""
    place = id(table)
    if _tables.get(place) is table:
        return _digests[place]
    try:
        rows = pd.util.hash_pandas_object(table).to_numpy().tobytes()
    except TypeError:  # a cell that cannot be hashed
        return (type(table), place)
    names = repr([*table.columns, *table.dtypes] if isinstance(table, pd.DataFrame) else [table.name, table.dtype])
    found = (type(table), len(table), hashlib.blake2b(names.encode() + rows, digest_size=16).digest())
    if len(_digests) > 4 * MOST_HELD:
        for gone in [one for one in list(_digests) if one not in _tables]:
            _digests.pop(gone, None)
    _digests[place] = found
    _tables[place] = table
    return found
