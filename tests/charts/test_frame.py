"""A framed chart carries its title, subtitle, settings, interval note, source, release and build, and all of it fits."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing, drawing_of
from charts.kit.framed import foot_texts, framed, framed_drawing, interval_note, scale_of
from charts.kit.label_room import is_map
from charts.kit.media import MEDIA, Medium
from charts.kit.offline import boundaries, with_boundaries
from charts.kit.textwidth import text_width
from pipeline.processed import Tables

EVERY = [(chart_id, medium_id) for chart_id in CATALOGUE for medium_id in MEDIA]


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def drawn(chart_id: str) -> Chart:
    place = WITH_AUTHORITIES if chart_id.startswith("inside") else PLACE
    return CATALOGUE[chart_id].chart(tables(), View(place=place) if "place" in CATALOGUE[chart_id].needs else View())


PLACE, WITH_AUTHORITIES = "E06000001", "E12000001"


def written(figure, name: str) -> tuple[str, int]:
    note = next(note for note in figure.layout.annotations if note.name == name)
    return note.text, note.font.size


@pytest.mark.parametrize(("chart_id", "medium_id"), EVERY)
def test_every_chart_says_on_the_picture_what_it_is_and_where_from(chart_id: str, medium_id: str) -> None:
    chart, medium = drawn(chart_id), MEDIA[medium_id]
    figure = framed(chart, medium)
    said = {name: written(figure, name)[0].replace("<br>", " ") for name in ("title", "subtitle", "foot")}
    assert said["title"].replace("<b>", "").replace("</b>", "") == chart.title
    assert said["subtitle"] == chart.subtitle
    assert said["foot"] == " ".join(text for text in foot_texts(chart) if text)
    assert f"Build {tables().build}" in said["foot"]
    assert "released " in said["foot"]
    assert interval_note(chart) in said["foot"]


@pytest.mark.parametrize(("chart_id", "medium_id"), EVERY)
def test_no_line_is_wider_than_the_picture_and_the_plot_keeps_room(chart_id: str, medium_id: str) -> None:
    medium = MEDIA[medium_id]
    figure = framed(drawn(chart_id), medium)
    width, height = figure.layout.width, figure.layout.height
    for name in ("title", "subtitle", "foot"):
        text, size = written(figure, name)
        for line in text.split("<br>"):
            plain = line.replace("<b>", "").replace("</b>", "")
            assert text_width(plain, size, bold=name == "title") <= width - 2 * medium.margin, plain
    margin = figure.layout.margin
    assert height - margin.t - margin.b >= 0.3 * height
    assert width - margin.l - margin.r >= 0.33 * width


@pytest.mark.parametrize(("chart_id", "medium_id"), EVERY)
def test_names_of_rows_do_not_run_into_each_other(chart_id: str, medium_id: str) -> None:
    chart = drawn(chart_id)
    figure = framed(chart, MEDIA[medium_id])
    axis, margin = figure.layout.yaxis, figure.layout.margin
    names = [] if is_map(chart.drawing) or axis.visible is False else list(axis.ticktext or ())
    lines = max((name.count("<br>") + 1 for name in names), default=0)
    assert len(names) * lines * (axis.tickfont.size or 15) <= figure.layout.height - margin.t - margin.b


@pytest.mark.parametrize("medium", MEDIA.values(), ids=list(MEDIA))
def test_framing_leaves_the_chart_as_it_is(medium: Medium) -> None:
    chart = drawn("gap-path")
    before = chart.figure.to_json()
    framed(chart, medium)
    assert chart.figure.to_json() == before


def said(drawing: Drawing) -> Any:
    layout = {name: part for name, part in drawing.layout.items() if name != "template"}
    return json.loads(json.dumps([drawing.traces, layout]).replace("NaN", "null"))


@pytest.mark.parametrize(("chart_id", "medium_id"), EVERY)
def test_a_screen_is_sent_what_plotly_makes_of_the_picture(chart_id: str, medium_id: str) -> None:
    chart, medium = drawn(chart_id), MEDIA[medium_id]
    before = said(chart.drawing)
    drawing, figure = framed_drawing(chart, medium), framed(chart, medium)
    assert said(drawing) == said(drawing_of(figure))
    assert scale_of(drawing, medium) == scale_of(figure, medium)
    assert said(chart.drawing) == before


def test_framing_adds_to_what_a_chart_says_of_its_look() -> None:
    chart = drawn("gap-path")
    note = {"text": "Own note", "x": 0.5, "y": 0.5}
    own = chart.drawing.with_layout(annotations=[note], xaxis2={"title": {"text": "Year"}})
    layout = framed_drawing(replace(chart, drawing=own)).layout
    assert [one.get("name") for one in layout["annotations"]] == [None, "title", "subtitle", "foot"]
    assert layout["annotations"][0] == note
    assert layout["font"]["size"] == own.layout["font"]["size"]
    assert layout["xaxis2"] == {"title": {"text": "Year", "standoff": 8}, "automargin": False}


def test_a_map_beside_words_keeps_its_height_and_gives_up_the_left() -> None:
    chart = drawn("map")
    before, after = chart.drawing.layout, framed_drawing(chart, MEDIA["16x9"]).layout
    assert after["geo2"]["domain"]["y"] == before["geo2"]["domain"]["y"]
    assert after["geo"]["domain"]["x"] == pytest.approx([0.38, 1])
    assert after["legend"]["orientation"] == "v"
    assert after["legend"]["traceorder"] == before["legend"]["traceorder"]


def test_the_shapes_are_as_large_as_they_say() -> None:
    assert MEDIA["16x9"].pixels == (1920, 1080)
    assert MEDIA["square"].pixels == (1440, 1440)
    width, _ = MEDIA["print"].pixels
    assert width == pytest.approx(16 / 2.54 * 300, rel=0.02)  # 16 cm at 300 dots per inch


@pytest.mark.parametrize(("chart_id", "medium_id"), EVERY)
def test_every_picture_has_the_shape_of_its_medium_and_comes_out_in_its_pixels(chart_id: str, medium_id: str) -> None:
    medium = MEDIA[medium_id]
    figure = framed(drawn(chart_id), medium)
    scale = scale_of(figure, medium)
    assert (figure.layout.width * scale, figure.layout.height * scale) == pytest.approx(medium.pixels, abs=1)


def test_text_on_a_slide_is_large_enough_for_the_back_of_a_room() -> None:
    figure, medium = framed(drawn("gap-path"), MEDIA["16x9"]), MEDIA["16x9"]
    points = 13.333 * 72 / medium.width  # of a slide 13.3 inches wide, for each pixel of the chart
    assert figure.layout.xaxis.tickfont.size * points >= 16
    assert written(figure, "title")[1] * points >= 24


def test_shaded_intervals_and_bars_are_explained() -> None:
    assert "95%" in interval_note(drawn("both-ends"))
    assert interval_note(drawn("both-ends")).startswith("Shaded")
    assert interval_note(drawn("pace-gauge")).startswith("Lines")
    assert interval_note(drawn("levelling")) == "Shown without intervals."


def test_a_map_carries_its_boundaries_once_it_leaves_the_server() -> None:
    drawing = drawn("map").drawing
    maps = [trace for trace in with_boundaries(drawing.traces) if trace["type"] == "choropleth"]
    assert is_map(drawing)
    assert maps
    for trace in maps:
        assert not isinstance(trace["geojson"], str)
        held = {feature["id"] for feature in trace["geojson"]["features"]}
        assert set(trace["locations"]) <= held
    assert len(boundaries("utla.geojson")["features"]) == 153


def test_people_are_called_women_and_men_in_titles() -> None:
    assert drawn("gap-path").title.startswith(words.people("female").capitalize())
