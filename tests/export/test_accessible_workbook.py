"""The workbook keeps the Government Analysis Function's checklist for accessible spreadsheets."""

import io
import re

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook

from charts.catalogue.packs import PACKS
from charts.catalogue.view import View
from charts.export.workbook import NOT_AVAILABLE, workbook
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from pipeline.processed import Tables


def made(charts: list[Chart]) -> Workbook:
    content = workbook(charts, title="Tables", release="2026-02-19", build="abcd1234", licence="OGL v3.0")
    return openpyxl.load_workbook(io.BytesIO(content))


def a_chart(table: pd.DataFrame, *, title: str = "Title", caveats: tuple[str, ...] = ()) -> Chart:
    return Chart(
        id="x",
        drawing=Drawing([], {}),
        title=title,
        subtitle="Subtitle",
        settings="",
        source="Source: ONS",
        alt="A",
        table=table,
        caveats=caveats,
    )


@pytest.fixture(scope="module")
def charts(tables: Tables) -> list[Chart]:
    return [shot.chart(tables) for shot in PACKS["national"](tables, View())]


@pytest.fixture(scope="module")
def book(charts: list[Chart]) -> Workbook:
    return made(charts)


def test_cover_contents_and_notes_come_first_and_then_one_sheet_for_each_table(
    book: Workbook, charts: list[Chart]
) -> None:
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert book.sheetnames[3:] == [f"Table_{i}" for i in range(1, len(charts) + 1)]
    assert book.active.title == "Cover"


def test_every_sheet_has_its_title_in_the_first_cell_and_says_how_many_tables_it_holds(book: Workbook) -> None:
    for sheet in book:
        assert sheet["A1"].value
        assert sheet["A1"].font.bold
        if sheet.title != "Cover":
            told = " ".join(str(cell.value) for cell in sheet["A"][:8])
            assert "This worksheet contains one table" in told


def test_every_sheet_but_the_cover_has_exactly_one_marked_table_with_a_name_of_its_own(book: Workbook) -> None:
    names = []
    for sheet in book:
        if sheet.title == "Cover":
            assert not sheet.tables
            continue
        (name,) = sheet.tables
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", name)
        names.append(name)
    assert len(set(names)) == len(names)


def test_nothing_is_merged_hidden_or_frozen_and_there_are_no_pictures(book: Workbook) -> None:
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert sheet.freeze_panes is None
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not sheet._images


def test_tables_have_no_empty_cell_row_or_column_and_unique_headings(book: Workbook) -> None:
    for sheet in book:
        for table in sheet.tables.values():
            rows = [[cell.value for cell in row] for row in sheet[table.ref]]
            assert all(value not in (None, "") for row in rows for value in row), sheet.title
            assert len(set(rows[0])) == len(rows[0])
            assert all(isinstance(heading, str) for heading in rows[0])


def test_text_is_of_a_readable_size_everywhere(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.font.sz >= 10, (sheet.title, cell.coordinate)


def test_numbers_are_numbers_and_equal_those_of_the_charts(book: Workbook, charts: list[Chart]) -> None:
    for i, chart in enumerate(charts, start=1):
        sheet = book[f"Table_{i}"]
        (table,) = sheet.tables.values()
        rows = [[cell.value for cell in row] for row in sheet[table.ref]][1:]
        assert len(rows) == len(chart.table)
        for position, (_, column) in enumerate(chart.table.items()):
            for row, value in zip(rows, column, strict=True):
                if pd.isna(value) or value == "":
                    assert row[position] == NOT_AVAILABLE
                elif pd.api.types.is_numeric_dtype(column):
                    assert row[position] == pytest.approx(value)
                else:
                    assert row[position] == ("per cent" if value == "%" else value)


def test_rows_keep_their_order_whatever_their_index() -> None:
    table = pd.DataFrame({"Place": ["B", "A"], "Years": [2.0, 1.0]}, index=[7, 3])
    sheet = made([a_chart(table)])["Table_1"]
    (marked,) = sheet.tables.values()
    assert [row[0].value for row in sheet[marked.ref]] == ["Place", "B", "A"]


def test_missing_figures_are_marked_and_the_mark_is_explained(book: Workbook, charts: list[Chart]) -> None:
    for i, chart in enumerate(charts, start=1):
        cells = [str(cell.value) for row in book[f"Table_{i}"].iter_rows() for cell in row]
        if chart.table.isna().any(axis=None):
            assert any(cell.startswith(f"{NOT_AVAILABLE} means") for cell in cells)


def test_every_note_is_listed_and_referred_to(book: Workbook, charts: list[Chart]) -> None:
    listed = [row[1] for row in book["Notes"].iter_rows(min_row=4, values_only=True)]
    assert listed == list(dict.fromkeys(caveat for chart in charts for caveat in chart.caveats))
    for i, chart in enumerate(charts, start=1):
        numbers = [int(found) for found in re.findall(r"\[note (\d+)\]", str(book[f"Table_{i}"]["A1"].value))]
        assert [listed[number - 1] for number in numbers] == list(chart.caveats)


def test_the_contents_lead_to_every_table(book: Workbook, charts: list[Chart]) -> None:
    links = {cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink}
    assert links == {f"'Table_{i}'!A1" for i in range(1, len(charts) + 1)}


def test_the_file_has_a_title_for_assistive_technology(book: Workbook) -> None:
    assert book.properties.title == "Tables"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "-1+1|cmd"])
def test_text_that_looks_like_a_formula_is_inert_in_any_cell(text: str) -> None:
    table = pd.DataFrame({"Place": [text, "B"], text: [1.5, 2.5]})
    found = made([a_chart(table, title=text, caveats=(text,))])
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value) == text for cell in cells)


def test_text_with_square_brackets_is_not_taken_for_a_link_or_a_note() -> None:
    table = pd.DataFrame({"Place": ["[a](https://evil.example)", "$$n9$$"], "Years": [1.0, 2.0]})
    found = made([a_chart(table)])
    cells = [cell for row in found["Table_1"].iter_rows() for cell in row]
    assert not any(cell.hyperlink for cell in cells)
    assert not any("[note" in str(cell.value) for cell in cells)


def test_a_chart_without_caveats_needs_no_notes_sheet() -> None:
    assert made([a_chart(pd.DataFrame({"Place": ["A"], "Years": [1.0]}))]).sheetnames == [
        "Cover",
        "Contents",
        "Table_1",
    ]
