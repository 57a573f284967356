"""Whatever template an institution has: a deck in which everything is on its slide, or one clear message."""

import io
import os
import re
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

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
    picture = "https://pictures.example/logo.png"
    presentation.slide_layouts[5].part.relate_to(picture, f"{RELATION}/image", is_external=True)
    return saved(presentation)


def with_masters(count: int) -> bytes:
    """A template of an institution that has kept every house style, each a master with layouts; the first has no titles."""
    with zipfile.ZipFile(io.BytesIO(without_titles())) as bare, zipfile.ZipFile(io.BytesIO(of_size(10, 7.5))) as whole:
        parts = {name: bare.read(name) for name in bare.namelist()}
        more = {
            name: whole.read(name).decode() for name in whole.namelist() if "slideMaster" in name or "Layout" in name
        }
    kinds, listed, related = "", "", ""
    for number in range(2, count + 1):
        ids = iter(range(3_000_000_000 + 100 * number, 4_000_000_000))
        own = 100 * number
        for name, content in more.items():
            text = re.sub(
                r"slideLayout(\d+)\.xml", lambda found, own=own: f"slideLayout{own + int(found[1])}.xml", content
            )
            text = text.replace("slideMaster1.xml", f"slideMaster{number}.xml")
            text = re.sub(
                r'(<p:sldLayoutId [^>]*)\bid="\d+"', lambda found, ids=ids: f'{found[1]}id="{next(ids)}"', text
            )
            path = name.replace("slideMaster1", f"slideMaster{number}")
            path = re.sub(r"slideLayout(\d+)", lambda found, own=own: f"slideLayout{own + int(found[1])}", path)
            parts[path] = text.encode()
            if path.endswith(".xml"):
                kind = "slideMaster" if "slideMaster" in path else "slideLayout"
                kinds += f'<Override PartName="/{path}" ContentType="{OFFICE}presentationml.{kind}+xml"/>'
        related += (
            f'<Relationship Id="rId{own}" Type="{RELATION}/slideMaster" Target="slideMasters/slideMaster{number}.xml"/>'
        )
        listed += f'<p:sldMasterId id="{2_900_000_000 + number}" r:id="rId{own}"/>'
    for name, end, added in (
        ("[Content_Types].xml", b"</Types>", kinds),
        ("ppt/presentation.xml", b"</p:sldMasterIdLst>", listed),
        ("ppt/_rels/presentation.xml.rels", b"</Relationships>", related),
    ):
        parts[name] = parts[name].replace(end, added.encode() + end)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return out.getvalue()


def huge() -> bytes:
    presentation = Presentation()
    out = io.BytesIO(saved(presentation))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("ppt/media/film.bin", os.urandom(3_000_000))
    return out.getvalue()


DECKS: dict[str, Callable[[], bytes]] = {
    "four by three": lambda: of_size(10, 7.5),
    "portrait": lambda: of_size(7.5, 10),
    "40 masters": lambda: with_masters(40),
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
