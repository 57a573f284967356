"""What is drawn before visitors ask for it: only what a screen understands, and only where it is wanted."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.server.draw_ahead import likely_views, wanted
from pipeline.errors import UsageError

ONE_OF_EACH_KIND = {view.partition("=")[0]: view for view in likely_views()}


@pytest.mark.parametrize("view", ONE_OF_EACH_KIND.values())
def test_a_likely_choice_is_one_that_its_screen_understands(screen: Callable[..., AppTest], view: str) -> None:
    path, _, choice = view.partition("?")
    word, _, value = choice.partition("=")
    shown = screen(f"pages/{path[1:]}.py" if path != "/" else "", **{word: value})
    assert not shown.warning
    assert not shown.exception


@pytest.mark.parametrize("asked", [None, "", "yes"])
def test_drawing_ahead_is_the_default(asked: str | None) -> None:
    assert wanted(asked)
    assert not wanted("no")


def test_drawing_ahead_is_wanted_or_not() -> None:
    with pytest.raises(UsageError, match="DRAW_AHEAD is 'perhaps'"):
        wanted("perhaps")
