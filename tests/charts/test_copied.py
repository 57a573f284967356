"""A copy of a shared figure is made without touching the original, which other visitors may be reading."""

from typing import Any

import plotly.graph_objects as go
import pytest

from charts.chart import copied


class Watched(dict[str, Any]):
    """Properties of a trace that note what is taken out of them."""

    def __init__(self, held: dict[str, Any]) -> None:
        super().__init__(held)
        self.taken: list[str] = []

    def pop(self, name: str, *rest: Any) -> Any:
        self.taken.append(name)
        return super().pop(name, *rest)


@pytest.fixture
def figure() -> go.Figure:
    made = go.Figure([go.Scatter(x=[2012, 2023], y=[3.6, 6.0], name="Gap"), go.Bar(x=[1], y=[2])])
    made.update_layout(yaxis={"range": [0, 8]}, annotations=[{"text": "6.0 now"}])
    for trace in made.data:
        trace._orphan_props, trace._parent = Watched(trace._props), None
    return made


def taken(figure: go.Figure) -> list[str]:
    return [name for trace in figure.data for name in trace._props.taken]


def test_nothing_is_taken_out_of_the_original(figure: go.Figure) -> None:
    copied(figure)
    assert taken(figure) == []


def test_the_librarys_own_copy_takes_the_type_out_for_a_moment(figure: go.Figure) -> None:
    go.Figure(figure)
    assert taken(figure) == ["type", "type"]


def test_a_copy_is_equal_and_can_be_changed_alone(figure: go.Figure) -> None:
    copy = copied(figure)
    assert copy.to_plotly_json() == figure.to_plotly_json()
    copy.data[0].name = "changed"
    copy.update_yaxes(range=[0, 1])
    assert figure.data[0].name == "Gap"
    assert figure.layout.yaxis.range == (0, 8)
