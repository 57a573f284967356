"""Every kind of fault in every source's own layout: refused by name, or harmless, and the figures held as they were."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import made
import pandas as pd
import pytest
from made import AREAS, FETCHED, NEW_AREA, Row, level_of, levels_of, names_in, rendered, rows_of, small
from publisher import tree

from pipeline import store
from pipeline.errors import PipelineError, SourceChanged
from pipeline.intake import ingest
from pipeline.intake.refresh import refresh
from pipeline.read import READERS
from pipeline.read.explore_local_statistics import period_label
from pipeline.sources import SOURCES, Source
from pipeline.tables import RAW
from pipeline.tables.contract import FORMULA_STARTS

TODAY = date(2026, 11, 21)
Damage = Callable[[list[Row]], list[Row]]
WITH_AREAS = [name for name in FETCHED if levels_of(SOURCES[name])]
OF_BLOCKS = [name for name in FETCHED if SOURCES[name].reader == "ons-building-block"]
OF_NEIGHBOURS = [name for name in FETCHED if SOURCES[name].reader == "ons-neighbours"]
WORKBOOKS = [
    name for name in FETCHED if SOURCES[name].reader.endswith("workbook") or SOURCES[name].reader == "iod-file-11"
]
WITHOUT_NAMES = ("ons-building-block", "iod-file-7", "ons-neighbours")
WITH_NAMES = [name for name in WITH_AREAS if SOURCES[name].reader not in WITHOUT_NAMES]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the small world holds, each source's figures as its reader makes them."""
    folder = tmp_path_factory.mktemp("small") / "raw"
    districts = pd.DataFrame({"release": "2026-01", "district_code": list(AREAS)[5:], "area_code": list(AREAS)[5:]})
    store.write(RAW["districts"], districts.assign(district_name="x"), folder / "districts" / "2026-01.csv")
    for name in FETCHED:
        ingest.put(folder, taken(folder, name))
    return folder


@pytest.fixture(autouse=True)
def nothing_held_is_touched(raw: Path) -> Iterator[None]:
    before = tree(raw)
    yield
    assert tree(raw) == before


def taken(raw: Path, name: str, damage: Damage = lambda rows: rows, *, release: str = "") -> ingest.Ready:
    """The file that a source's damaged rows would make."""
    source = small(SOURCES[name])
    return taken_bytes(raw, source, rendered(source, damage(rows_of(source))), release=release)


def taken_bytes(raw: Path, source: Source, content: bytes, *, release: str = "") -> ingest.Ready:
    one = replace(source.releases[0], date=release or source.releases[0].date)
    upstream = ingest.Upstream(content=content, url=one.url, retrieved_from="mirror:x")
    return ingest.prepare(source, one, upstream, raw_folder=raw, today=TODAY)


def refused(raw: Path, name: str, damage: Damage) -> str:
    with pytest.raises(PipelineError) as failed:
        taken(raw, name, damage)
    assert failed.value.exit_code in (4, 5)
    assert failed.value.where
    assert failed.value.do
    assert "version control" not in failed.value.explain()
    return failed.value.explain()


def renaming(code: str, name: str) -> Damage:
    return lambda rows: [replace(row, name=name) if row.code == code else row for row in rows]


def recoding(code: str, other: str) -> Damage:
    return lambda rows: [replace(row, code=other) if row.code == code else row for row in rows]


def codes_of(name: str, level: str = "") -> list[str]:
    codes = dict.fromkeys(row.code for row in rows_of(SOURCES[name]))
    return [code for code in codes if not level or level_of(code) == level]


BLANKS = "".join(chr(code) for code in range(0x3100) if unicodedata.category(chr(code))[0] == "Z") + "\t"
UNSEEN = "\u200b\u202e\u2066\ufeff\ue000\U000e0041\u0378"
"""Of no width, turning the direction of writing, private, a tag, unassigned: all that a workbook can hold as well."""


@pytest.mark.parametrize("name", WITH_NAMES)
def test_names_come_with_plain_blanks_and_neither_unseen_characters_nor_formulas(raw: Path, name: str) -> None:
    code = codes_of(name)[-1]
    spread = "".join(f"{BLANKS}{word}" for word in names_in(SOURCES[name])[code].split()) + BLANKS
    assert taken(raw, name, renaming(code, spread)).text == taken(raw, name).text
    # all are tried, two of each kind with each source
    turn = 2 * WITH_NAMES.index(name)
    for character in (UNSEEN * 5)[turn : turn + 2]:
        assert f"U+{ord(character):04X}" in refused(raw, name, renaming(code, f"Cam{character}den"))
    for start in (FORMULA_STARTS * 4)[turn : turn + 2]:
        assert "take it for a formula" in refused(raw, name, renaming(code, f" {start}HYPERLINK(1)"))


CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]


def test_control_characters_are_refused_whichever_they_are(raw: Path) -> None:
    for number, character in enumerate(CONTROLS):
        name = ("ons-hle", "ons-gdhi", "ohid-hle", "ons-open-geography-regions", "ons-boundaries", "ons-hle-nations")[
            number % 6
        ]
        assert "control character" in refused(raw, name, renaming(codes_of(name)[-1], f"Lon{character}don"))


@pytest.mark.parametrize("name", WITH_NAMES)
def test_a_name_that_is_held_for_another_code_is_refused_at_every_level(raw: Path, name: str) -> None:
    names = names_in(SOURCES[name])
    for level in levels_of(SOURCES[name]):
        codes = codes_of(name, level)
        if len(codes) < 2:
            continue
        one, other = codes[:2]
        swap = {one: names[other].upper(), other: names[one]}

        def swapped(rows: list[Row], swap: dict[str, str] = swap) -> list[Row]:
            return [replace(row, name=swap.get(row.code, row.name)) for row in rows]

        said = refused(raw, name, swapped)
        assert f"{one} is named {names[other].upper()}, the name held for {other}" in said
    assert f"renamed: {codes_of(name)[0]} " in " ".join(taken(raw, name, renaming(codes_of(name)[0], "X")).notes)


def some_levels(name: str) -> tuple[str, ...]:
    """Every level; of the many indicators that share one reader, each another one."""
    levels = levels_of(SOURCES[name])
    return (levels[OF_BLOCKS.index(name) % len(levels)],) if name in OF_BLOCKS else levels


NEARLY: dict[str, Callable[[str], str]] = {
    "a blank after it": lambda code: f"{code} ",
    "a blank of another kind": lambda code: f"\u00a0{code}",
    "a small letter": lambda code: code.lower(),
    "a letter for a digit": lambda code: f"{code[:3]}O{code[4:]}",
    "a digit missing": lambda code: f"{code[:4]}{code[5:]}",
    "full-width digits": lambda code: f"{code[:-1]}{chr(0xFF10 + int(code[-1]))}",
}


@pytest.mark.parametrize("name", WITH_AREAS)
def test_an_area_lost_added_or_nearly_matched_is_noticed_at_every_level(raw: Path, name: str) -> None:
    source = small(SOURCES[name])
    for number, level in enumerate(some_levels(name)):
        code = codes_of(name, level)[-1]
        lost = refused(raw, name, lambda rows, code=code: [row for row in rows if row.code != code])
        assert f"missing: {code}" in lost or f"areas of level {level}" in lost
        assert "Instead" not in lost
        if source.reader != "iod-file-7":
            # a workbook's cells are stripped of blanks before anything else
            ways = list(NEARLY.values())[2 if name in WORKBOOKS else 0 :]
            spoil = ways[(len(name) + number) % len(ways)]
            near = refused(raw, name, recoding(code, spoil(code)))
            assert f"{spoil(code)!r} is nearly {code if len(spoil(code).strip()) == 9 else 'a code of nine'}" in near
        if name in OF_BLOCKS[2:]:
            continue

        def added(rows: list[Row], code: str = code, new: str = NEW_AREA[level]) -> list[Row]:
            return [*rows, *(replace(row, code=new, name="Atlantis") for row in rows if row.code == code)]

        if source.reader == "iod-file-7":
            assert f"1 district(s) belong to no authority: {NEW_AREA[level]}" in refused(raw, name, added)
        elif level in dict(source.areas):
            assert re.search(f"areas of level {level}|unknown: {NEW_AREA[level]}", refused(raw, name, added))
        else:
            assert any(NEW_AREA[level] in note for note in taken(raw, name, added).notes)
        if source.reader != "iod-file-7":
            replaced = refused(raw, name, recoding(code, NEW_AREA[level]))
            assert "succession.csv" in replaced
            assert f"Instead there is {NEW_AREA[level]}" in replaced


@pytest.mark.parametrize("name", ["ons-hle", "ons-hle-nations", "ons-gdhi", *OF_BLOCKS[:2]])
def test_a_start_month_is_never_dropped(raw: Path, name: str) -> None:
    length = "P3Y" if name.startswith("ons-hle") else "P1Y"
    for month in range(1, 13):
        spelt = f"2023-{month:02d}-01/{length}"
        if month == 1:
            continue
        if name in OF_BLOCKS:
            assert period_label(spelt) == "2023/24"
            continue
        said = refused(raw, name, lambda rows, spelt=spelt: [*rows, *(replace(row, spelt=spelt) for row in rows)])
        assert f"Period not understood: '{spelt}'" in said
    for spelt in ("2023-01-32/P1Y", "2023-13-01/P1Y", "2023-02", "2023-1-1/P1Y", "spring 2023"):
        assert "Period not understood" in refused(
            raw, name, lambda rows, spelt=spelt: [replace(row, spelt=spelt) for row in rows]
        )


SPELT_PERIODS = [name for name in FETCHED if SOURCES[name].reader.startswith(("fingertips", "ons-"))]
SPELT_PERIODS = [
    name for name in SPELT_PERIODS if name not in OF_BLOCKS and SOURCES[name].table not in ("boundaries", "neighbours")
]


@pytest.mark.parametrize("name", SPELT_PERIODS)
def test_only_whole_calendar_years_are_periods(raw: Path, name: str) -> None:
    for spelt in ("2022/23", "July 2022 to June 2025", "2022-07-01 00:00:00", "01/07/2022", "2022-07-01/P3Y", "2022/3"):
        assert "Period not understood" in refused(
            raw, name, lambda rows, spelt=spelt: [replace(row, spelt=spelt) for row in rows]
        )


def with_sheets(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of each sheet changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, change(xml) if name.startswith("xl/worksheets/sheet") else xml)
    return changed.getvalue()


def ragged(sheets: dict[str, list[list[object]]]) -> dict[str, list[list[object]]]:
    """Remarks beside the table and below it, rows of other lengths."""
    below: list[list[object]] = [[None], ["Source: the publisher"], [None, None, "Crown copyright"]]
    return {
        name: [
            rows[0],
            *([*row, None, "see note"] if index % 2 else row for index, row in enumerate(rows[1:])),
            *below,
        ]
        for name, rows in sheets.items()
    }


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_is_read_by_its_cells_whatever_size_it_states_and_whatever_stands_beside(
    raw: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small(SOURCES[name])
    plain = rendered(source, rows_of(source))
    expected = taken_bytes(raw, source, plain).text
    stated = rb'<dimension ref="[^"]+" ?/>'
    for other in (b'<dimension ref="A1"/>', b'<dimension ref="A1:ZZ9999"/>', b""):
        changed = with_sheets(plain, lambda xml, other=other: re.sub(stated, other, xml))
        assert changed != plain
        assert taken_bytes(raw, source, changed).text == expected
    make = made.book
    monkeypatch.setattr(made, "book", lambda sheets: make(ragged(sheets)))
    assert taken_bytes(raw, source, rendered(source, rows_of(source))).text == expected


class Shelf:
    """What `refresh` asks of a fetcher, from memory."""

    def __init__(self, files: dict[str, bytes], cache_folder: Path) -> None:
        self.files, self.cache_folder, self.forgotten = files, cache_folder, list[str]()

    def get(self, url: str, **_: object) -> ingest.Upstream:
        return ingest.Upstream(content=self.files[url], url=url, retrieved_from="mirror:x")

    def forget(self, url: str) -> None:
        self.forgotten.append(url)


@pytest.mark.parametrize("first", [0, 1])
def test_sources_that_stumble_among_the_others_are_failures_of_their_own_with_their_files_kept(
    raw: Path, first: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every other source fails in a way that nobody foresaw, then those between them."""
    sources = [small(SOURCES[name]) for name in FETCHED]
    stumbling = sources[first::2]
    ours = ingest.Asked

    def asked(**facts: object) -> object:
        if facts["source"] in stumbling:
            raise RecursionError("round and round")
        return ours(**facts)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "Asked", asked)
    # figures as they are held were made from these very bytes
    monkeypatch.setattr("pipeline.intake.refresh.recode_held", lambda folder: [])
    monkeypatch.setattr(ingest, "put", lambda folder, file: False)
    files = {source.releases[0].url: rendered(source, rows_of(source)) for source in sources}
    shelf = Shelf(files, tmp_path)
    outcomes = refresh(sources, fetcher=shelf, raw_folder=raw, today=TODAY)  # type: ignore[arg-type]
    assert [outcome.result for outcome in outcomes] == [
        "failed" if source in stumbling else "unchanged" for source in sources
    ]
    assert shelf.forgotten == [source.releases[0].url for source in stumbling]
    for outcome in outcomes[first::2]:
        assert outcome.error is not None
        assert (outcome.error.exit_code, "RecursionError" in outcome.error.what) == (4, True)
        kept = tmp_path / "for-a-report" / f"{outcome.source.id}-{outcome.release}"
        assert (kept / "file").read_bytes() == files[outcome.source.releases[0].url]
        assert "round and round" in (kept / "log.txt").read_text(encoding="utf-8")


FINGERTIPS = [name for name in FETCHED if SOURCES[name].reader.startswith("fingertips")]


@pytest.mark.parametrize("name", FINGERTIPS)
def test_fingertips_is_taken_as_it_is_served(raw: Path, name: str) -> None:
    source = small(SOURCES[name])
    plain = rendered(source, rows_of(source))
    expected = taken_bytes(raw, source, plain)
    header, *lines = plain.decode().splitlines()
    short = "\n".join([header, *(line.rstrip(",") for line in lines)])
    blank = "\n".join([header, *(f"{line}\n{',' * 25}\n" for line in lines)])
    older = plain.decode().replace("Compared to goal", "Target data")
    for served in (short, blank, older):
        assert served.encode() != plain
        assert taken_bytes(raw, source, served.encode()).text == expected.text
    wider = taken_bytes(raw, source, "\n".join([f"{header},Method,Page", *(f"{line},a,b" for line in lines)]).encode())
    assert (wider.text, wider.notes) == (expected.text, ("columns not used: Method, Page",))
    used = header.split(",").index("Upper CI 95.0 limit")
    cut = "\n".join([header, ",".join(lines[0].split(",")[:used]), *lines[1:]])
    with pytest.raises(SourceChanged, match="cells, the header 26"):
        taken_bytes(raw, source, cut.encode())


@pytest.mark.parametrize("name", FINGERTIPS)
def test_one_figure_that_fingertips_suppresses_is_reported_and_the_others_come_in(raw: Path, name: str) -> None:
    source = small(SOURCES[name])
    header, first, *lines = rendered(source, rows_of(source)).decode().splitlines()
    cells = first.split(",")
    cells[12:15], cells[19] = ["", "", ""], "Suppressed: small numbers"
    served = "\n".join([header, ",".join(cells), *lines]).encode()
    file = taken_bytes(raw, source, served)
    assert file.text.count("\n") == taken(raw, name).text.count("\n") - 1
    assert any("England, Female, 2021 - 23 (Suppressed: small numbers)" in note for note in file.notes)


def test_headers_of_another_year_than_the_release_are_refused(raw: Path) -> None:
    workbook, lsoa = small(SOURCES["mhclg-iod2025-file-11"]), small(SOURCES["mhclg-iod2025-small-areas"])
    for year in ("2010", "2015", "2019", "2028"):
        for source, content in (
            (workbook, made.book({"IMD": made.scores_sheet(rows_of(workbook), year)})),
            (lsoa, made.small_areas(rows_of(lsoa), year)),
        ):
            with pytest.raises(SourceChanged, match=f"The columns are those of {year}; release 2025-11 was asked for"):
                taken_bytes(raw, source, content)
    for name in ("ons-open-geography-authorities", "ons-open-geography-regions"):
        source = small(SOURCES[name])
        newer = replace(source, releases=(replace(source.releases[0], date="2026-12"),))
        with pytest.raises(SourceChanged, match=r"is that of 202[34]; release 2026-12 was asked for"):
            taken_bytes(raw, newer, rendered(source, rows_of(source)))


COMMITTED = "https://raw.githubusercontent.com/o/r/0123456789abcdef0123456789abcdef01234567/f.csv"


@pytest.mark.parametrize(
    "name", ["ons-hle", "ons-hle-nations", "ons-gdhi", "ons-boundaries", OF_NEIGHBOURS[0], OF_BLOCKS[0]]
)
def test_an_address_with_a_commit_may_bring_no_other_bytes(name: str, raw: Path, tmp_path: Path) -> None:
    source = small(SOURCES[name])
    at_commit = replace(source, releases=(replace(source.releases[0], url=COMMITTED),))
    content = rendered(source, rows_of(source))
    folder = tmp_path / "raw"
    ingest.put(folder, taken_bytes(folder, at_commit, content))
    assert taken_bytes(folder, at_commit, content).text
    with pytest.raises(SourceChanged, match="an address that names a commit"):
        taken_bytes(folder, at_commit, content + b"\n")


BELIEVED = ["ons-hle", "ons-hle-nations", "ons-hle-workbook", "ons-le", "ohid-hle", "ohid-le"]


def swapped(rows: list[Row], start: int = 0) -> list[Row]:
    other = {"Female": "Male", "Male": "Female"}
    return [replace(row, sex=other[row.sex]) if row.start >= start else row for row in rows]


@pytest.mark.parametrize("name", BELIEVED)
def test_what_nobody_would_believe_is_refused(raw: Path, name: str) -> None:
    assert "the wrong way round" in refused(raw, name, swapped)
    assert "Women's and men's figures of 2022 to 2024 are" in refused(raw, name, lambda rows: swapped(rows, 2022))
    code, place = list(names_in(SOURCES[name]).items())[2]
    one = lambda row: (row.code, row.sex, row.start) == (code, "Male", 2022)  # noqa: E731
    said = refused(raw, name, lambda rows: [replace(row, value=row.value + 5) if one(row) else row for row in rows])
    assert re.search(rf"jumps from \d\d(\.\d+)? to \d\d(\.\d+)? \({place}, male, 2022 to 2024\); 1 such", said)
    spelt = "2020-01-01/P2Y" if name in ("ons-hle", "ons-hle-nations") else "2020 to 2021"
    earlier = refused(
        raw, name, lambda rows: [*rows, *(replace(row, spelt=spelt) for row in rows if row.start == 2021)]
    )
    assert re.search(r"Period 2020 to 2021 \(\S+, (fe)?male\) is of another length than those held", earlier)


@pytest.mark.parametrize("name", BELIEVED)
@pytest.mark.parametrize("factor", [0.4, 1.6])
def test_intervals_of_another_width_are_refused_for_each_level_and_sex(
    raw: Path, name: str, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Row.limits
    assert isinstance(usual, property)
    for number, level in enumerate(levels_of(SOURCES[name])):
        sex = ("Female", "Male")[(number + (factor > 1)) % 2]

        def limits(row: Row, level: str = level, sex: str = sex) -> tuple[float, float]:
            wide = 2 * factor if (level_of(row.code), row.sex) == (level, sex) else 2
            return row.value - wide, row.value + wide

        monkeypatch.setattr(Row, "limits", property(limits))
        said = refused(raw, name, lambda rows: rows)
        assert f"Intervals are {4 * factor:.2f} years wide where they were 4.00 ({level}, {sex.lower()}" in said


def test_income_that_jumps_and_a_year_that_is_lost_are_refused(raw: Path) -> None:
    def jump(rows: list[Row]) -> list[Row]:
        return [replace(row, value=31_000) if (row.code, row.start) == ("E08000035", 2023) else row for row in rows]

    assert "jumps from 22023 to 31000 (Leeds, 2023)" in refused(raw, "ons-gdhi", jump)
    lost = refused(raw, "ons-gdhi", lambda rows: [row for row in rows if row.start != 2022])
    assert "1 period(s) are missing: 2022" in lost


def test_a_table_that_breaks_its_contract_on_its_way_in_is_not_blamed_on_version_control(raw: Path) -> None:
    for name in ("ons-hle", "ons-hle-nations", "ons-hle-workbook", "ons-le", "ons-gdhi", *OF_NEIGHBOURS):
        said = refused(raw, name, lambda rows: [*rows, rows[0]])
        assert "repeated row(s)" in said
        assert "The figures held stay as they are." in said


@pytest.mark.parametrize(
    "name", ["ons-hle", "ons-gdhi", *OF_BLOCKS[:1], "ons-hle-nations", "mhclg-iod2025-small-areas", *FINGERTIPS]
)
def test_every_file_saved_by_a_spreadsheet_program_has_its_remedy(raw: Path, name: str) -> None:
    source = small(SOURCES[name])
    content = rendered(source, rows_of(source))
    text = content.decode()
    saved = {
        "semicolons": text.replace(",", ";").encode(),
        "tabs": text.replace(",", "\t").encode(),
        "'sep=;'": f"sep=;\n{text.replace(',', ';')}".encode(),
        "'sep=,'": f"sep=,\n{text}".encode(),
        "UTF-8": text.encode("utf-16"),
    }
    number = re.search(r",(\d+\.\d+),", text)
    assert number is not None
    saved["decimal comma"] = text.replace(number[0], f',"{number[1].replace(".", ",")}",').encode()
    saved["Commas between thousands"] = text.replace(number[0], ',"20,000",').encode()
    for words, changed in saved.items():
        with pytest.raises(SourceChanged) as failed:
            taken_bytes(raw, source, changed)
        assert words in failed.value.what
        assert "opened and saved in a spreadsheet program" in failed.value.do


def test_every_reader_and_source_takes_part() -> None:
    assert {SOURCES[name].reader for name in FETCHED} == {*READERS, "ons-topology"}
