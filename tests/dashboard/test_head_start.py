"""The first chart of a screen is sent before the others, so that it can be seen before they are drawn."""

from collections.abc import Callable

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from dashboard.panel import HEAD_START_SECONDS

Opened = Callable[..., AppTest]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses of a run, none of which is in truth made."""
    found: list[float] = []
    monkeypatch.setattr("dashboard.turns.sleep", found.append)
    return found


@pytest.fixture
def in_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers tell which one they are."""
    monkeypatch.setattr(ContextProxy, "headers", StreamlitHeaders([("user-agent", "A browser")]))


@pytest.mark.usefixtures("in_a_browser")
def test_the_other_charts_wait_for_the_first_once(screen: Opened, waits: list[float]) -> None:
    screen("pages/progress.py")
    assert waits == [HEAD_START_SECONDS]


@pytest.mark.usefixtures("in_a_browser")
def test_a_screen_of_one_chart_does_not_wait(screen: Opened, waits: list[float]) -> None:
    screen("pages/map.py")
    assert waits == []


def test_nobody_waits_for_a_screen_that_no_browser_shows(screen: Opened, waits: list[float]) -> None:
    screen("pages/progress.py")
    assert waits == []
