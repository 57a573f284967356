"""Whatever a publisher may get wrong in a file: the message, the exit code, and the held figures untouched."""

from collections.abc import Callable

import pandas as pd
import pytest
from publisher import as_bytes, published_hle
from world import World

CHANGED, BROKEN = 4, 5
Damage = Callable[[pd.DataFrame], pd.DataFrame | bytes]


def rows_of(published: pd.DataFrame, **cells: str) -> pd.Series:
    found = pd.Series(True, index=published.index)
    for column, text in cells.items():
        found &= published[column] == text
    return found


def without(**cells: str) -> Damage:
    return lambda published: published[~rows_of(published, **cells)]


def with_cells(column: str, change: Callable[[str], str], **cells: str) -> Damage:
    def damage(published: pd.DataFrame) -> pd.DataFrame:
        here = rows_of(published, **cells)
        published.loc[here, column] = published.loc[here, column].map(change)
        return published

    return damage


def every_value(change: Callable[[float], float]) -> Damage:
    def damage(published: pd.DataFrame) -> pd.DataFrame:
        for column in ("observation", "lci_95", "uci_95"):
            published[column] = [f"{change(float(text)):.2f}" for text in published[column]]
        return published

    return damage


def reversed_polarity(published: pd.DataFrame) -> pd.DataFrame:
    upside_down = every_value(lambda years: 120 - years)(published)
    assert isinstance(upside_down, pd.DataFrame)
    return upside_down.rename(columns={"lci_95": "uci_95", "uci_95": "lci_95"})


def again(**changes: str) -> Damage:
    """Add some of Leeds's rows a second time, with changes."""

    def damage(published: pd.DataFrame) -> pd.DataFrame:
        extra = published[rows_of(published, areacd="E08000035", period="2022-01-01/P3Y")].assign(**changes)
        return pd.concat([published, extra])

    return damage


def a_new_area(published: pd.DataFrame) -> pd.DataFrame:
    leeds = published[rows_of(published, areacd="E08000035")]
    return pd.concat([published, leeds.assign(areacd="E08000099", areanm="Atlantis")])


FAULTS: dict[str, tuple[Damage, str, int]] = {
    "a column renamed": (
        lambda published: published.rename(columns={"observation": "estimate"}),
        "The columns have changed: missing observation or value; unknown estimate.",
        CHANGED,
    ),
    "a column missing": (
        lambda published: published.drop(columns="uci_95"),
        "The columns have changed: missing uci_95",
        CHANGED,
    ),
    "a column added": (
        lambda published: published.assign(quality="good"),
        "The columns have changed: unknown quality.",
        CHANGED,
    ),
    "the limits of the interval swapped": (
        lambda published: published.rename(columns={"lci_95": "uci_95", "uci_95": "lci_95"}),
        "hle_lci_95",
        BROKEN,
    ),
    "value and area code swapped": (
        lambda published: published.rename(columns={"areacd": "areanm", "areanm": "areacd"}),
        "No area code is one that we use; the first are",
        CHANGED,
    ),
    "the unit renamed": (with_cells("unit", lambda _: "months"), "The unit has changed: months.", CHANGED),
    "months in place of years": (every_value(lambda years: years * 12), "is not allowed", BROKEN),
    "another scale within the possible range": (
        every_value(lambda years: years * 0.8),
        "hle_years differs by 20% from the figures held",
        CHANGED,
    ),
    "decimal commas": (
        with_cells("observation", lambda text: text.replace(".", ",")),
        "A decimal comma?",
        CHANGED,
    ),
    "a figure suppressed with a mark": (
        with_cells("observation", lambda _: "[c]", areacd="E06000017", period="2022-01-01/P3Y"),
        "2 cell(s) of hle_years hold no number, the first '[c]' (Rutland, ",
        CHANGED,
    ),
    "a figure left empty": (
        with_cells("observation", lambda _: "", areacd="E06000017", period="2022-01-01/P3Y"),
        "2 cell(s) of hle_years hold no number, the first '' (Rutland, ",
        CHANGED,
    ),
    "an interval left empty": (
        with_cells("lci_95", lambda _: "", areacd="E06000017", period="2022-01-01/P3Y"),
        "2 cell(s) of hle_lci_95 hold no number",
        CHANGED,
    ),
    "two regions swapped": (
        lambda published: published.assign(
            areanm=published["areanm"].replace({"North East": "London", "London": "North East"})
        ),
        "E12000001 is named London, the name held for E12000007; held for E12000001 is North East.",
        CHANGED,
    ),
    "a control character in a name": (
        with_cells("areanm", lambda name: f"{name}\x0b", areacd="E06000017"),
        "'Rutland\\x0b' holds a control character (U+000B)",
        CHANGED,
    ),
    "a period that starts in July": (
        with_cells("period", lambda _: "2022-07-01/P3Y", period="2022-01-01/P3Y"),
        "Period not understood: '2022-07-01/P3Y'.",
        CHANGED,
    ),
    "rows twice": (again(), "repeated row(s)", BROKEN),
    "a period twice with other values": (again(observation="61.7"), "repeated row(s)", BROKEN),
    "an area missing": (without(areacd="E08000035"), "1 area(s) are missing: E08000035 Leeds.", CHANGED),
    "a region missing": (without(areacd="E12000001"), "1 area(s) are missing: E12000001 North East.", CHANGED),
    "a combined authority missing": (
        without(areacd="E47000001"),
        "1 area(s) are missing: E47000001 Greater Manchester.",
        CHANGED,
    ),
    "England missing": (without(areacd="E92000001"), "1 area(s) are missing: E92000001 England.", CHANGED),
    "an area unknown": (a_new_area, "1 area(s) are unknown: E08000099 Atlantis.", CHANGED),
    "a code changed without a successor that we know": (
        with_cells("areacd", lambda _: "E08000099", areacd="E08000035"),
        "1 area(s) are missing: E08000035 Leeds. Instead there is E08000099 Leeds.",
        CHANGED,
    ),
    "the newest period missing": (
        without(period="2022-01-01/P3Y"),
        "1 period(s) are missing: 2022 to 2024.",
        CHANGED,
    ),
    "a period missing in the middle": (without(period="2015-01-01/P3Y"), "lacks 1 period(s)", BROKEN),
    "one area's period missing": (
        without(areacd="E08000035", period="2015-01-01/P3Y"),
        "lacks 1 period(s) for release 2026-02-19, area_code E08000035",
        BROKEN,
    ),
    "the newest period under a later name": (
        with_cells("period", lambda _: "2025-01-01/P3Y", period="2022-01-01/P3Y"),
        "lacks 3 period(s)",
        BROKEN,
    ),
    "a period added that has not ended": (
        lambda published: pd.concat(
            [
                published,
                *(
                    published[rows_of(published, period="2022-01-01/P3Y")].assign(period=f"{year}-01-01/P3Y")
                    for year in (2023, 2024, 2025)
                ),
            ]
        ),
        "has not ended by the release of 2026-02-19",
        CHANGED,
    ),
    "a period spelt in a new way": (
        with_cells("period", lambda _: "three years from 2022", period="2022-01-01/P3Y"),
        "Period not understood: 'three years from 2022'.",
        CHANGED,
    ),
    "high where it was low": (reversed_polarity, "hle_years is high where it was low", CHANGED),
    "one sex missing": (
        without(indicator="Male healthy life expectancy"),
        "The indicators have changed: missing Male healthy life expectancy",
        CHANGED,
    ),
    "one sex missing for one area": (
        without(indicator="Male healthy life expectancy", areacd="E08000035"),
        "Expected 151 areas of level utla for sex male, found 150.",
        CHANGED,
    ),
    "the indicator renamed": (
        with_cells("indicator", lambda text: text.replace("healthy", "healthful")),
        "The indicators have changed",
        CHANGED,
    ),
    "another encoding": (
        lambda published: as_bytes(published).decode().encode("utf-16"),
        "The file is not UTF-8 text",
        CHANGED,
    ),
    "Windows characters": (
        lambda published: as_bytes(published.assign(notes="Côte")).decode().encode("cp1252"),
        "The file is not UTF-8 text",
        CHANGED,
    ),
    "a quotation mark that never closes": (
        lambda published: as_bytes(published).replace(b"Rutland", b'"Rutland', 1),
        "cannot be read as CSV",
        CHANGED,
    ),
    "only a header": (lambda published: published.iloc[:0], "the first are none", CHANGED),
    "semicolons between the cells": (
        lambda published: as_bytes(published).replace(b",", b";"),
        "The columns have changed",
        CHANGED,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_figures_is_named_and_leaves_those_held_alone(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    damage, message, exit_code = FAULTS[name]
    damaged = damage(published_hle("2026-02-19"))
    world.server.serve(hle_url, damaged if isinstance(damaged, bytes) else as_bytes(damaged))
    before = world.held()
    assert world.fetch() == exit_code
    said = "".join(capsys.readouterr())
    assert message in said
    assert "Where: " in said
    assert "What to do: " in said
    assert world.held() == before


HARMLESS: dict[str, Damage] = {
    "undamaged": lambda published: published,
    "a byte-order mark": lambda published: b"\xef\xbb\xbf" + as_bytes(published),
    "rows and columns in another order": lambda published: published.iloc[::-1, ::-1],
    "the spellings of January 2025": lambda published: published.rename(
        columns={"lci_95": "lower_confidence_interval_95", "uci_95": "upper_confidence_interval_95"}
    ),
    "blanks of other kinds in names": lambda published: published.assign(
        areanm="\u2003" + published["areanm"].str.replace(" ", "\u00a0 ") + "\t"
    ),
    "rows of empty cells at the end": lambda published: as_bytes(published) + b",,,,,,,,,,,\n\n",
    "Windows line ends": lambda published: as_bytes(published).replace(b"\n", b"\r\n"),
    "other nations beside England": lambda published: pd.concat(
        [published, published[rows_of(published, areacd="E08000035")].assign(areacd="W06000015", areanm="Cardiff")]
    ),
    "codes that have a successor": lambda published: published.assign(
        areacd=published["areacd"].replace({"E08000038": "E08000016", "E08000039": "E08000019"})
    ),
    "an area under both its codes": lambda published: pd.concat(
        [published, published[rows_of(published, areacd="E08000038")].assign(areacd="E08000016")]
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_not_matter_changes_no_figure(world: World, hle_url: str, name: str) -> None:
    served = HARMLESS[name](published_hle("2026-02-19"))
    world.server.serve(hle_url, served if isinstance(served, bytes) else as_bytes(served))
    before = world.held()["raw/hle/2026-02-19.csv"]
    assert world.fetch() == 0
    assert world.held()["raw/hle/2026-02-19.csv"] == before


def test_a_revised_figure_is_taken_in_and_reported(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    revise = with_cells(
        "observation",
        lambda _: "68.9",
        areacd="E06000017",
        period="2012-01-01/P3Y",
        indicator="Female healthy life expectancy",
    )
    revised = revise(published_hle("2026-02-19"))
    assert isinstance(revised, pd.DataFrame)
    world.server.serve(hle_url, as_bytes(revised))
    before = world.held()
    assert world.fetch() == 0
    assert "hle/2026-02-19.csv: revised" in capsys.readouterr().out
    after = world.held()
    assert {name for name in after if after[name] != before[name]} == {"raw/hle/2026-02-19.csv", "raw/lock.json"}
    assert b"2026-02-19,E06000017,Rutland,utla,female,2012 to 2014,2012,2014,68.9," in after["raw/hle/2026-02-19.csv"]
