"""Every publisher's layout is read by name, with its quirks, and refused in plain words once it changes."""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from samples import asked, sample, workbook

from pipeline.contracts import check
from pipeline.errors import SourceChanged
from pipeline.read import READERS
from pipeline.read.explore_local_statistics import period_label
from pipeline.read.reading import Reading, plain
from pipeline.read.topology import read_topology
from pipeline.sources import SOURCES
from pipeline.tables import RAW, SECOND

HLE_COLUMNS = ["area_code", "sex", "period", "hle_years", "hle_lci_95", "hle_uci_95"]
BARNSLEY = ["E08000038", "male", "2022 to 2024", 54.0, 50.0, 58.0]


def one(frame: pd.DataFrame, **cells: object) -> pd.Series:
    rows = frame
    for column, value in cells.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize("name", ["explore_local_statistics_hle.csv", "explore_local_statistics_hle_2025.csv"])
def test_explore_local_statistics_gives_healthy_life_expectancy_under_each_spelling_of_its_columns(name: str) -> None:
    reading = READERS["ons-hle"](sample(name), asked("ons-hle"))
    table = check(RAW["hle"], reading.frame, where=name)
    assert set(table["area_code"]) == {"E92000001", "E12000001", "E08000038"}
    assert list(one(table, area_code="E08000038", sex="male", period_end=2024)[HLE_COLUMNS]) == BARNSLEY
    assert reading.replaced_codes == {"E08000016": "E08000038"}


def test_nations_and_their_authorities_come_from_the_same_file_and_leave_england_out() -> None:
    reading = READERS["ons-nations"](sample("explore_local_statistics_hle.csv"), asked("ons-hle-nations"))
    table = check(RAW["nations"], reading.frame, where="nations")
    assert dict(zip(table["area_name"], table["area_type"], strict=True)) == {
        "United Kingdom": "nation",
        "Cardiff": "nation-authority",
        "Armagh City, Banbridge and Craigavon": "nation-authority",
    }
    assert list(one(table, area_code="W06000015", sex="male")[HLE_COLUMNS[3:]]) == [61.0, 57.0, 65.0]


def test_neighbours_are_read_nearest_first_under_codes_in_force_for_the_english_areas_we_use() -> None:
    reading = READERS["ons-neighbours"](sample("neighbours.csv"), asked("ons-neighbours-global"))
    table = check(RAW["neighbours"], reading.frame, where="neighbours")
    assert dict(zip(table["area_code"], table["neighbour_codes"], strict=True)) == {
        "E08000038": "E08000039 W06000015 E07000062",
        "E47000001": "E47000004",
    }
    assert set(table["kind"]) == {"global"}
    short = sample("neighbours.csv", lambda text: text.replace(",20\n", ",21\n", 1))
    with pytest.raises(SourceChanged, match="The columns have changed: missing 20; unknown 21"):
        READERS["ons-neighbours"](short, asked("ons-neighbours-global"))


def test_income_starts_with_a_byte_order_mark_and_leaves_scotlands_gaps_to_scotland() -> None:
    content = sample("explore_local_statistics_gdhi.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    table = check(RAW["income"], READERS["ons-gdhi"](content, asked("ons-gdhi")).frame, where="income")
    assert sorted(zip(table["area_code"], table["year"], table["gdhi_per_head_gbp"], strict=True)) == [
        ("E08000039", 2023, 18000),
        ("E12000001", 2022, 19000),
        ("E12000001", 2023, 20000),
    ]


def test_a_building_block_keeps_what_is_published_once_for_areas_in_force() -> None:
    """Suppressed cells, ended areas, districts, other indicators, obsolete codes and areas listed twice all go."""
    source = "els-engagement-with-culture-and-heritage"
    content = sample("explore_local_statistics_block.csv")
    table = READERS["ons-building-block"](content, asked(source)).frame
    found = check(RAW["building_blocks"], table, where=source)
    assert sorted(zip(found["area_code"], found["period"], found["value"], strict=True)) == [
        ("E08000038", "2023/24", 80),
        ("E47000001", "2023/24", 88),
    ]
    assert set(found["indicator"]) == {"engaged-with-arts"}


SEEN = [character for character in map(chr, range(0x3100)) if unicodedata.category(character)[0] in "LMNPS"]
UNSEEN = [character for character in map(chr, range(0x3100)) if unicodedata.category(character) in ("Cc", "Cf")]
BLANKS = [*"\t\r\n", *(chr(code) for code in range(0x3100) if unicodedata.category(chr(code))[0] == "Z")]


def test_blanks_of_every_kind_become_one_plain_blank_and_what_can_be_seen_stays() -> None:
    assert len(BLANKS) > 15
    assert {plain(f"{blank}Rutland{blank}{blank} Water{blank}", where="here") for blank in BLANKS} == {"Rutland Water"}
    assert [character for character in SEEN if plain(f"a{character}", where="here") != f"a{character}"] == []


@pytest.mark.parametrize(
    "character", sorted(set(UNSEEN) - set(BLANKS)), ids=lambda character: f"U+{ord(character):04X}"
)
def test_characters_that_cannot_be_seen_are_refused_by_their_number(character: str) -> None:
    with pytest.raises(SourceChanged, match=f"U\\+{ord(character):04X}"):
        plain(f"Rut{character}land", where="here")


@pytest.mark.parametrize(
    ("published", "label"),
    [
        ("2024-01-01/P1Y", "2024"),
        ("2022-01-01/P3Y", "2022 to 2024"),
        ("2024-04-01/P1Y", "2024/25"),
        ("2022-04-01/P3Y", "2022/23 to 2024/25"),
        ("1999-09-01/P1Y", "1999/00"),
        ("2023-10-05", "2023-10-05"),
        ("2024", "2024"),
    ],
)
def test_years_that_start_after_january_say_so(published: str, label: str) -> None:
    assert period_label(published) == label


def test_the_hle_workbook_is_read_at_birth_only_and_without_areas_that_have_no_figure() -> None:
    reading = READERS["ons-hle-workbook"](workbook("ons_hle_workbook"), asked("ons-hle-workbook"))
    table = check(SECOND["hle"], reading.frame, where="workbook")
    assert len(table) == 8
    assert list(one(table, area_code="E08000038", sex="male", period_end=2024)[HLE_COLUMNS]) == BARNSLEY


def test_the_header_of_a_workbook_is_found_not_counted() -> None:
    longer = workbook("ons_hle_workbook", lambda text: f"One note more\nAnd another\n{text}")
    assert len(READERS["ons-hle-workbook"](longer, asked("ons-hle-workbook")).frame) == 8


def with_stated_size(content: bytes, size: str) -> bytes:
    """A workbook whose sheets state another size than their own."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(changed, "w") as copy:
        for name in book.namelist():
            copy.writestr(
                name, re.sub(rb'<dimension ref="[^"]+"', f'<dimension ref="{size}"'.encode(), book.read(name))
            )
    return changed.getvalue()


@pytest.mark.parametrize("size", ["A1", "A1:C3", "A1:ZZ9999"])
def test_the_size_that_a_sheet_states_is_not_believed(size: str) -> None:
    content = workbook("ons_hle_workbook")
    changed = with_stated_size(content, size)
    assert changed != content
    assert len(READERS["ons-hle-workbook"](changed, asked("ons-hle-workbook")).frame) == 8


def test_a_remark_beside_the_table_and_rows_of_other_lengths_do_no_harm() -> None:
    def remarked(text: str) -> str:
        first, *others = text.splitlines()
        return "\n".join(
            [first, *(f"{line},,see note {number}" if number % 2 else line for number, line in enumerate(others))]
        )

    book = workbook("ons_hle_workbook", remarked)
    assert len(READERS["ons-hle-workbook"](book, asked("ons-hle-workbook")).frame) == 8


def test_the_life_expectancy_workbook_is_read_whatever_its_interval_columns_are_called() -> None:
    for lower, upper in (("Lower confidence interval", "Upper confidence interval"), ("LCI", "UCI")):
        book = workbook(
            "ons_le_workbook",
            lambda text, lower=lower, upper=upper: text.replace("Lower confidence interval", lower).replace(
                "Upper confidence interval", upper
            ),
        )
        reading = READERS["ons-le-workbook"](book, asked("ons-le"))
        table = check(RAW["life_expectancy"], reading.frame, where="workbook")
        row = one(table, sex="female", period_end=2024)
        assert (row["area_code"], row["le_years"], row["le_lci_95"], row["le_uci_95"]) == (
            "E12000001",
            81.4,
            81.2,
            81.6,
        )
        assert len(table) == 4


def test_the_decile_workbook_joins_healthy_life_expectancy_and_life_expectancy() -> None:
    content = workbook("ons_deciles_workbook")
    table = check(
        RAW["hle_deciles"], READERS["ons-deciles-workbook"](content, asked("ons-hle-deciles")).frame, where="workbook"
    )
    assert len(table) == 8
    row = one(table, imd_decile=10, sex="female", period_end=2024)
    # sheet 4 says 64.0 (63.5 to 64.5), sheet 1 says 86.0
    assert (row["hle_years"], row["hle_lci_95"], row["hle_uci_95"], row["le_years"]) == (64.0, 63.5, 64.5, 86.0)


def test_the_decile_workbook_also_gives_the_slope_index() -> None:
    frame = READERS["ons-slope-workbook"](workbook("ons_deciles_workbook"), asked("ons-sii")).frame
    row = one(check(SECOND["slope_published"], frame, where="workbook"), sex="male", period_end=2024)
    assert (row["sii_years"], row["sii_lci_95"], row["sii_uci_95"]) == (19.3, 18.3, 20.3)


def test_decile_sheets_that_do_not_match_are_refused() -> None:
    def later(text: str) -> str:
        return text.replace("2022 to 2024", "2023 to 2025") if text.startswith("Worksheet 1") else text

    with pytest.raises(SourceChanged, match="Sheets 1 and 4 do not cover the same"):
        READERS["ons-deciles-workbook"](workbook("ons_deciles_workbook", later), asked("ons-hle-deciles"))


@pytest.mark.parametrize("name", ["fingertips_26.csv", "fingertips_27.csv"])
def test_fingertips_is_read_with_26_and_with_27_columns(name: str) -> None:
    reading = READERS["fingertips-hle"](sample(name), asked("ohid-hle"))
    table = check(SECOND["hle"], reading.frame[reading.frame["area_type"] == "country"], where=name)
    assert len(table) == 4
    row = one(reading.frame, area_code="E08000038", sex="male")
    assert (row["period"], row["hle_years"]) == ("2022 to 2024", 54.02)
    assert reading.replaced_codes == {"E08000016": "E08000038"}


def served(change: Callable[[list[str]], list[str]]) -> Reading:
    lines = sample("fingertips_26.csv").decode().splitlines()
    return READERS["fingertips-hle"]("\n".join(change(lines)).encode(), asked("ohid-hle"))


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0].replace("Compared to goal", "Target data"), *lines[1:]],
        lambda lines: [line for each in lines for line in (each, "," * 25, "")],
        lambda lines: [lines[0], *(line.rstrip(",") for line in lines[1:])],
    ],
    ids=["an older name of a column", "empty rows", "rows that end early"],
)
def test_fingertips_is_read_as_it_is_served(change: Callable[[list[str]], list[str]]) -> None:
    assert served(change).frame.equals(served(lambda lines: lines).frame)


def test_a_new_column_at_the_end_of_fingertips_is_noted_and_one_in_the_middle_refused() -> None:
    reading = served(lambda lines: [f"{lines[0]},Trend method", *(f"{line},x" for line in lines[1:])])
    assert "columns not used: Trend method" in reading.notes
    assert reading.frame.equals(served(lambda lines: lines).frame)
    with pytest.raises(SourceChanged, match="unknown Trend method"):
        served(lambda lines: [f"Trend method,{lines[0]}", *(f"x,{line}" for line in lines[1:])])


def test_a_row_of_fingertips_that_is_cut_inside_a_column_we_use_is_refused() -> None:
    with pytest.raises(SourceChanged, match="cells, the header 26"):
        served(lambda lines: [*lines[:-1], ",".join(lines[-1].split(",")[:13])])


def test_a_figure_that_a_second_source_suppresses_is_reported_and_the_others_are_taken_in() -> None:
    def suppressed(lines: list[str]) -> list[str]:
        cells = lines[1].split(",")
        cells[12:15], cells[19] = [""] * 3, "Value suppressed"
        return [lines[0], ",".join(cells), *lines[2:]]

    reading = served(suppressed)
    assert len(reading.frame) == len(served(lambda lines: lines).frame) - 1
    assert any("England, Male, 2021 - 23 (Value suppressed)" in note for note in reading.notes)
    england = reading.frame[reading.frame["area_type"] == "country"]
    check(SECOND["hle"], england, where="a hole is allowed in a second source")


def test_fingertips_categories_are_not_taken_for_areas() -> None:
    table = READERS["fingertips-hle"](sample("fingertips_26.csv"), asked("ohid-hle")).frame
    assert one(table, area_code="E92000001", sex="male", period_end=2024)["hle_years"] == 60.51


def test_fingertips_of_another_indicator_is_refused() -> None:
    with pytest.raises(SourceChanged, match="missing 90366; unknown 90362"):
        READERS["fingertips-le"](sample("fingertips_26.csv"), asked("ohid-le"))


def test_fingertips_gives_the_slope_index_of_england() -> None:
    frame = READERS["fingertips-slope"](sample("fingertips_slope.csv"), asked("ohid-sii")).frame
    table = check(SECOND["slope_published"], frame, where="fingertips")
    assert one(table, sex="female", period_end=2024)["sii_years"] == 20.1


DISTRICTS = pd.DataFrame(
    {
        "district_code": ["E09000001", "E08000016", "E07000062"],
        "area_code": ["E09000001", "E08000038", "E10000011"],
    }
)


def test_file_7_keeps_the_district_and_the_publishers_name_within_it() -> None:
    reading = READERS["iod-file-7"](sample("iod_file_7.csv"), asked("mhclg-iod2025-small-areas", held=DISTRICTS))
    table = check(RAW["deprivation_lsoa"], reading.frame, where="File 7")
    assert list(table.itertuples(index=False, name=None)) == [
        ("E01000001", "001A", "E09000001", 10.5, 8, 1500),
        ("E01007317", "001A", "E08000038", 60.25, 1, 1600),
        ("E01020996", "001A", "E07000062", 45.75, 1, 1700),
    ]


def test_file_7_with_a_district_that_is_in_no_authority_is_refused() -> None:
    with pytest.raises(SourceChanged, match=r"1 district\(s\) belong to no authority: E07000062"):
        READERS["iod-file-7"](sample("iod_file_7.csv"), asked("mhclg-iod2025-small-areas", held=DISTRICTS[:2]))


def test_file_11_gives_average_scores() -> None:
    reading = READERS["iod-file-11"](workbook("iod_file_11"), asked("mhclg-iod2025-file-11"))
    table = check(SECOND["deprivation_published"], reading.frame, where="File 11")
    assert list(one(table, area_code="E06000009")[["imd_score", "imd_rank", "share_lsoas_decile_1"]]) == [
        43.467,
        1,
        0.404255,
    ]
    assert "E08000038" in set(table["area_code"])


def test_open_geography_gives_the_box_of_every_english_area() -> None:
    reading = READERS["open-geography"](sample("open_geography.geojson"), asked("ons-open-geography-authorities"))
    table = check(SECOND["boundary_extents"], reading.frame, where="geojson")
    assert list(table["area_code"]) == ["E06000001", "E08000038"]
    assert list(table.iloc[1][["west", "south", "east", "north"]]) == [-1.82, 53.4, -1.3, 53.6]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ('{"error":{"code":400,"message":"Invalid URL"}}', "The service answers with an error: Invalid URL"),
        ('{"type":"FeatureCollection","exceededTransferLimit":true,"features":[]}', "has cut its answer"),
        ('{"type":"FeatureCollection","features":[]}', "not the GeoJSON we know"),
        ('{"features":[{"properties":{"CODE":"E06000001"},"geometry":null}]}', "not the GeoJSON we know"),
        ("[]", "not the GeoJSON we know"),
        ("no json", "not the GeoJSON we know"),
    ],
)
def test_open_geography_answers_errors_with_status_200(answer: str, message: str) -> None:
    with pytest.raises(SourceChanged, match=message):
        READERS["open-geography"](answer.encode(), asked("ons-open-geography-authorities"))


def test_boundaries_keep_english_areas_in_force_and_the_edges_they_share() -> None:
    question = asked("ons-boundaries")
    few = replace(question.source, areas=(("region", 2), ("combined-authority", 1), ("utla", 1)))
    topology = json.loads(read_topology(sample("topology.json"), replace(question, source=few)))
    names = {
        layer: [area["properties"]["area_code"] for area in content["geometries"]]
        for layer, content in topology["objects"].items()
    }
    assert names == {"rgn": ["E12000004", "E12000005"], "cauth": ["E47000001"], "utla": ["E08000038"]}
    # arc 1 belongs to Wales and to an ended area only: it goes, and the rest move up; ~0 stays the shared edge backwards
    assert topology["arcs"] == [[[0, 0], [0, 5]], [[0, 5], [5, 0], [0, -5], [-5, 0]], [[0, 0], [-5, 0], [0, 5], [5, 0]]]
    east, west = topology["objects"]["rgn"]["geometries"]
    assert (east["arcs"], west["arcs"]) == ([[2, -1]], [[0, 1]])


def test_boundaries_with_an_area_too_few_are_refused() -> None:
    with pytest.raises(SourceChanged, match="Expected 9 areas of level region, found 2"):
        read_topology(sample("topology.json"), asked("ons-boundaries"))


@pytest.mark.parametrize("content", [b"[]", b"{}", b"not json", b"\xff\xfe"])
def test_boundaries_that_are_no_topology_are_refused(content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read_topology(content, asked("ons-boundaries"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Period,Area code", "not a workbook that can be read"),
        (workbook("ons_hle_workbook")[:3000], "not a workbook that can be read"),
        (workbook("iod_file_11"), "has no sheet '1'"),
        (workbook("ons_hle_workbook", lambda text: text.replace(",HLE,", ",Years,")), "has no header with"),
        (workbook("ons_hle_workbook", lambda text: text.replace("LCI", "From")), "Expected one column LCI"),
        (workbook("ons_hle_workbook", lambda text: text.replace("<1,", "0-4,")), "No rows at birth"),
        (workbook("ons_hle_workbook", lambda text: text.replace("Female", "Persons")), "The sexes have changed"),
        (workbook("ons_hle_workbook", lambda text: text.replace("54.0", "[c]")), "hold no number, the first '\\[c\\]'"),
    ],
)
def test_a_workbook_that_has_changed_is_refused_in_plain_words(content: bytes, message: str) -> None:
    with pytest.raises(SourceChanged, match=message):
        READERS["ons-hle-workbook"](content, asked("ons-hle-workbook"))


def test_every_source_that_is_fetched_has_a_reader() -> None:
    fetched = {source.reader for source in SOURCES.values() if source.reader and source.table != "boundaries"}
    assert fetched == set(READERS)
