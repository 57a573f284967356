"""Whatever template an institution has: a deck in which everything is on its slide, or one clear message."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches, Pt

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.view import View
from charts.export.powerpoint.deck import Slide, deck
from pipeline.errors import UsageError
from pipeline.processed import Tables


def of_size(width: float, height: float) -> bytes:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(width), Inches(height)
    return saved(presentation)


def saved(presentation) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def without_layouts() -> bytes:
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        presentation.slide_layouts.remove(layout)
    return saved(presentation)


def without_titles() -> bytes:
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type in {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}:
                shape._element.getparent().remove(shape._element)
    return saved(presentation)


def with_macros() -> bytes:
    plain, macros = (b"presentationml.presentation.main+xml", b"ms-powerpoint.presentation.macroEnabled.main+xml")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of_size(10, 7.5))) as made, zipfile.ZipFile(out, "w") as written:
        for name in made.namelist():
            content = made.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"openxmlformats-officedocument." + plain, macros)
            written.writestr(name, content)
    return out.getvalue()


def with_an_outside_picture() -> bytes:
    presentation = Presentation()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    presentation.slide_layouts[5].part.relate_to("https://pictures.example/logo.png", kind, is_external=True)
    return saved(presentation)


def huge() -> bytes:
    presentation = Presentation()
    out = io.BytesIO(saved(presentation))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("ppt/media/film.bin", os.urandom(3_000_000))
    return out.getvalue()


DECKS: dict[str, Callable[[], bytes]] = {
    "four by three": lambda: of_size(10, 7.5),
    "portrait": lambda: of_size(7.5, 10),
    "huge": huge,
}
MESSAGES: dict[str, Callable[[], bytes]] = {
    "no layouts": without_layouts,
    "no titles": without_titles,
    "macros": with_macros,
    "an outside picture": with_an_outside_picture,
    "cut short": lambda: of_size(10, 7.5)[:9000],
    "a text": lambda: b"not a presentation",
}


@pytest.fixture(scope="module")
def slides(tables: Tables) -> list[Slide]:
    shots = [Shot(entry=CATALOGUE[name], view=View()) for name in ("gap-path", "definitions")]
    return [Slide(shot=shot, chart=shot.chart(tables)) for shot in shots]


@pytest.mark.parametrize("name", DECKS)
def test_a_template_gives_a_deck_with_everything_on_its_slide(name: str, slides: list[Slide], tmp_path: Path) -> None:
    template = tmp_path / "house.pptx"
    template.write_bytes(DECKS[name]())
    made = Presentation(io.BytesIO(deck(slides, title="T", subtitle="S", template=template)))
    assert made.slide_width == Presentation(str(template)).slide_width
    for slide in made.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0, shape.name
            assert shape.left + shape.width <= made.slide_width, shape.name
            assert shape.top + shape.height <= made.slide_height, shape.name
            assert shape.name != "Chart" or shape.height > Pt(140)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_template_that_cannot_be_used_is_refused_in_one_message(
    name: str, slides: list[Slide], tmp_path: Path
) -> None:
    template = tmp_path / "house.pptx"
    template.write_bytes(MESSAGES[name]())
    with pytest.raises(UsageError) as refused:
        deck(slides, template=template)
    assert "template" in refused.value.what
    assert refused.value.where == "house.pptx"
    assert refused.value.do
