"""Which pictures an export needs of its charts: each drawing once, for all its formats, and all in one browser."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from charts.catalogue.catalogue import Shot
from charts.export.chromium import Picture, PictureFormat
from charts.export.powerpoint.deck import needs_picture, picture_on_slide
from charts.kit.chart import Chart
from charts.kit.framed import framed_drawing, plain
from charts.kit.media import MEDIA, PRINT, WIDE

WIDTH_IN_BRIEF, TALLEST_IN_BRIEF = 440, 440
"""Width of a chart in a brief, in its own pixels, where two stand beside each other on a page; and its greatest height."""

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
    height = min(chart.drawing.layout["height"], TALLEST_IN_BRIEF)
    shape = replace(PRINT, width=WIDTH_IN_BRIEF, height=height)
    drawing = plain(chart, width=shape.width, height=shape.height)
    return Picture(drawing=drawing, medium=shape, formats=("svg",), title=chart.title, alt=chart.alt)


def _kinds_of_files(formats: Collection[str], media: Collection[str]) -> Mapping[str, list[PictureFormat]]:
    """Shape -> formats of the files in that shape; a PDF is one page, as wide as a slide."""
    several: list[PictureFormat] = [kind for kind in ("png", "svg") if kind in formats]
    found = {shape: list(several) for shape in media if several}
    if "pdf" in formats:
        found.setdefault(WIDE.id, []).append("pdf")
    return found
