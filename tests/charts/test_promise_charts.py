"""Readings, milestones, history and scenarios as a reader meets them: counts, marks, thresholds and cases."""

import numpy as np
import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.promise import READINGS_AGREE, SENSITIVITY
from charts.catalogue.scenarios import SCENARIOS_SAID, view_beside
from charts.catalogue.view import View
from charts.kit.palette import LIGHT, contrast
from charts.promise.strips import CLASSES
from pipeline.errors import UsageError
from pipeline.processed import Tables
from tests.measures.regional_figures import regional_hle


def drawn(name: str, **settings: object):
    return CATALOGUE[name].chart(Tables.open(), View(**settings))


def test_the_strip_counts_women_and_men_and_the_charts_half_of_them_each() -> None:
    assert READINGS_AGREE.of(Tables.open(), View()) == "Of 1,344 readings, none is on course"
    for sex in ("female", "male"):
        chart = drawn("readings", sex=sex)
        assert len(chart.table) == 672
        assert chart.title.endswith("of 672 readings, none is on course")
        assert "Yours: Richest and poorest region by disposable income" in chart.settings


@pytest.mark.parametrize(("among", "kept"), [("definition", 11 * 8), ("baseline", 6 * 8), ("target", 6 * 11 + 2 * 9)])
def test_readings_are_kept_that_share_a_setting_with_the_readers_own(among: str, kept: int) -> None:
    assert len(drawn("readings", among=among).table) == kept


def test_a_setting_that_is_no_reading_is_not_marked() -> None:
    assert drawn("readings").drawing.layout["shapes"]
    later = drawn("readings", target=2040)
    assert not later.drawing.layout["shapes"]
    assert "not among them" in later.subtitle


def test_the_lower_the_chance_the_darker_the_cell() -> None:
    darkness = [contrast(LIGHT.sequence[shade], LIGHT.paper) for _, _, shade in CLASSES]
    assert darkness == sorted(darkness)


def test_the_most_hopeful_forecast_is_told_beside_the_others() -> None:
    table = SENSITIVITY.of(Tables.open(), View())
    assert len(table) == 6
    assert table["On course"].eq(0).all()
    assert table["Cannot tell"].iloc[-1] > 0


def test_what_to_look_for_next_is_in_the_title_and_in_the_first_row_of_the_table() -> None:
    chart = drawn("milestones")
    first = chart.table.iloc[0]
    assert first["Published in"] == "February 2027"
    assert f"above {first['Highest figure that fits the path']} in February 2027" in chart.title
    assert first["95% range on the path"].endswith(str(first["Highest figure that fits the path"]))


def test_a_gap_that_is_at_its_target_has_no_milestones() -> None:
    with pytest.raises(UsageError, match="already"):
        drawn("milestones", sex="male", definition="slope-regions", share=5)


def test_a_ring_stands_at_every_change_of_word_and_nowhere_else() -> None:
    chart = drawn("verdict-history")
    (rings,) = [trace for trace in chart.drawing.traces if trace["name"] == "Word changed"]
    assert len(rings["x"]) == (chart.table["Word changed"] == "yes").sum() > 0


def fastest_over_six_years(sex: str, sign: int) -> float:
    """The fastest pace of any region that moved the same way over two runs of three years."""
    table = regional_hle().query("sex == @sex and area_name != 'England'")
    years = table.pivot(index="area_name", columns="period", values="hle_years").to_numpy() * sign
    steps = years[:, 3:] - years[:, :-3]
    twice = np.minimum(steps[:, :-3], steps[:, 3:]) > 0
    return sign * float((steps[:, :-3] + steps[:, 3:])[twice].max() / 6)


@pytest.mark.parametrize(("sex", "gap"), [("female", 6.0), ("male", 5.9)])
def test_the_cases_carry_the_fastest_moves_of_a_region_on_to_the_target(sex: str, gap: float) -> None:
    last = drawn("scenarios", sex=sex).table.iloc[-1]
    for name, sign in (("Fastest rise seen (years)", 1), ("Fastest fall seen (years)", -1)):
        assert last[name] == pytest.approx(gap - 10 * fastest_over_six_years(sex, sign), abs=0.011)


@pytest.mark.parametrize(
    "link",
    [
        "definition=deprivation-regions&target=2040",
        "https://hle.example/progress?sex=male&definition=Least+and+most+deprived+region&target=2040&tab=ends",
    ],
)
def test_a_link_in_either_spelling_is_set_beside_the_readers_own(link: str) -> None:
    view = View(beside=link)
    assert view_beside(view) == View(definition="deprivation-regions", target=2040)
    said = SCENARIOS_SAID.of(Tables.open(), view)
    assert list(said) == ["Yours", "Beside it", "Better case", "Worse case"]
    assert "Least and most deprived region" in said["Beside it"]


def test_a_visible_share_is_understood_and_without_a_link_the_default_stands_beside() -> None:
    assert view_beside(View(beside="share=Half+(50%25)")).share == 50
    assert view_beside(View(target=2040)) == View()
    assert "Beside it" not in SCENARIOS_SAID.of(Tables.open(), View())


@pytest.mark.parametrize("link", ["https://hle.example/progress", "target=soon", "definition=rich-and-poor"])
def test_a_link_without_settings_or_with_one_that_cannot_be_is_refused(link: str) -> None:
    with pytest.raises(UsageError):
        drawn("scenarios", beside=link)
