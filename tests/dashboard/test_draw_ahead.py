"""What is drawn before visitors ask for it: each choice of each control, and only where it is wanted."""

from urllib.parse import parse_qs

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.server.draw_ahead import MOST_CHOICES, likely_views, wanted
from dashboard.server.warm_up import Opened
from pipeline.errors import UsageError


def told(kind: str, word: str, *choices: str) -> ForwardMsg:
    """A message that shows a control."""
    message = ForwardMsg()
    control = getattr(message.delta.new_element, kind)
    control.query_param_key = word
    if kind == "button_group":
        for choice in choices:
            control.options.add().content = choice
    else:
        control.options.extend(choices)
    return message


@pytest.mark.parametrize("kind", ["selectbox", "button_group", "slider"])
def test_each_choice_of_each_control_is_drawn_one_at_a_time(kind: str) -> None:
    opened = Opened()
    opened.note(told(kind, "sex", "Women", "Men"))
    opened.note(told(kind, "rule", "Held where it is"))
    assert [view for view in likely_views({"/progress": opened}) if view.startswith("/progress")] == [
        "/progress?sex=Women",
        "/progress?sex=Men",
        "/progress?rule=Held+where+it+is",
    ]


def test_a_control_that_no_link_carries_is_left_out() -> None:
    opened = Opened()
    opened.note(told("selectbox", "", "Sort by period"))
    assert opened.choices == {}


def test_lists_of_places_are_left_out_but_where_a_screen_begins_with_one() -> None:
    places = [str(number) for number in range(MOST_CHOICES + 1)]
    aside, first = Opened(choices={"sex": ["Men"], "place": places}), Opened(choices={"place": places})
    drawn = [parse_qs(view.partition("?")[2]) for view in likely_views({"/map": aside}) if view.startswith("/map")]
    assert drawn == [{"sex": ["Men"]}]
    drawn = [view for view in likely_views({"/place": first}) if view.startswith("/place")]
    assert len(drawn) == len(places)


def test_every_slide_of_the_deck_is_drawn() -> None:
    assert likely_views({})[0] == "/slides?slide=1"
    assert len(likely_views({})) > 5


def test_an_error_on_a_screen_is_noted() -> None:
    opened, message = Opened(), ForwardMsg()
    message.delta.new_element.exception.type = "KeyError"
    opened.note(message)
    assert not opened.ran


@pytest.mark.parametrize("asked", [None, "", "yes"])
def test_drawing_ahead_is_the_default(asked: str | None) -> None:
    assert wanted(asked)
    assert not wanted("no")


def test_drawing_ahead_is_wanted_or_not() -> None:
    with pytest.raises(UsageError, match="DRAW_AHEAD is 'perhaps'"):
        wanted("perhaps")
