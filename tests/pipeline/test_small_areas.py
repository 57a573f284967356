"""The small areas of a place are listed one by one, the most deprived first, each in its district."""

import io

import openpyxl
import pandas as pd
import pytest

from charts.catalogue.catalogue import shots
from charts.catalogue.deprivation import SMALL_AREAS
from charts.catalogue.view import View
from charts.deprivation.small_areas import small_area_list
from charts.export.run import Order, export
from pipeline.answers.place.small_areas import small_areas_of
from pipeline.processed import Tables

ESSEX, TEES_VALLEY = "E10000012", "E47000006"
MOST_DEPRIVED_IN_ENGLAND = "E01021988"
"""Tendring 018A, in Jaywick: rank 1 of the Index of Multiple Deprivation 2025, as of the indices before it."""


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables.open()


def test_the_most_deprived_small_area_of_england_leads_the_list_of_essex(tables: Tables) -> None:
    rows = small_areas_of(tables, ESSEX)
    assert rows.loc[0, "lsoa_code"] == MOST_DEPRIVED_IN_ENGLAND
    assert rows.loc[0, "district_name"] == "Tendring"
    assert rows["imd_score"].is_monotonic_decreasing
    assert rows["imd_decile"].is_monotonic_increasing


@pytest.mark.parametrize("code", [ESSEX, TEES_VALLEY, "E12000001", "E92000001"])
def test_the_list_counts_as_many_small_areas_and_residents_as_the_tenths_of_the_place(
    tables: Tables, code: str
) -> None:
    rows = small_areas_of(tables, code)
    tenths = tables.table("pockets").query("area_code == @code and small_areas > 0").set_index("imd_decile")
    counted = rows.groupby("imd_decile").agg(small_areas=("lsoa_code", "size"), residents=("residents", "sum"))
    pd.testing.assert_frame_equal(counted, tenths[["small_areas", "residents"]], check_dtype=False)


def test_names_are_shown_whole_where_they_are_held() -> None:
    rows = pd.DataFrame(
        {
            "lsoa_code": ["E01000001"],
            "lsoa_name": ["Hastings 001A"],
            "district_name": ["Hastings"],
            "imd_decile": [1],
            "imd_score": [45.75],
            "residents": [1700],
        }
    )
    listed = small_area_list(rows, name="Hastings", release="2025-11", build="abc123")
    assert list(listed.table.loc[0]) == ["E01000001", "Hastings 001A", "Hastings", 1, 45.75, 1700]
    assert listed.title == "Hastings: 1 of 1 small area in England's most deprived tenth"


def test_a_workbook_with_the_pockets_of_a_place_lists_its_small_areas(tables: Tables) -> None:
    view = View(place=ESSEX)
    chosen = shots(("pockets",), sexes=("female",), view=view)
    files = export(Order(shots=chosen, view=view, title="Essex", name="essex", formats=("xlsx",)), tables)
    book = openpyxl.load_workbook(io.BytesIO(files[0].content), read_only=True)
    cells = [row[0].value for row in book["Table_2"].iter_rows()]
    codes = SMALL_AREAS.of(tables, view).table["Small area"]
    assert cells[-len(codes) :] == list(codes)
