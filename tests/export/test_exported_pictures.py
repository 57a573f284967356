"""Every exported picture: its size, its words, its source and release, something drawn in its plot; maps are whole."""

import io
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from export.collisions import collisions
from export.svg_text import SVG, words_in
from PIL import Image
from playwright.sync_api import Browser

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.entry import Entry
from charts.catalogue.view import View
from charts.export.chromium import Chromium, Picture, Pictured
from charts.export.names import file_stem
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.framed import foot_texts, framed_drawing, scale_of
from charts.kit.label_room import is_map
from charts.kit.media import MEDIA, PRINT, SQUARE, WIDE, Medium
from pipeline.processed import Tables

PLACE, WITH_AUTHORITIES = "E06000001", "E47000006"

Other = tuple[Shot, Chart, Pictured, str, Pictured]

MAPS = (("tiles", "one"), ("map", "four"), ("tiles", "four"))
"""Forms of the map, and whether one period or four, beside those of the national pack."""


@pytest.fixture(scope="session")
def drawn(tables: Tables, shots: list[Shot]) -> list[tuple[Shot, Chart, str]]:
    found = []
    for shot in shots:
        chart = shot.chart(tables)
        found.append((shot, chart, file_stem(shot, chart, tables)))
    return found


def every_picture(drawn: list[tuple[Shot, Chart, str]], national: Path, kind: str) -> Iterator[tuple[Chart, str, Path]]:
    for _, chart, stem in drawn:
        for medium in MEDIA:
            yield chart, medium, national / kind / f"{stem}-{medium}.{kind}"


def test_there_is_one_png_and_one_svg_of_every_chart_in_every_shape(
    drawn: list[tuple[Shot, Chart, str]], national: Path
) -> None:
    for kind in ("png", "svg"):
        wanted = {path for _, _, path in every_picture(drawn, national, kind)}
        assert wanted == set((national / kind).iterdir())
        assert len(wanted) == len(drawn) * len(MEDIA)


def test_every_png_has_the_pixels_of_its_shape(drawn: list[tuple[Shot, Chart, str]], national: Path) -> None:
    for _, medium, path in every_picture(drawn, national, "png"):
        with Image.open(path) as picture:
            assert picture.size == MEDIA[medium].pixels, path.name


def test_every_picture_carries_title_settings_interval_note_source_release_and_build(
    drawn: list[tuple[Shot, Chart, str]], national: Path, tables: Tables
) -> None:
    for chart, _, path in every_picture(drawn, national, "svg"):
        said = words_in(path.read_text(encoding="utf-8"))
        for text in (chart.title, chart.subtitle, *foot_texts(chart), f"Build {tables.build}"):
            assert " ".join(text.split()) in said, (path.name, text)
        assert re.search(r"released (\d{1,2} )?[A-Z][a-z]+ 20\d\d", said), path.name


def test_every_plot_has_something_in_it(drawn: list[tuple[Shot, Chart, str]], national: Path) -> None:
    for chart, medium, path in every_picture(drawn, national, "png"):
        with Image.open(path) as picture:
            assert_something_drawn(picture, chart, MEDIA[medium])


def assert_something_drawn(picture: Image.Image, chart: Chart, medium: Medium) -> None:
    drawing = framed_drawing(chart, medium)
    layout, scale = drawing.layout, scale_of(drawing, medium)
    margin = layout["margin"]
    left, top = margin["l"] * scale, margin["t"] * scale
    right, bottom = (layout["width"] - margin["r"]) * scale, (layout["height"] - margin["b"]) * scale
    plot = picture.convert("RGB").crop((round(left), round(top), round(right), round(bottom)))
    plot = plot.resize((plot.width // 2, plot.height // 2), Image.Resampling.NEAREST)
    colours = plot.getcolors(maxcolors=1_000_000)
    assert colours is not None
    assert max(colours)[0] < 0.995 * plot.width * plot.height, chart.id
    assert len(colours) > 20, chart.id


def _place(one: Entry) -> str:
    """A place that the chart can be drawn for."""
    return WITH_AUTHORITIES if one.id.startswith("inside") else PLACE


@pytest.fixture(scope="session")
def others(browser_path: str, drawn: list[tuple[Shot, Chart, str]], tables: Tables) -> list[Other]:
    """Every other chart as a slide and in one other shape by turns: name of the shape, and what came of it."""
    left = [one for name, one in CATALOGUE.items() if name not in {shot.entry.id for shot, _, _ in drawn}]
    views = [Shot(entry=one, view=View(place=_place(one) if "place" in one.needs else "")) for one in left]
    views += [Shot(entry=CATALOGUE["map"], view=View(view=form, periods=periods)) for form, periods in MAPS]
    charts = [shot.chart(tables) for shot in views]
    shapes = [medium for _, medium in zip(charts, cycle([SQUARE, PRINT]), strict=False)]
    slides = [Picture(drawing=framed_drawing(chart, WIDE), medium=WIDE, formats=("png", "svg")) for chart in charts]
    more = [
        Picture(drawing=framed_drawing(chart, medium), medium=medium, formats=("svg",))
        for chart, medium in zip(charts, shapes, strict=True)
    ]
    with Chromium() as browser:
        made = browser.pictures([*slides, *more])
    count = len(charts)
    return list(zip(views, charts, made[:count], [medium.id for medium in shapes], made[count:], strict=True))


def test_every_other_chart_of_the_catalogue_is_drawn_with_its_words_and_something_in_its_plot(
    others: list[Other], tables: Tables
) -> None:
    for _, chart, one, _, _ in others:
        svg = one.files["svg"]
        with Image.open(io.BytesIO(one.files["png"])) as picture:
            assert picture.size == WIDE.pixels, chart.id
            assert_something_drawn(picture, chart, WIDE)
        said = words_in(svg.decode())
        for text in (chart.title, chart.subtitle, *foot_texts(chart), f"Build {tables.build}"):
            assert " ".join(text.split()) in said, (chart.id, text)
        areas = sum(len(trace.locations) for trace in chart.figure.data if counts_areas(trace))
        shapes = [path for layer in layers_of(svg) for path in layer.iter(f"{SVG}path")]
        assert sum(len(path.get("d") or "") > 10 for path in shapes) >= areas, chart.id


def test_no_word_of_a_picture_touches_a_mark_or_another_word_or_is_under_12_points_on_a_slide(
    others: list[Other],
    drawn: list[tuple[Shot, Chart, str]],
    national: Path,
    chromium: Browser,
) -> None:
    pictures = {path.stem: path.read_text(encoding="utf-8") for _, _, path in every_picture(drawn, national, "svg")}
    for shot, chart, slide, shape, other in others:
        if shot.view.view == "tiles":  # the letters of 153 tiles are as large as the tiles let them be
            continue
        pictures |= {f"{chart.file_stem}-{WIDE.id}": slide.files["svg"].decode()}
        pictures |= {f"{chart.file_stem}-{shape}": other.files["svg"].decode()}
    page = chromium.new_page()
    found = {name: wrong for name, svg in pictures.items() if (wrong := collisions(svg, page))}
    page.close()
    assert found == {}


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ('<text x="10" y="100" font-size="30">One</text><text x="30" y="105" font-size="30">Two</text>', "touches"),
        ('<text x="10" y="100" font-size="8">Small</text>', "points"),
        ('<text x="900" y="100" font-size="30">Far too long</text>', "runs off"),
        (
            '<g class="scatterlayer"><g class="points"><path d="M20,90h9v9h-9Z"/></g></g>'
            '<text x="10" y="100" font-size="30">One</text>',
            "on a mark",
        ),
        (
            '<g class="scatterlayer"><path class="js-line" d="M0,90L200,90"/></g>'
            '<text x="10" y="100" font-size="30">One</text>',
            "on a line",
        ),
    ],
)
def test_words_that_collide_or_cannot_be_read_would_be_noticed(words: str, wrong: str, chromium: Browser) -> None:
    page = chromium.new_page()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="960" height="540">{words}</svg>'
    (found,) = collisions(svg, page)
    page.close()
    assert wrong in found


def counts_areas(trace: Any) -> bool:
    """Return whether a trace fills areas, rather than outlining regions or London once more."""
    return trace.type == "choropleth" and trace.hoverinfo != "skip"


def layers_of(svg: bytes) -> list[ElementTree.Element]:
    groups = ElementTree.fromstring(svg.decode()).iter(f"{SVG}g")
    return [group for group in groups if "choroplethlayer" in (group.get("class") or "").split()]


def test_a_drawing_that_fails_is_told_and_the_others_are_pictured(browser_path: str) -> None:
    good = Drawing([{"type": "scatter", "x": [1, 2], "y": [1, 2]}], {"width": 400, "height": 300})
    bad = good.with_layout(height=0.5)
    wanted = [Picture(drawing=one, medium=WIDE, formats=("svg", "pdf"), title="T") for one in (good, bad, good)]
    with Chromium(tabs=1) as browser:
        first, failed, last = browser.pictures(wanted)
    assert failed.files == {}
    assert "Height and width" in failed.problem
    assert first.files["svg"].startswith(b"<svg")
    assert first.files["svg"] == last.files["svg"]
    assert not first.problem
    assert not last.problem


def test_an_empty_plot_would_be_noticed(browser_path: str, drawn: list[tuple[Shot, Chart, str]]) -> None:
    chart = next(chart for shot, chart, _ in drawn if shot.entry.id == "levelling")
    empty = Drawing([], framed_drawing(chart, WIDE).layout).with_layout(
        xaxis={"visible": False}, yaxis={"visible": False}
    )
    with Chromium(tabs=1) as browser:
        (made,) = browser.pictures([Picture(drawing=empty, medium=WIDE, formats=("png",))])
    with Image.open(io.BytesIO(made.files["png"])) as picture:
        middle = picture.convert("RGB").crop((600, 400, 1800, 800))
        assert len(middle.getcolors(maxcolors=1_000_000) or []) == 1


def test_every_area_has_a_shape_on_every_exported_map(drawn: list[tuple[Shot, Chart, str]], national: Path) -> None:
    seen = set()
    for shot, chart, stem in drawn:
        if not is_map(chart.drawing):
            continue
        areas = sum(
            len(trace.locations)
            for trace in chart.figure.data
            if trace.type == "choropleth" and (trace.geo or "geo") == "geo"
        )
        for medium in MEDIA:
            svg = ElementTree.parse(national / "svg" / f"{stem}-{medium}.svg")
            layers = [group for group in svg.iter(f"{SVG}g") if "choroplethlayer" in (group.get("class") or "").split()]
            paths = [path for layer in layers[:1] for path in layer.iter(f"{SVG}path")]
            assert len(paths) == areas, (stem, medium)
            assert all(len(path.get("d") or "") > 10 for path in paths), (stem, medium)
        seen.add((shot.view.level, areas))
    assert ("utla", 153) in seen
    assert ("region", 9) in seen


def test_every_chart_has_a_page_of_pdf(drawn: list[tuple[Shot, Chart, str]], national: Path) -> None:
    for _, _, stem in drawn:
        content = (national / "pdf" / f"{stem}.pdf").read_bytes()
        assert content.startswith(b"%PDF-")
        assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page\n") <= 1
        assert len(content) > 5000


def test_file_names_say_place_sex_measure_and_period(drawn: list[tuple[Shot, Chart, str]]) -> None:
    stems = [stem for _, _, stem in drawn]
    assert len(set(stems)) == len(stems)
    for shot, chart, stem in drawn:
        who = {"female": "women-", "male": "men-"}[shot.view.sex] if "sex" in shot.entry.needs else ""
        assert stem.startswith(f"england-{who}{shot.entry.id}")
        assert stem.endswith("-2022-to-2024") or not chart.file_stem.endswith("2022-to-2024")
        assert re.fullmatch(r"[a-z0-9-]+", stem)
