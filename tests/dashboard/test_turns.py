"""Files are made in turn: one for each visitor, first come, first served, none for those who have left."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from dashboard.saving import download
from dashboard.saving.download import NotMade, Turns


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


class Visit:
    """A visitor who asks for a file that is done when the test says so."""

    def __init__(
        self, name: str, turns: Turns, made: list[str], *, is_there: Callable[[], bool] = lambda: True
    ) -> None:
        self.begun, self.done = Event(), Event()
        self._name, self._turns, self._made, self._is_there = name, turns, made, is_there

    def ask(self, pool: ThreadPoolExecutor) -> "Future[None]":
        return pool.submit(self._wait_and_make)

    def _wait_and_make(self) -> None:
        with self._turns.turn(self._name, is_there=self._is_there):
            self._made.append(self._name)
            self.begun.set()
            assert self.done.wait(30)


def queued(turns: Turns, count: int) -> None:
    """Wait until so many have queued up."""
    with download._CHANGED:
        assert download._CHANGED.wait_for(lambda: len(turns._queue) == count, timeout=30)


def test_first_come_first_served_and_a_quick_file_does_not_wait_for_slow_ones(pool: ThreadPoolExecutor) -> None:
    slow, quick, made = Turns(at_once=1), Turns(at_once=1), list[str]()
    visits = [Visit(name, slow, made) for name in ("first", "second", "third")]
    asked = []
    for number, visit in enumerate(visits, start=1):
        asked.append(visit.ask(pool))
        queued(slow, number)
    assert visits[0].begun.wait(30)
    other = Visit("other", quick, made)
    other.done.set()
    other.ask(pool).result(timeout=30)
    assert made == ["first", "other"]
    for visit in visits:
        visit.done.set()
    for one in asked:
        one.result(timeout=30)
    assert made == ["first", "other", "second", "third"]


def test_a_visitor_has_one_file_made_at_a_time(pool: ThreadPoolExecutor) -> None:
    slow, quick, made = Turns(at_once=3), Turns(at_once=3), list[str]()
    first = Visit("visitor", slow, made)
    asked = first.ask(pool)
    assert first.begun.wait(30)
    with pytest.raises(NotMade, match="Another file is being made for you"):
        Visit("visitor", quick, made).ask(pool).result(timeout=30)
    first.done.set()
    asked.result(timeout=30)
    again = Visit("visitor", quick, made)
    again.done.set()
    again.ask(pool).result(timeout=30)


def test_nothing_is_made_for_a_visitor_who_has_left_meanwhile(
    pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LOOK_AFTER_SECONDS", 0.01)
    turns, made = Turns(at_once=1), list[str]()
    first = Visit("first", turns, made)
    asked = first.ask(pool)
    assert first.begun.wait(30)
    with pytest.raises(NotMade, match="left"):
        Visit("gone", turns, made, is_there=lambda: False).ask(pool).result(timeout=30)
    first.done.set()
    asked.result(timeout=30)
    assert made == ["first"]
