"""A drawing is what plotly would make of it, is lists throughout, and stays as it is whatever is done with a figure of it."""

import json
from copy import deepcopy

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.kit.drawing import Drawing, drawing_of

TRACES = [
    {"type": "scatter", "x": [2012, 2023], "y": [3.6, 6.0], "name": "Gap"},
    {"type": "bar", "x": [1], "y": [2]},
]
LAYOUT = {"yaxis": {"range": [0, 8]}, "annotations": [{"text": "6.0 now"}]}


@pytest.fixture
def drawing() -> Drawing:
    return Drawing(deepcopy(TRACES), deepcopy(LAYOUT))


def test_a_figure_of_it_can_be_changed_alone(drawing: Drawing) -> None:
    figure = drawing.figure()
    figure.data[0].name = "changed"
    figure.data[0].y = [0, 0]
    figure.update_yaxes(range=[0, 1])
    figure.layout.annotations[0].text = "changed"
    assert (drawing.traces, drawing.layout) == (TRACES, LAYOUT)


def test_a_figure_and_its_drawing_say_the_same(drawing: Drawing) -> None:
    assert drawing_of(drawing.figure()) == drawing


def test_another_layout_leaves_the_first_as_it_is(drawing: Drawing) -> None:
    other = drawing.with_layout(yaxis={"range": [0, 1]})
    assert other.layout == LAYOUT | {"yaxis": {"range": [0, 1]}}
    assert drawing.layout == LAYOUT


def test_columns_arrays_and_their_numbers_become_lists_and_plain_numbers() -> None:
    trace = {
        "type": "bar",
        "x": pd.Series([1.5]),
        "y": np.array([2]),
        "marker": {"size": np.float64(3)},
        "text": ("a",),
    }
    held = Drawing([trace], {}).traces[0]
    assert json.loads(json.dumps(held)) == {
        "type": "bar",
        "x": [1.5],
        "y": [2],
        "marker": {"size": 3.0},
        "text": ["a"],
    }


def test_a_property_that_plotly_does_not_know_is_refused_where_it_is_drawn() -> None:
    with pytest.raises(ValueError, match="colour"):
        Drawing([{"type": "bar", "colour": "red"}], {}).figure()


def test_the_librarys_own_figure_is_no_drawing_until_it_is_read() -> None:
    figure = go.Figure(go.Bar(x=np.array([1, 2]), y=[3, 4]))
    assert drawing_of(figure).traces == [{"type": "bar", "x": [1, 2], "y": [3, 4]}]
