"""Which pictures an export needs of its charts: each drawing once, for all its formats, and all in one browser."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from charts.catalogue.catalogue import Shot
from charts.export.chromium import Picture, PictureFormat
from charts.export.powerpoint.deck import needs_picture, picture_on_slide
from charts.kit.chart import Chart
from charts.kit.framed import framed_drawing, plain
from charts.kit.label_room import is_map
from charts.kit.media import MEDIA, PRINT, WIDE
from charts.map.layers import without_chosen_figures

WIDTH_IN_BRIEF, TALLEST_IN_BRIEF, MAP_IN_BRIEF = 440, 440, 560
"""Width of a chart in a brief, in its own pixels, where two stand beside each other on a page; its greatest height; and both of a
map, whose words need more room."""

SLIDE, BRIEF = "slide", "brief"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart of an export, with what it shows and what its files are called."""

    shot: Shot
    chart: Chart
    stem: str


Key = tuple[str, str]
"""Stem of a chart, and what its picture is for: a shape of picture files, a slide or a brief."""


def pictures_of(
    drawn: Sequence[Drawn], *, formats: Collection[str], media: Collection[str]
) -> Iterator[tuple[Key, Picture]]:
    """Yield each picture that the formats need, with what it is for."""
    for one in drawn:
        for shape, kinds in _kinds_of_files(formats, media).items():
            medium, chart = MEDIA[shape], one.chart
            drawing = framed_drawing(chart, medium)
            yield (
                (one.stem, shape),
                Picture(drawing=drawing, medium=medium, formats=kinds, title=chart.title, alt=chart.alt),
            )
        if "pptx" in formats and needs_picture(one.chart):
            yield (one.stem, SLIDE), picture_on_slide(one.chart)
        if "brief" in formats:
            yield (one.stem, BRIEF), picture_in_brief(one.chart)


def picture_in_brief(chart: Chart) -> Picture:
    """The order for the picture of a chart that a brief needs."""
    tallest = MAP_IN_BRIEF if is_map(chart.drawing) else TALLEST_IN_BRIEF
    width = MAP_IN_BRIEF if is_map(chart.drawing) else WIDTH_IN_BRIEF
    drawing = plain(chart, width=width, height=min(chart.drawing.layout["height"], tallest))
    return Picture(
        drawing=without_chosen_figures(drawing),
        medium=replace(PRINT, width=width, height=drawing.layout["height"]),
        formats=("svg",),
        title=chart.title,
        alt=chart.alt,
    )


def _kinds_of_files(formats: Collection[str], media: Collection[str]) -> Mapping[str, list[PictureFormat]]:
    """Shape -> formats of the files in that shape; a PDF is one page, as wide as a slide."""
    several: list[PictureFormat] = [kind for kind in ("png", "svg") if kind in formats]
    found = {shape: list(several) for shape in media if several}
    if "pdf" in formats:
        found.setdefault(WIDE.id, []).append("pdf")
    return found
