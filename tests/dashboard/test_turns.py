"""Few screens are made at once, and whoever rests in the middle of one lets others have the turn."""

import threading

import pytest

from dashboard import turns

LONG = 10
"""Seconds after which a test gives up waiting."""


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_places", threading.Semaphore(1))


@pytest.mark.usefixtures("one_at_a_time")
def test_a_second_screen_waits_until_the_first_is_made() -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with turns.turn():
            order.append("second")

    with turns.turn():
        other = threading.Thread(target=second)
        other.start()
        assert waiting.wait(LONG)
        other.join(0.2)
        assert other.is_alive()
        order.append("first")
    other.join(LONG)
    assert order == ["first", "second"]


@pytest.mark.usefixtures("one_at_a_time")
def test_whoever_rests_lets_another_have_the_turn() -> None:
    made = threading.Event()

    def second() -> None:
        with turns.turn():
            made.set()

    with turns.turn():
        other = threading.Thread(target=second)
        other.start()
        for _ in range(100):
            turns.rest(0.01)
            if made.is_set():
                break
        assert made.is_set()
        other.join(LONG)


@pytest.mark.usefixtures("one_at_a_time")
def test_a_screen_that_fails_gives_its_turn_back() -> None:
    with pytest.raises(ValueError, match="broken"), turns.turn():
        raise ValueError("broken")
    with turns.turn():
        pass


@pytest.mark.usefixtures("one_at_a_time")
def test_rest_outside_a_turn_gives_none_away() -> None:
    turns.rest(0)
    assert turns._places._value == 1
