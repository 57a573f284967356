"""Women's and men's charts of the same view reach equally far, so that they can be read against each other."""

from dataclasses import replace
from functools import cache

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.scales import on_one_scale
from pipeline.processed import Tables

READ_TOGETHER = (
    "gap-path",
    "both-ends",
    "levelling",
    "definitions",
    "pace-gauge",
    "decomposition",
    "floor",
    "place-hle",
)


@cache
def tables() -> Tables:
    return Tables.open()


def both(chart_id: str) -> list[Chart]:
    place = "E06000001" if "place" in CATALOGUE[chart_id].needs else ""
    return [CATALOGUE[chart_id].chart(tables(), View(sex=sex, place=place)) for sex in ("female", "male")]


def axis_of(figure: go.Figure) -> go.layout.XAxis | go.layout.YAxis:
    numbers_run_across = any(isinstance(trace.y[0], str) for trace in figure.data)
    return figure.layout.xaxis if numbers_run_across else figure.layout.yaxis


@pytest.mark.parametrize("chart_id", READ_TOGETHER)
def test_the_same_length_means_the_same_years_for_women_and_men(chart_id: str) -> None:
    women, men = (axis_of(chart.figure).range for chart in on_one_scale(both(chart_id)))
    assert women is not None
    assert women == men


@pytest.mark.parametrize("chart_id", READ_TOGETHER)
def test_no_figure_falls_outside_the_common_scale(chart_id: str) -> None:
    for chart in on_one_scale(both(chart_id)):
        low, high = axis_of(chart.figure).range
        letter = axis_of(chart.figure).plotly_name[0]
        values = pd.Series([value for trace in chart.figure.data for value in trace[letter]], dtype=float).dropna()
        assert low <= values.min()
        assert values.max() <= high


def test_stacked_bars_are_measured_by_their_whole_length() -> None:
    def stacked(*parts: list[float]) -> Chart:
        bars = [{"type": "bar", "x": ["a", "b"], "y": part} for part in parts]
        return replace(both("levelling")[0], drawing=Drawing(bars, {"barmode": "stack"}))

    low, high = on_one_scale([stacked([1, 2], [3, 4]), stacked([1, 1], [1, 1])])[1].figure.layout.yaxis.range
    assert low == 0
    assert high == pytest.approx(6 + 0.05 * (6 - 4))


def test_charts_are_left_as_they_are_and_a_single_one_too() -> None:
    women, men = both("gap-path")
    before = women.figure.to_json()
    on_one_scale([women, men])
    assert women.figure.to_json() == before
    assert on_one_scale([women]) == [women]


def test_only_a_chart_that_reaches_less_far_is_drawn_anew() -> None:
    charts = both("pace-gauge")
    reach = [chart.figure.layout.xaxis.range[1] for chart in charts]
    wider, narrower = (reach.index(find(reach)) for find in (max, min))
    scaled = on_one_scale(charts)
    assert wider != narrower
    assert scaled[wider] is charts[wider]
    assert scaled[narrower].figure.layout.xaxis.range == charts[wider].figure.layout.xaxis.range
