"""What the browser is told to save a chart as a picture: no more than it needs, and all of it."""

import html
import json
from functools import cache
from typing import Any

import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.framed import framed_drawing
from charts.kit.media import MEDIA
from dashboard.saving.picture import frame_attribute
from pipeline.processed import Tables

EVERY = [(chart_id, medium_id) for chart_id in CATALOGUE for medium_id in MEDIA]


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def drawn(chart_id: str) -> Chart:
    place = "E12000001" if chart_id.startswith("inside") else "E06000001"
    return CATALOGUE[chart_id].chart(tables(), View(place=place if "place" in CATALOGUE[chart_id].needs else ""))


def told(attribute: str) -> dict[str, Any]:
    return json.loads(html.unescape(attribute.removeprefix('data-frame="').removesuffix('"')))


def as_sent(part: Any) -> Any:
    return json.loads(json.dumps(part).replace("NaN", "null"))


@pytest.mark.parametrize(("chart_id", "medium_id"), EVERY)
def test_marks_on_the_screen_with_those_sent_along_are_those_of_the_picture(chart_id: str, medium_id: str) -> None:
    chart, medium = drawn(chart_id), MEDIA[medium_id]
    wanted = framed_drawing(chart, medium)
    frame = told(frame_attribute(chart, medium, plot="shown-figure"))
    shown = as_sent(chart.drawing.traces)
    assert [trace | frame["traces"].get(str(i), {}) for i, trace in enumerate(shown)] == as_sent(wanted.traces)
    assert frame["layout"] == as_sent(wanted.layout)
    assert told(frame_attribute(chart, medium))["data"] == as_sent(wanted.traces)


@pytest.mark.parametrize("medium_id", MEDIA)
def test_a_map_of_four_periods_is_saved_with_the_look_that_all_its_marks_share(medium_id: str) -> None:
    chart = CATALOGUE["map"].chart(tables(), View(periods="four"))
    frame = told(frame_attribute(chart, MEDIA[medium_id], plot="shown-figure"))
    assert frame["layout"]["template"] == as_sent(chart.drawing.layout["template"])


def test_marks_that_the_screen_has_already_are_not_sent_again() -> None:
    assert told(frame_attribute(drawn("definitions"), MEDIA["16x9"], plot="shown-figure"))["traces"] == {}
    changed = told(frame_attribute(drawn("map"), MEDIA["16x9"], plot="shown-figure"))["traces"]
    assert {name for trace in changed.values() for name in trace} == {"textfont"}
