"""Remembers what was worked out from a table, for as long as the same table is asked about."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar, TypeVarTuple

import pandas as pd

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, eq=False)
class _Same:
    """A table as part of a key: equal only to itself, whatever it holds."""

    table: pd.DataFrame

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.table is other.table


def remembered(most: int) -> Callable[[Callable[[*Ts], T]], Callable[[*Ts], T]]:
    """Return a decorator that works out a pure function of tables and plain values once for the same of them.

    Two tables are the same only if they are one object, so a table must not be changed in place once asked about;
    neither must what comes out, since all who ask share it. Arguments are given by position.

    Args:
        most: results held at once; the longest unused goes first.
    """

    def decorate(function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
        anything: Callable[..., T] = function

        @lru_cache(maxsize=most)
        def once(*keys: Any) -> T:
            return anything(*(key.table if isinstance(key, _Same) else key for key in keys))

        @wraps(function)
        def asked(*args: *Ts) -> T:
            return once(*(_Same(one) if isinstance(one, pd.DataFrame) else one for one in args))

        return asked

    return decorate
