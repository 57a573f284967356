"""Has one screen made after the other: of several at once each would take longer, and none be ready sooner."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Semaphore
from time import sleep

LONGEST_WAIT_SECONDS = 5
"""After this a screen is made though others are being made, so that one that hangs does not stop all."""


class Turns:
    """The turns of one process, first come, first served."""

    def __init__(self, *, longest_wait_seconds: float = LONGEST_WAIT_SECONDS) -> None:
        """Start with nobody waiting."""
        self._place = Semaphore(1)
        self._waiting: list[None] = []
        self._longest_wait_seconds = longest_wait_seconds
        self._held: ContextVar[bool] = ContextVar("turn", default=False)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a screen may be made, and keep the turn while it is."""
        held = self._wait()
        before = self._held.set(held)
        try:
            yield
        finally:
            if self._held.get():
                self._place.release()
            self._held.reset(before)

    def rest(self, seconds: float) -> None:
        """Sleep in the middle of a turn; not where others wait, who would all be made before this goes on."""
        if self._waiting:
            return
        if not self._held.get():
            sleep(seconds)
            return
        self._place.release()
        sleep(seconds)
        self._held.set(self._wait())

    def _wait(self) -> bool:
        self._waiting.append(None)
        try:
            return self._place.acquire(timeout=self._longest_wait_seconds)
        finally:
            self._waiting.pop()


_turns = Turns()
turn, rest = _turns.turn, _turns.rest
