"""The chart of releases draws each release as its own line, with its own periods, and never joins two."""

import pytest

from charts.gap.gap_by_release import gap_by_release
from charts.kit.chart import Chart
from charts.kit.palette import DARK
from pipeline import store
from pipeline.answers.gap.releases import revisions
from pipeline.measures.gap.definitions import BETWEEN_REGIONS
from pipeline.tables import PROCESSED

TABLE = store.read(PROCESSED["vintages"], store.PROCESSED_FOLDER / "vintages.csv")
LINES = {"Released January 2022": 8, "Released 12 December 2024": 11, "Released 19 February 2026": 12}


def chart(definition: str = "income-regions", sex: str = "female") -> Chart:
    return gap_by_release(revisions(TABLE, definition_id=definition, sex=sex), build="abc123")


def test_every_release_is_one_line_with_its_own_periods() -> None:
    drawn = {trace.name: len(trace.y) for trace in chart().figure.data if trace.name.startswith("Released")}
    assert drawn == LINES


def test_releases_are_told_apart_without_colour() -> None:
    dashes = [trace.line.dash for trace in chart().figure.data if trace.name.startswith("Released")]
    assert len(set(dashes)) == len(dashes)


@pytest.mark.parametrize("definition", BETWEEN_REGIONS)
@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_table_holds_the_numbers_of_every_line(definition: str, sex: str) -> None:
    one = chart(definition, sex)
    table = one.table.set_index("Period")
    for trace in one.figure.data:
        if trace.name.startswith("Released"):
            column = table[f"Gap, {trace.name[0].lower()}{trace.name[1:]} (years)"].dropna()
            assert list(column.index) == list(trace.customdata)
            assert list(column) == pytest.approx(list(trace.y), abs=0.005)


@pytest.mark.parametrize("definition", BETWEEN_REGIONS)
@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_description_says_finding_range_and_period_and_is_not_the_title(definition: str, sex: str) -> None:
    one = chart(definition, sex)
    rows = TABLE[(TABLE["definition"] == definition) & (TABLE["sex"] == sex)]
    assert one.alt != one.title
    assert f"{rows['gap_years'].min():.1f}" in one.alt
    assert f"{rows['gap_years'].max():.1f}" in one.alt
    assert "2018 to 2020" in one.alt
    assert {"female": "women", "male": "men"}[sex] in one.alt


def test_the_title_says_how_the_same_period_was_told_then_and_now() -> None:
    assert chart().title == "Women: 5.3 years for 2018 to 2020 when first released, 5.1 now"
    assert "4.7 years for 2018 to 2020, as when first released" in chart(sex="male").title


def test_the_source_names_every_release_and_the_build() -> None:
    for words in ("19 February 2026", "12 December 2024", "January 2022", "abc123"):
        assert words in chart().source


def test_nothing_drawn_is_cut_off() -> None:
    one = chart("deprivation-regions", "male")
    low, high = one.figure.layout.yaxis.range
    assert low == 0
    assert all(low < value < high for trace in one.figure.data for value in trace.y)


def test_the_dark_chart_shows_the_same_figures() -> None:
    found = revisions(TABLE, definition_id="income-regions", sex="male")
    light, dark = gap_by_release(found, build="x"), gap_by_release(found, build="x", palette=DARK)
    assert [list(trace.y) for trace in light.figure.data] == [list(trace.y) for trace in dark.figure.data]
