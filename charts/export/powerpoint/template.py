"""The empty presentation that slides are put into: our own plain one, or an institution's template."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length

from charts.export.powerpoint.unsafe import refuse_unsafe
from pipeline.errors import UsageError

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_FOOTERS = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER}


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle on a slide."""

    left: Length
    top: Length
    width: Length
    height: Length


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A presentation without slides, and where things go on them."""

    presentation: Any
    layout: Any
    """Layout with a title and little else."""
    cover: Any
    """Layout of a title slide, with a title and a subtitle; None where there is none."""
    own: bool
    """Whether this is our plain presentation, which we arrange, rather than an institution's, which is arranged already."""
    title: Box
    content: Box
    """Room below the title and above the template's footer."""


def open_stage(template: Path | None = None) -> Stage:
    """An empty presentation.

    Of an institution's template the slides are left out, masters and layouts kept.

    Raises:
        UsageError: the template cannot be read, or has no layout with a title.
    """
    if template is None:
        presentation = Presentation()
        presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    else:
        refuse_unsafe(template)
        presentation = _read(template)
        _remove_slides(presentation)
    layout = _layout_with_title(_layouts(presentation), template)
    width, height = presentation.slide_width, presentation.slide_height
    margin = Emu(int(width * 0.045))
    if template is None:
        title = Box(left=margin, top=Inches(0.35), width=Emu(width - 2 * margin), height=Inches(1.05))
        bottom = Emu(height - Inches(0.3))
    else:
        placeholder = next(shape for shape in layout.placeholders if shape.placeholder_format.type in _TITLES)
        title = _box_of_title(placeholder, width, margin)
        bottom = _above_footer(layout, height)
    top = Emu(title.top + title.height)
    content = Box(left=title.left, top=top, width=title.width, height=Emu(bottom - top))
    return Stage(
        presentation=presentation,
        layout=layout,
        cover=_cover_layout(layout.slide_master.slide_layouts, width),
        own=template is None,
        title=title,
        content=content,
    )


def _box_of_title(placeholder: Any, slide_width: int, margin: Length) -> Box:
    """Where a layout has its title; from margin to margin where it has none of its own or it is wider than the slide."""
    left, top, width, height = placeholder.left, placeholder.top, placeholder.width, placeholder.height
    if None in {left, top, width, height} or left < 0 or left + width > slide_width:
        left, width = margin, Emu(slide_width - 2 * margin)
    return Box(left=left, top=Inches(0.35) if top is None else top, width=width, height=height or Inches(1.05))


def _read(template: Path) -> Any:
    try:
        presentation = Presentation(str(template))
        for layout in _layouts(presentation):  # read here, where a part that is not there can be said
            [shape.placeholder_format.type for shape in (*layout.placeholders, *layout.slide_master.placeholders)]
    # python-pptx has no error of its own for a part that is not as it should be.
    except (PackageNotFoundError, XMLSyntaxError, LookupError, AttributeError, TypeError, ValueError, OSError):
        raise UsageError(
            "The template cannot be read as a PowerPoint file: a part of it is damaged or missing.",
            where=template.name,
            do="Give a .pptx file; save a .potx or .ppt as .pptx first.",
        ) from None
    if "macroEnabled" in presentation.part.content_type:
        raise UsageError(
            "The template holds macros, and PowerPoint opens no .pptx file that does.",
            where=template.name,
            do="Save it as a .pptx file without macros.",
        )
    return presentation


def _layouts(presentation: Any) -> list[Any]:
    """The layouts of every master, those of the first master first."""
    return [layout for master in presentation.slide_masters for layout in master.slide_layouts]


def _remove_slides(presentation: Any) -> None:
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.get(qn("r:id")))
        slides.remove(slide)


def _layout_with_title(layouts: Iterable[Any], template: Path | None) -> Any:
    def clutter(layout: Any) -> int:
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        return sum(kind not in _TITLES | _FOOTERS for kind in kinds)

    usable = [
        layout
        for layout in layouts
        if any(shape.placeholder_format.type == PP_PLACEHOLDER.TITLE for shape in layout.placeholders)
    ]
    if not usable:
        raise UsageError(
            "The template has no layout with a title.",
            where=template.name if template else "",
            do='Add a layout with a title placeholder (PowerPoint calls it "Title Only").',
        )
    return min(usable, key=clutter)


def _cover_layout(layouts: Iterable[Any], slide_width: int) -> Any:
    for layout in layouts:
        if any((shape.left or 0) + (shape.width or 0) > slide_width for shape in layout.placeholders):
            continue  # it was drawn for a wider slide
        kinds = {shape.placeholder_format.type for shape in layout.placeholders}
        if (
            kinds & _TITLES
            and PP_PLACEHOLDER.SUBTITLE in kinds
            and kinds <= _TITLES | _FOOTERS | {PP_PLACEHOLDER.SUBTITLE}
        ):
            return layout
    return None


def _above_footer(layout: Any, height: int) -> Length:
    tops = [
        shape.top
        for shape in (*layout.placeholders, *layout.slide_master.placeholders)
        if shape.placeholder_format.type in _FOOTERS and shape.top > height * 0.75
    ]
    return Emu(min(tops, default=int(height * 0.96)))
