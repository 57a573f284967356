"""Room that a figure has for its words before it is drawn."""

import pytest

from charts.kit.drawing import Drawing
from charts.kit.label_room import has_legend, label_width, with_room
from charts.kit.palette import LIGHT
from charts.kit.theme import drawn


def bars(*names: str, traces: int = 1) -> Drawing:
    marks = [
        {"type": "bar", "x": [1.0] * len(names), "y": list(names), "name": f"Kind {number}"} for number in range(traces)
    ]
    return with_room(drawn(marks, LIGHT))


def test_longer_names_have_more_room() -> None:
    short, long = bars("Kent", "Brent"), bars("Kent", "Bournemouth, Christchurch and Poole")
    assert long.layout["margin"]["l"] > short.layout["margin"]["l"] + 100


def test_marks_of_bold_type_take_no_room() -> None:
    assert label_width(bars("<b>Kent</b>")) == pytest.approx(label_width(bars("Kent")))


def test_a_line_break_halves_the_room_of_two_equal_words() -> None:
    assert label_width(bars("Hartlepool<br>Hartlepool")) == pytest.approx(label_width(bars("Hartlepool")))


def test_a_legend_has_room_where_there_is_one() -> None:
    one, two = bars("Kent"), bars("Kent", traces=2)
    assert (has_legend(one), has_legend(two)) == (False, True)
    assert two.layout["margin"]["t"] > one.layout["margin"]["t"] + 15


def test_room_is_given_once() -> None:
    drawing = bars("Kent", traces=2)
    assert with_room(drawing).layout["margin"] == drawing.layout["margin"]


def test_a_wider_margin_is_kept() -> None:
    wide = {"l": 300, "t": 300, "b": 300}
    drawing = with_room(Drawing([{"type": "bar", "x": [1], "y": ["Kent"]}], {"margin": wide}))
    assert drawing.layout["margin"] == wide
