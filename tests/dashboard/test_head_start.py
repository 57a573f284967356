"""The first chart of a screen is sent before the others, so that it can be seen before they are drawn."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses of a run, none of which is in truth made."""
    found: list[float] = []
    monkeypatch.setattr("dashboard.panel.HEAD_START_SECONDS", 0.1)
    monkeypatch.setattr("dashboard.turns.sleep", found.append)
    return found


def test_the_other_charts_wait_for_the_first_once(screen: Opened, waits: list[float]) -> None:
    screen("pages/progress.py")
    assert waits == [0.1]


def test_a_screen_of_one_chart_does_not_wait(screen: Opened, waits: list[float]) -> None:
    screen("pages/map.py")
    assert waits == []
