"""Works out a table or a chart once and shares it between all visitors who ask for the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import ParamSpec, TypeVar

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

    Words, numbers and records of them are the same when they are equal; tables only when they are the same object.
    So what goes in must itself be shared (a table of `Figures`, an answer, another shared result), or nothing is saved.
    What comes out is every visitor's: read it, never change it.

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
    """Return what tells a value from others: itself where it is plain, else its place in memory."""
    if isinstance(value, tuple):
        return (tuple, *(_mark(one) for one in value))
    if value is None or isinstance(value, str | int | float | bool):
        return (type(value), value)
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value), *(_mark(getattr(value, field.name)) for field in fields(value)))
    return id(value)
