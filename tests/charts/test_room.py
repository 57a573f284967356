"""Room that a figure has for its words before it is drawn."""

import plotly.graph_objects as go
import pytest

from charts.palette import LIGHT
from charts.room import give_room, has_legend, label_width
from charts.theme import drawn


def bars(*names: str, traces: int = 1) -> go.Figure:
    marks = [
        {"type": "bar", "x": [1.0] * len(names), "y": list(names), "name": f"Kind {number}"} for number in range(traces)
    ]
    figure = drawn(marks, LIGHT)
    give_room(figure)
    return figure


def test_longer_names_have_more_room() -> None:
    short, long = bars("Kent", "Brent"), bars("Kent", "Bournemouth, Christchurch and Poole")
    assert long.layout.margin.l > short.layout.margin.l + 100


def test_marks_of_bold_type_take_no_room() -> None:
    assert label_width(bars("<b>Kent</b>")) == pytest.approx(label_width(bars("Kent")))


def test_a_line_break_halves_the_room_of_two_equal_words() -> None:
    assert label_width(bars("Hartlepool<br>Hartlepool")) == pytest.approx(label_width(bars("Hartlepool")))


def test_a_legend_has_room_where_there_is_one() -> None:
    one, two = bars("Kent"), bars("Kent", traces=2)
    assert (has_legend(one), has_legend(two)) == (False, True)
    assert two.layout.margin.t > one.layout.margin.t + 15


def test_room_is_given_once() -> None:
    figure = bars("Kent", traces=2)
    before = figure.layout.margin.to_plotly_json()
    give_room(figure)
    assert figure.layout.margin.to_plotly_json() == before


def test_a_wider_margin_is_kept() -> None:
    figure = go.Figure(go.Bar(x=[1], y=["Kent"]), layout={"margin": {"l": 300, "t": 300, "b": 300}})
    give_room(figure)
    assert (figure.layout.margin.l, figure.layout.margin.t, figure.layout.margin.b) == (300, 300, 300)
