"""One screen is made after the other, and whoever rests in the middle of a turn lets others have it."""

import threading
import time

import pytest

from dashboard.turns import Turns

LONG = 10
"""Seconds after which a test gives up waiting."""


def started(work: object) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_second_screen_waits_until_the_first_is_made() -> None:
    turns, order = Turns(), []

    def second() -> None:
        with turns.turn():
            order.append("second")

    with turns.turn():
        other = started(second)
        other.join(0.2)
        assert other.is_alive()
        order.append("first")
    other.join(LONG)
    assert order == ["first", "second"]


def test_whoever_rests_lets_another_have_the_turn() -> None:
    turns, resting, made = Turns(), threading.Event(), threading.Event()

    def second() -> None:
        resting.wait(LONG)
        with turns.turn():
            made.set()

    other = started(second)
    with turns.turn():
        for _ in range(100):
            resting.set()
            turns.rest(0.02)
            if made.is_set():
                break
        assert made.is_set()
    other.join(LONG)


def test_nobody_rests_while_others_wait() -> None:
    turns = Turns()

    def second() -> None:
        with turns.turn():
            pass

    with turns.turn():
        other = started(second)
        other.join(0.2)
        begun = time.monotonic()
        turns.rest(LONG)
        assert time.monotonic() - begun < LONG / 2
        assert other.is_alive()
    other.join(LONG)
    assert not other.is_alive()


def test_a_screen_that_fails_gives_its_turn_back() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="broken"), turns.turn():
        raise ValueError("broken")
    other = started(lambda: turns.turn().__enter__())
    other.join(LONG)
    assert not other.is_alive()


def test_a_screen_that_hangs_does_not_stop_the_others_for_good() -> None:
    turns = Turns(longest_wait_seconds=0.2)
    hanging, end = threading.Event(), threading.Event()

    def hang() -> None:
        with turns.turn():
            hanging.set()
            end.wait(LONG)

    other = started(hang)
    assert hanging.wait(LONG)
    with turns.turn():
        assert other.is_alive()
    end.set()
    other.join(LONG)
    with turns.turn():  # and whoever had no turn to give back has given none
        late = started(lambda: turns.turn().__enter__())
        late.join(0.05)
        assert late.is_alive()


def test_rest_outside_a_turn_is_a_pause() -> None:
    begun = time.monotonic()
    Turns().rest(0.05)
    assert time.monotonic() - begun >= 0.05
