"""The screen on data and methods says where every figure comes from and hands out the very tables that the charts read."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboard.data import citation, downloads, methods, sources
from pipeline import store
from pipeline.intake import lock
from pipeline.processed import Tables
from pipeline.tables import PROCESSED

Screen = Callable[..., AppTest]
TODAY = date(2026, 11, 21)
FIGURES = Tables(Path(), {"build": "abc123", "version": "2026-02-19", "resources": []})


@pytest.mark.parametrize(
    ("part", "heading"),
    [
        ("sources", "Sources"),
        ("definitions", "Definitions of the gap"),
        ("releases", "Releases compared"),
        ("downloads", "Tables and downloads"),
        ("methods", "Methods"),
        ("glossary", "Glossary"),
        ("cite", "How to cite"),
    ],
)
def test_every_part_opens_without_a_fault_and_says_which_it_is(screen: Screen, part: str, heading: str) -> None:
    shown = screen("pages/data.py", part=part)
    assert [one.value for one in shown.header] == [heading]
    assert not shown.exception
    assert not shown.error
    assert not shown.warning


def test_every_file_held_stands_in_the_table_of_sources_with_the_checksums_of_the_lock() -> None:
    table = Tables.open().table("sources").set_index("file")
    entries = lock.read(store.RAW_FOLDER)
    assert set(table.index) == set(entries)
    for name, entry in entries.items():
        assert table.loc[name, "upstream_sha256"] == entry.upstream_sha256
        assert table.loc[name, "table_sha256"] == entry.table_sha256
        assert table.loc[name, "licence"]


@pytest.mark.parametrize("file", ["hle/2026-02-19.csv", "hle/2022-01.csv"])
def test_the_checksum_shown_is_that_of_the_file(file: str) -> None:
    table = Tables.open().table("sources").set_index("file")
    assert table.loc[file, "table_sha256"] == lock.sha256((store.RAW_FOLDER / file).read_bytes())


@pytest.mark.parametrize(
    ("release", "age"),
    [
        ("2026-11-20", "1 day"),
        ("2026-10-21", "1 month"),
        ("2026-02-19", "9 months"),
        ("2025-11-22", "11 months"),
        ("2025-11-21", "1 year"),
        ("2023-11-07", "3 years"),
        ("2022-01", "about 4 years 10 months"),
        ("2026-11", "about 20 days"),
        ("2021", "about 6 years"),
    ],
)
def test_the_age_of_a_release_counts_years_and_months_and_says_about_where_the_day_is_not_known(
    release: str, age: str
) -> None:
    assert sources.age_in_words(release, today=TODAY) == age


def test_every_file_says_which_screen_shows_it_and_what_is_not_shown_says_why() -> None:
    table = Tables.open().table("sources")
    said = {row["file"]: sources.shown_on(row["table"], row["file"]) for row in table.to_dict("records")}
    assert all(said.values())
    unseen = [file for file, words in said.items() if words.startswith("No screen.")]
    assert unseen == ["building_blocks/food-outlets.csv", "building_blocks/supermarkets.csv"]
    assert all("no agreed good direction" in said[file] for file in unseen)
    shown = {str(one) for one in Tables.open().table("levers")["indicator"]}
    assert not shown & {"food-outlets", "supermarkets"}


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("https://www.ons.gov.uk/file", "Publisher's own address"),
        ("mirror:www.ons.gov.uk/file", "Copy of the publisher's file, kept under its own address"),
        ("prepared table: x.csv", "Table prepared from the publication (x.csv)"),
    ],
)
def test_where_bytes_came_from_is_said_in_words(recorded: str, said: str) -> None:
    assert sources.origin(recorded) == said


def test_the_zip_holds_every_table_byte_for_byte_and_is_the_same_each_time() -> None:
    content = downloads.whole_package(Tables.open())
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = set(bundle.namelist())
        assert names == {"datapackage.json", *(f"{name}.csv" for name in PROCESSED)}
        assert all(bundle.read(name) == (store.PROCESSED_FOLDER / name).read_bytes() for name in names)
    assert downloads.whole_package(Tables.open()) == content


def test_the_workbook_has_a_cover_and_a_sheet_for_each_national_chart() -> None:
    tables = Tables.open()
    book = load_workbook(io.BytesIO(downloads.national_workbook(tables, address="")), read_only=True)
    assert book.sheetnames[0] == "Cover"
    assert len(book.sheetnames) > 10


def test_parquet_brings_back_the_same_table() -> None:
    table = Tables.open().table("gaps")
    again = pd.read_parquet(io.BytesIO(downloads.parquet(table)))
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


def test_the_dictionary_explains_every_column_of_every_table() -> None:
    tables = Tables.open()
    for name, contract in PROCESSED.items():
        shown = downloads.dictionary(contract, example=tables.table(name).iloc[0])
        assert list(shown["Column"]) == list(contract.column_names)
        assert shown["Meaning"].str.len().min() > 0


def test_the_methods_are_shown_whole_and_without_the_marks_of_their_tests() -> None:
    assert list(methods.sections()) == [str(number + 1) for number in range(len(methods.sections()))]
    assert "<!--" not in methods.whole_text()
    assert "check:" not in methods.whole_text()
    written = methods.FILE.read_text(encoding="utf-8")
    assert len(methods.sections()) == written.count("\n## ")
    assert all(text for _, text in methods.sections().values())


def test_the_citation_names_build_release_and_day() -> None:
    said = citation.of_dashboard(FIGURES, today=TODAY, address="https://example.org/data")
    for words in ("abc123", "19 February 2026", "21 November 2026", "https://example.org/data"):
        assert words in said
    assert "(2026)" in citation.of_figures(FIGURES)


@pytest.mark.parametrize(
    ("address", "cited"),
    [
        ("http://127.0.0.1:8501/data", ""),
        ("http://localhost:8501/data?part=cite", ""),
        ("", ""),
        ("https://health.example.org/data?part=cite", "https://health.example.org/"),
        ("https://example.org/gap/data", "https://example.org/gap/"),
    ],
)
def test_no_address_of_this_machine_alone_is_cited(address: str, cited: str) -> None:
    assert citation.public(address) == cited


def test_the_checksums_of_the_running_build_are_those_of_its_tables() -> None:
    for resource in Tables.open().package["resources"]:
        assert resource["hash"] == f"sha256:{lock.sha256((store.PROCESSED_FOLDER / resource['path']).read_bytes())}"
