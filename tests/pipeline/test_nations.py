"""The other nations are held apart: right to the decimal, and no part of England's gap, ranks or maps."""

from pathlib import Path

import pandas as pd

from charts.place.nations import nations
from pipeline.answers.place.nations import among_nations, beside_nations
from pipeline.areas import NORTHERN_IRELAND, SCOTLAND, WALES
from pipeline.processed import Tables
from tests.pipeline.processed import processed

REFERENCE = Path(__file__).parents[1] / "reference"
MIDDLESBROUGH = "E06000002"
CLEARLY_LOWER_THAN_ENGLAND_WOMEN = {SCOTLAND, WALES}
"""By the published limits of 2022 to 2024: England 61.0 to 61.6, Scotland 58.6 to 60.2, Wales 57.6 to 59.4."""


def test_nations_agree_with_another_file_of_the_same_release() -> None:
    expected = pd.read_csv(REFERENCE / "hle_nations.csv")
    held = processed("nations").query("area_type == 'nation'")
    both = expected.merge(held, on=["area_code", "sex", "period_start"], suffixes=("_there", ""), validate="one_to_one")
    assert len(both) == len(held) == len(expected) == 4 * 2 * 12
    assert (both["hle_years"].round(1) - both["hle_years_there"].round(1)).abs().max() <= 0.0001


def test_all_authorities_of_the_other_nations_are_held() -> None:
    held = processed("nations").query("area_type == 'nation-authority' and period_end == 2024")
    assert held.groupby([held["area_code"].str[:3], "sex"]).size().to_dict() == {
        (start, sex): count for start, count in (("W06", 22), ("S12", 32), ("N09", 11)) for sex in ("female", "male")
    }


def test_no_table_of_england_holds_another_nation() -> None:
    for name in ("areas", "hle", "gaps", "places", "residuals", "spread"):
        for column in processed(name).filter(regex="code$"):
            assert not processed(name)[column].dropna().str.match("[KNSW]").any(), (name, column)


def test_the_chart_names_every_nation_and_counts_those_clearly_different() -> None:
    tables = Tables.open()
    england = among_nations(tables)
    women = nations(beside_nations(tables, england, sex="female"), england, id="nations", build="abc123")
    assert women.title == f"England, women: clearly above {len(CLEARLY_LOWER_THAN_ENGLAND_WOMEN)} of 3 other nations"
    assert {"England", "Scotland", "Wales", "Northern Ireland"} == set(women.table["Area"])
    place = among_nations(tables, MIDDLESBROUGH)
    men = nations(beside_nations(tables, place, sex="male"), place, id="place-nations", build="abc123")
    assert men.title == "Middlesbrough, men: clearly fewer healthy years than all 4 nations"
    ends = {note["text"].replace("<br>", " ") for note in men.drawing.layout["annotations"]}
    assert {"Wales 59.2", "Scotland 59.1", "Northern Ireland 60.8", "England 60.9"} <= ends
    assert {NORTHERN_IRELAND, WALES, SCOTLAND} == {code for code, _ in england.within}
