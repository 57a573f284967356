"""Charts as a PowerPoint deck: native charts where PowerPoint can draw them, pictures of maps, notes and alt text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Length, Pt

from charts.catalogue.catalogue import Shot
from charts.export.chromium import Picture
from charts.export.powerpoint.native import add_native_chart
from charts.export.powerpoint.native_axes import INK
from charts.export.powerpoint.notes import speaker_notes
from charts.export.powerpoint.series import plotted
from charts.export.powerpoint.template import Box, Stage, open_stage
from charts.export.same_bytes import without_times
from charts.kit.chart import Chart
from charts.kit.framed import interval_note, is_long, plain
from charts.kit.label_room import is_map
from charts.kit.media import WIDE, Medium
from charts.kit.textwidth import wrapped
from charts.map.layers import without_chosen_figures

SUBTITLE_POINTS, FOOT_POINTS, NOTE_POINTS, NOTE_SPACE = 18, 12, 14, 6
_TITLE_POINTS = (30, 28, 26, 24, 22, 20, 18)
_COVER_PARTS = (Inches(0.9), Inches(1.5)), (Inches(2.5), Inches(4.4))
"""Top and height of the cover's title, and of the words below it."""
_COVER_POINTS = (44, 40, 36, 32), (26, 24, 22, 20, 18, 16, 14, 12)
_COVER_SPACE = 6
_LINE = 1.2
_NO_DAY = "1980-01-01"


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A chart that is to become a slide, with the settings it was drawn with."""

    shot: Shot
    chart: Chart
    picture: bytes = b""
    """PNG of the figure alone; needed where no native chart can show it."""


BESIDE_WORDS = replace(WIDE, id="beside words", width=560, height=460, scale=3)
BELOW_WORDS = replace(WIDE, id="below words", width=900, height=345, scale=2.5)
"""Shapes of the pictures on slides: a map or a long list beside the words, anything else below them."""


def picture_shape(chart: Chart) -> Medium:
    """The shape in which a chart's picture stands on a slide."""
    return BESIDE_WORDS if is_map(chart.drawing) or is_long(chart.drawing) else BELOW_WORDS


def picture_on_slide(chart: Chart) -> Picture:
    """The order for the picture of a chart that a slide needs."""
    shape = picture_shape(chart)
    drawing = without_chosen_figures(plain(chart, width=shape.width, height=shape.height))
    return Picture(drawing=drawing, medium=shape, formats=("png",))


def needs_picture(chart: Chart) -> bool:
    """Whether only a picture can show the chart in PowerPoint."""
    return plotted(chart.figure) is None


def deck(
    slides: Sequence[Slide],
    *,
    title: str = "",
    subtitle: str = "",
    template: Path | None = None,
    address: str = "",
    release: str = "",
) -> bytes:
    """A .pptx file with one slide for each chart, and a last one with sources and caveats.

    Without a title there is no first slide; `template`: an institution's .pptx to build on; `address`: where the dashboard
    runs, for the links in the notes, "" where not known; `release`: date of the newest figures, which the file is given.

    Raises:
        UsageError: the template cannot be used.
    """
    stage = open_stage(template)
    _describe_file(stage, title or "Healthy life expectancy gap")
    if title:
        _cover(stage, title, subtitle)
    for slide in slides:
        _chart_slide(stage, slide, address)
    _sources(stage, [slide.chart for slide in slides])
    out = io.BytesIO()
    stage.presentation.save(out)
    return without_times(out.getvalue(), day=release or _NO_DAY)


def _describe_file(stage: Stage, title: str) -> None:
    """Tell what the file is: a template's own properties are those of the template."""
    told = stage.presentation.core_properties
    told.title, told.language, told.subject = title, "en-GB", "Healthy life expectancy"
    told.author = told.last_modified_by = "Healthy life expectancy gap dashboard"
    told.keywords = told.comments = told.category = ""
    told.revision = 1
    told.created = told.modified = datetime(1980, 1, 1, tzinfo=UTC)  # in its place comes the day of the figures


def _cover(stage: Stage, title: str, subtitle: str) -> None:
    if stage.cover is None:
        slide = _with_title(stage, title)
        _write(slide, stage.content, subtitle.split("\n"), SUBTITLE_POINTS + 2, "Subtitle")
        return
    slide = stage.presentation.slides.add_slide(stage.cover)
    texts = {PP_PLACEHOLDER.SUBTITLE: subtitle}
    for placeholder in list(slide.placeholders):
        kind = placeholder.placeholder_format.type
        if kind in {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
            continue
        placeholder.text_frame.text = texts.get(kind, title)
        _describe(placeholder, "Subtitle" if kind in texts else "Title", texts.get(kind, title))
        if stage.own:
            placeholder.left, placeholder.width = stage.title.left, stage.title.width
            placeholder.top, placeholder.height = _COVER_PARTS[kind in texts]
        if stage.own or kind in texts:
            points = _largest_that_fits(placeholder, _COVER_POINTS[kind in texts])
            for paragraph in placeholder.text_frame.paragraphs:
                paragraph.font.size = Pt(points)
                paragraph.space_after = Pt(_COVER_SPACE if kind in texts else 0)
        if stage.own:
            for paragraph in placeholder.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.LEFT
                paragraph.font.bold = kind not in texts
                paragraph.font.color.rgb = INK


def _largest_that_fits(shape: Any, sizes: Sequence[int]) -> int:
    """The largest of some sizes of type, in points, at which the text of a shape stays inside it; the smallest if none."""
    lines = [paragraph.text for paragraph in shape.text_frame.paragraphs]

    def height(points: int) -> float:
        return float(sum(_height(line, shape.width, points, bold=True) + Pt(_COVER_SPACE) for line in lines))

    return next((points for points in sizes if height(points) <= shape.height), sizes[-1])


def _chart_slide(stage: Stage, one: Slide, address: str) -> None:
    chart = one.chart
    slide = _with_title(stage, chart.title)
    native = None if one.picture else plotted(chart.figure)
    note = interval_note(chart).replace("Shaded:", "Thin lines:") if native else interval_note(chart)
    foot = [line for line in (" ".join(text for text in (chart.settings, note) if text), chart.source) if line]
    words, room = _shares(stage.content, chart, foot, beside=bool(one.picture) and picture_shape(chart) is BESIDE_WORDS)
    _write(slide, words[0], [chart.subtitle], SUBTITLE_POINTS, "Subtitle")
    if native:
        _describe(add_native_chart(slide.shapes, native, **vars(room)), "Chart", chart.alt)
    elif one.picture:
        _picture(slide, one.picture, room, chart.alt)
    else:
        _table(slide, chart, room)
    _write(slide, words[1], foot, FOOT_POINTS, "Settings and source")
    slide.notes_slide.notes_text_frame.text = speaker_notes(
        chart,
        view=one.shot.view,
        needs=one.shot.entry.needs,
        live_view=f"{address.rstrip('/')}/{one.shot.live_view}",
    )


def _shares(box: Box, chart: Chart, foot: Sequence[str], *, beside: bool) -> tuple[tuple[Box, Box], Box]:
    """The boxes of subtitle and foot, and of the chart between or, for a map, beside them."""
    width = Emu(int(box.width * 0.4)) if beside else box.width
    above = _height(chart.subtitle, width, SUBTITLE_POINTS)
    below = Emu(sum(_height(line, width, FOOT_POINTS) for line in foot) + Pt(4))
    if beside and above + below > box.height:  # too many words for a column
        return _shares(box, chart, foot, beside=False)
    foot_top = Emu(box.top + box.height - below)
    words = (
        Box(left=box.left, top=box.top, width=width, height=above),
        Box(left=box.left, top=foot_top, width=width, height=below),
    )
    if beside:
        left = Emu(box.left + width)
        return words, Box(left=left, top=box.top, width=Emu(box.width - width), height=box.height)
    top = Emu(box.top + above)
    return words, Box(left=box.left, top=top, width=box.width, height=Emu(foot_top - top))


def _picture(slide: Any, png: bytes, room: Box, alt: str) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(png), room.left, room.top)
    scale = min(room.width / picture.width, room.height / picture.height)
    picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
    picture.left = Emu(int(room.left + (room.width - picture.width) / 2))
    _describe(picture, "Picture", alt)


def _table(slide: Any, chart: Chart, room: Box) -> None:
    """Show the first rows of the figures where a picture was wanted but could not be made."""
    rows = chart.table.head(8)
    table = slide.shapes.add_table(
        len(rows) + 1, len(rows.columns), room.left, room.top, room.width, Emu(room.height // 2)
    )
    for column, heading in enumerate(rows.columns):
        cells = [heading, *(("" if value != value else value) for value in rows.iloc[:, column])]  # noqa: PLR0124 - NaN
        for row, value in enumerate(cells):
            frame = table.table.cell(row, column).text_frame
            frame.text = str(value)
            frame.paragraphs[0].font.size = Pt(14)
    _describe(table, "Table", chart.alt)


def _sources(stage: Stage, charts: Sequence[Chart]) -> None:
    paragraphs = [*dict.fromkeys(caveat for chart in charts for caveat in chart.caveats)]
    paragraphs += dict.fromkeys(chart.source for chart in charts)
    for page in _pages(paragraphs, stage.content):
        _source_slide(stage, page)


def _pages(paragraphs: Sequence[str], box: Box) -> list[list[str]]:
    """The paragraphs on as few slides as hold them, and as much on the last as on the others."""
    heights = [_height(text, box.width, NOTE_POINTS) + Pt(NOTE_SPACE) for text in paragraphs]
    count = len(_filled(paragraphs, heights, box.height))
    shares = (box.height * share / 20 for share in range(1, 21))
    return next(pages for share in shares if len(pages := _filled(paragraphs, heights, share)) <= count)


def _filled(paragraphs: Sequence[str], heights: Sequence[int], room: float) -> list[list[str]]:
    pages: list[list[str]] = []
    left = 0.0
    for paragraph, height in zip(paragraphs, heights, strict=True):
        if not pages or height > left:
            pages.append([])
            left = room
        pages[-1].append(paragraph)
        left -= height
    return pages


def _source_slide(stage: Stage, page: Sequence[str]) -> None:
    slide = _with_title(stage, "Notes and limitations, and where the figures come from")
    _write(slide, stage.content, page, NOTE_POINTS, "Caveats and sources", space=NOTE_SPACE)


def _with_title(stage: Stage, text: str) -> Any:
    slide = stage.presentation.slides.add_slide(stage.layout)
    for placeholder in list(slide.placeholders):
        if placeholder is not slide.shapes.title and placeholder.placeholder_format.idx != 0:
            placeholder._element.getparent().remove(placeholder._element)
    title = slide.shapes.title
    box = stage.title
    title.left, title.top, title.width, title.height = box.left, box.top, box.width, box.height
    frame = title.text_frame
    frame.text = text
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    points = next(
        (size for size in _TITLE_POINTS if _height(text, box.width, size, bold=True) <= box.height), _TITLE_POINTS[-1]
    )
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(points)
        paragraph.font.bold = True
        if stage.own:
            paragraph.alignment = PP_ALIGN.LEFT
    _describe(title, "Title", text)
    return slide


def _write(slide: Any, box: Box, lines: Sequence[str], points: int, name: str, *, space: int = 0) -> None:
    shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_top = frame.margin_bottom = Pt(1)
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.font.size = Pt(points)
        paragraph.space_after = Pt(space)
    _describe(shape, name, " ".join(lines))


def _height(text: str, width: Length, points: int, *, bold: bool = False) -> Length:
    """The height that a paragraph takes in a box of a width."""
    room = width / Pt(1) - 16
    return Pt(len(wrapped(text, room, points, bold=bold)) * points * _LINE + 2)


def _describe(shape: Any, name: str, alt: str) -> None:
    shape.name = name
    shape._element._nvXxPr.cNvPr.set("descr", alt)
