"""Lets few screens be made at a time: with more at once each would take longer, and none be ready sooner."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Semaphore
from time import sleep

AT_ONCE = 2
"""Screens made at once. Python works on one thing at a time; the second uses the moments in which the first waits."""

_places = Semaphore(AT_ONCE)
_held: ContextVar[bool] = ContextVar("turn", default=False)


@contextmanager
def turn() -> Iterator[None]:
    """Wait until a screen may be made, and keep the turn while it is."""
    with _places:
        before = _held.set(True)
        try:
            yield
        finally:
            _held.reset(before)


def rest(seconds: float) -> None:
    """Sleep in the middle of a turn, and let others have it meanwhile."""
    if not _held.get():
        sleep(seconds)
        return
    _places.release()
    try:
        sleep(seconds)
    finally:
        _places.acquire()
