"""A deck needs no touching up: nothing runs off a slide or over another part; notes and alt text say what is shown."""

import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Inches, Pt

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.entry import Entry
from charts.catalogue.packs import PACKS
from charts.catalogue.view import View
from charts.export.powerpoint.deck import Slide, deck, needs_picture
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.textwidth import wrapped
from pipeline.errors import UsageError
from pipeline.processed import Tables

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx"
    b"\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(scope="module")
def slides(tables: Tables, shots: list[Shot]) -> list[Slide]:
    found = []
    for shot in shots:
        chart = shot.chart(tables)
        found.append(Slide(shot=shot, chart=chart, picture=PIXEL if needs_picture(chart) else b""))
    return found


@pytest.fixture(scope="module")
def institution(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An institution's template: four by three, a slide of its own in it, and a footer."""
    path = tmp_path_factory.mktemp("template") / "house style.pptx"
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Sample of the house style"
    presentation.save(path)
    return path


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def assert_apart_and_on_the_slide(presentation) -> None:
    for slide in presentation.slides:
        boxes = [(shape.name, shape.left, shape.top, shape.width, shape.height) for shape in slide.shapes]
        for name, left, top, width, height in boxes:
            assert left >= 0, name
            assert top >= 0, name
            assert left + width <= presentation.slide_width, name
            assert top + height <= presentation.slide_height, name
        for i, (name, left, top, width, height) in enumerate(boxes):
            for other, left_2, top_2, width_2, height_2 in boxes[i + 1 :]:
                apart = (
                    left + width <= left_2 + Pt(1)
                    or left_2 + width_2 <= left + Pt(1)
                    or top + height <= top_2 + Pt(1)
                    or top_2 + height_2 <= top + Pt(1)
                )
                assert apart, (name, other)


def assert_text_fits(presentation) -> None:
    for slide in presentation.slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text:
                continue
            room = shape.width / Pt(1) - 14.4
            needed = 0.0
            for paragraph in shape.text_frame.paragraphs:
                size = paragraph.font.size.pt if paragraph.font.size else 18
                lines = wrapped(paragraph.text, room, size, bold=bool(paragraph.font.bold))
                needed += len(lines) * size * 1.2
            assert needed <= shape.height / Pt(1) + 2, (shape.name, shape.text_frame.text)


def test_nothing_on_a_slide_overlaps_or_runs_off_and_all_text_fits_into_its_box(
    slides: list[Slide], institution: Path
) -> None:
    for template in (None, institution):
        presentation = opened(deck(slides, title="T", subtitle="S", template=template))
        assert_apart_and_on_the_slide(presentation)
        assert_text_fits(presentation)


REGION, LARGEST, SMALLEST, NO_HLE, NEW_CODE = "E12000003", "E10000016", "E06000017", "E09000001", "E08000038"
OWN_AREA = View(place="South Tees", codes="E06000002~E06000003")


@pytest.mark.parametrize(
    "view", [*(View(place=code) for code in (REGION, LARGEST, SMALLEST, NO_HLE, NEW_CODE)), OWN_AREA]
)
def test_the_deck_of_a_place_fits_too_and_every_slide_says_something(view: View, tables: Tables) -> None:
    charts = [(shot, shot.chart(tables)) for shot in PACKS["place"](tables, view) if shot.view.sex == "female"]
    made = [Slide(shot=shot, chart=chart, picture=PIXEL if needs_picture(chart) else b"") for shot, chart in charts]
    presentation = opened(deck(made, title="T", subtitle="S"))
    assert_apart_and_on_the_slide(presentation)
    assert_text_fits(presentation)
    notes = list(presentation.slides)[len(made) + 1 :]
    lengths = [sum(len(shape.text_frame.text) for shape in slide.shapes) for slide in notes]
    assert min(lengths) > 0.4 * max(lengths)  # none of two lines after full ones


def test_titles_state_the_finding_and_no_placeholder_is_left_empty(slides: list[Slide]) -> None:
    presentation = opened(deck(slides))
    for slide, one in zip(presentation.slides, slides, strict=False):
        assert slide.shapes.title.text_frame.text == one.chart.title
    for slide in presentation.slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_every_object_has_alt_text_and_charts_have_that_of_the_page(slides: list[Slide]) -> None:
    presentation = opened(deck(slides, title="T", subtitle="S"))
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape._element._nvXxPr.cNvPr.get("descr"), shape.name
    for slide, one in zip(list(presentation.slides)[1:], slides, strict=False):
        (drawn,) = [shape for shape in slide.shapes if shape.name in {"Chart", "Picture"}]
        assert drawn._element._nvXxPr.cNvPr.get("descr") == one.chart.alt


def test_notes_defend_every_number(slides: list[Slide], tables: Tables) -> None:
    presentation = opened(deck(slides, address="https://dashboard.example/"))
    for slide, one in zip(presentation.slides, slides, strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        assert one.chart.title in notes
        assert one.chart.source in notes
        assert "Method: " in notes
        assert "Intervals: " in notes
        for caveat in one.chart.caveats:
            assert caveat in notes
        assert f"Live view: https://dashboard.example/{one.shot.live_view}" in notes
        assert f"{one.chart.table.iloc[0, 0]}: " in notes
        if "definition" in one.shot.entry.needs:
            assert "Definition: Richest and poorest region by disposable income" in notes


def test_an_institutions_template_is_built_on_and_its_sample_slides_are_left_out(
    slides: list[Slide], institution: Path
) -> None:
    presentation = opened(deck(slides[:2], title="Ours", subtitle="S", template=institution))
    assert presentation.slide_width == Inches(10)
    texts = [shape.text_frame.text for slide in presentation.slides for shape in slide.shapes if shape.has_text_frame]
    assert "Sample of the house style" not in texts
    assert texts[0] == "Ours"


def test_a_template_may_call_its_layouts_what_it_likes(slides: list[Slide], tmp_path: Path) -> None:
    house = Presentation()
    for i, layout in enumerate(house.slide_layouts):
        layout.name = f"Gabarit {i}"
    house.save(tmp_path / "house.pptx")
    presentation = opened(deck(slides[:2], title="Ours", template=tmp_path / "house.pptx"))
    assert [slide.shapes.title.text_frame.text for slide in presentation.slides][1] == slides[0].chart.title
    assert {slide.slide_layout.name[:7] for slide in presentation.slides} == {"Gabarit"}


def test_a_template_without_a_layout_for_titles_is_refused_with_what_to_do(slides: list[Slide], tmp_path: Path) -> None:
    bare = Presentation()
    for layout in list(bare.slide_layouts):
        if any(shape.placeholder_format.type == PP_PLACEHOLDER.TITLE for shape in layout.placeholders):
            bare.slide_layouts.remove(layout)
    bare.save(tmp_path / "bare.pptx")
    with pytest.raises(UsageError, match="no layout with a title") as refused:
        deck(slides[:1], template=tmp_path / "bare.pptx")
    assert "Title Only" in refused.value.explain()


def test_a_file_that_is_no_presentation_is_refused_in_plain_words(slides: list[Slide], tmp_path: Path) -> None:
    wrong = tmp_path / "letter.pptx"
    wrong.write_text("Dear colleague")
    with pytest.raises(UsageError, match="PowerPoint"):
        deck(slides[:1], template=wrong)


def test_where_no_picture_could_be_made_the_first_rows_of_the_table_stand_in(slides: list[Slide]) -> None:
    one = next(slide for slide in slides if slide.picture)
    (slide, *_) = opened(deck([Slide(shot=one.shot, chart=one.chart)])).slides
    (table,) = [shape for shape in slide.shapes if shape.has_table]
    assert table.table.cell(1, 0).text_frame.text == str(one.chart.table.iloc[0, 0])


def test_the_last_slides_hold_every_caveat_and_source_once(slides: list[Slide]) -> None:
    presentation = opened(deck(slides))
    tail = list(presentation.slides)[len(slides) :]
    text = "\n".join(shape.text_frame.text for slide in tail for shape in slide.shapes)
    for one in slides:
        assert one.chart.source in text
        for caveat in one.chart.caveats:
            assert text.count(caveat) >= 1


def test_a_formula_in_a_name_is_inert_in_the_data_sheet() -> None:
    bars = {"type": "bar", "x": [1.0, 2.0], "y": ["=1+1", "@cmd"], "orientation": "h", "name": "+2+3"}
    chart = Chart(
        id="x",
        drawing=Drawing([bars], {}),
        title="t",
        subtitle="s",
        settings="",
        source="o",
        alt="a",
        table=pd.DataFrame({"A": [1]}),
    )
    entry = Entry(id="x", label="x", needs=(), draw=lambda *_: chart, screen="")
    presentation = opened(deck([Slide(shot=Shot(entry=entry, view=View()), chart=chart)]))
    (native,) = [shape.chart for shape in presentation.slides[0].shapes if shape.has_chart]
    sheet = load_workbook(io.BytesIO(native.part.chart_workbook.xlsx_part.blob)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value) == "'=1+1" for cell in cells)


def test_the_exported_deck_has_a_slide_for_every_chart(national: Path, slides: list[Slide]) -> None:
    presentation = Presentation(str(national / "england.pptx"))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides if slide.shapes.title]
    for one in slides:
        assert one.chart.title in titles
    pictures = [shape for slide in presentation.slides for shape in slide.shapes if shape.name == "Picture"]
    assert len(pictures) == sum(bool(one.picture) for one in slides)
    assert all(picture.image.size[0] > 1000 and picture.height > Emu(Inches(3)) for picture in pictures)
    assert presentation.core_properties.title


def test_the_cover_answers_for_women_and_for_men(national: Path) -> None:
    cover = Presentation(str(national / "england.pptx")).slides[0]
    _, answer = (shape.text_frame.text.split("\n") for shape in cover.placeholders)
    assert answer[0] == "The gap is not being halved. It has widened for women."
    assert answer[1].startswith("Women in London can expect 6.0 more years")
    assert answer[2].startswith("Men in London can expect 5.9 more years")
    assert answer[3].startswith("Source: ")


def test_chart_ids_of_the_catalogue_can_all_be_put_on_slides(tables: Tables) -> None:
    places = {one.id: "E12000001" if one.id.startswith("inside") else "E06000001" for one in CATALOGUE.values()}
    shots = [Shot(entry=one, view=View(place=places[one.id])) for one in CATALOGUE.values()]
    made = [Slide(shot=shot, chart=shot.entry.chart(tables, shot.view)) for shot in shots]
    assert len(opened(deck(made)).slides) > len(made)
