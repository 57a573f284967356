"""The charts about the gap draw what the answer says: every point, the path, the intervals, the finding."""

import re
from functools import cache

import numpy as np
import pytest
from held_periods import LATEST, PERIODS

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.gap import FIRST_TO_TELL
from charts.catalogue.view import View
from charts.gap.both_ends import both_ends
from charts.gap.definitions import definitions_compared, verdict_table
from charts.gap.gap_path import gap_path
from charts.gap.pace_gauge import pace_gauge
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT
from pipeline.answers.gap.answer import questions_by_definition
from pipeline.answers.gap.outlook import Standing
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.standing import standing_of
from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.processed import Tables


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def found(sex: str, definition: str = "income-regions") -> Standing:
    question = Question(definition_id=definition)
    return standing_of(tables(), question, sex=sex)


def traces(chart: Chart) -> dict[str, object]:
    return {trace.name: trace for trace in chart.figure.data}


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_gap_line_has_one_point_for_each_period_and_the_published_values(sex: str) -> None:
    one = found(sex)
    line = traces(gap_path(one.answer, one.outlook, build="x"))["Gap"]
    assert len(line.x) == len(line.y) == len(PERIODS)
    assert list(line.customdata) == list(one.answer.series["period"])
    assert list(line.x) == sorted(line.x)
    assert line.y[-1] == pytest.approx({"male": 5.9, "female": 6.0}[sex], abs=0.05)


def test_the_path_falls_from_the_baseline_gap_to_half_of_it() -> None:
    one = found("male")
    line = traces(gap_path(one.answer, one.outlook, build="x"))["Path from the baseline"]
    assert line.y[0] == pytest.approx(2 * line.y[-1])
    assert all(np.diff(line.y) < 0)


def test_the_gap_axis_starts_at_zero_and_cuts_nothing_off() -> None:
    one = found("female")
    chart = gap_path(one.answer, one.outlook, build="x")
    low, high = chart.figure.layout.yaxis.range
    drawn = [value for trace in chart.figure.data for value in trace.y]
    assert low == 0
    assert high > max(drawn)


def test_the_band_is_the_interval_of_the_gap_there_and_back() -> None:
    one = found("male")
    band = traces(gap_path(one.answer, one.outlook, build="x"))["95% interval"]
    series = one.answer.series
    assert len(band.x) == 2 * len(series)
    assert list(band.y[:12]) == pytest.approx(list(series["gap_uci_95"]), abs=0.001)
    assert list(band.y[12:]) == pytest.approx(list(series["gap_lci_95"][::-1]), abs=0.001)


def test_no_band_is_drawn_where_no_interval_is_published() -> None:
    question = Question(definition_id="deprivation-deciles", baseline="2013 to 2015")
    one = standing_of(tables(), question, sex="male")
    assert "95% interval" not in traces(gap_path(one.answer, one.outlook, build="x"))


def drawn(chart_id: str, **settings: object) -> Chart:
    return CATALOGUE[chart_id].chart(tables(), View(**settings))


def notes_on(chart: Chart) -> list[str]:
    return [re.sub("<[^>]+>", " ", note.text) for note in chart.figure.layout.annotations]


def test_the_gap_path_names_its_figures_and_lines_where_they_are() -> None:
    chart = drawn("gap-path", sex="female")
    said = notes_on(chart)
    assert any("6.0 now" in text for text in said)
    assert any(text.strip() == "3.6" for text in said)
    assert any("Half: 1.8" in text and "needs \N{MINUS SIGN}0.42 a year" in text for text in said)
    assert any("Forecast 5.8" in text and "95%: 3.1 to 8.5" in text for text in said)
    assert not chart.figure.layout.showlegend


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize("share", [5, 50, 75])
def test_names_at_the_ends_of_lines_leave_room_for_two_lines_of_type_each(definition: str, share: int) -> None:
    chart = drawn("gap-path", definition=definition, share=share)
    layout = chart.figure.layout
    heights = sorted(note.y for note in layout.annotations if "font-size" in note.text)
    share_of_height = (heights[1] - heights[0]) / layout.yaxis.range[1]
    assert share_of_height * 200 >= (15 + 12) * 1.3  # 200 pixels: the plot of a slide


def test_periods_with_a_year_of_the_pandemic_are_shaded() -> None:
    chart = drawn("gap-path")
    (shade,) = chart.figure.layout.shapes
    assert (shade.x0, shade.x1) == (2019.5, 2022.5)  # mid-points of 2018 to 2020 and 2021 to 2023
    assert "pandemic" in notes_on(chart)


def test_another_forecast_can_be_chosen_and_is_named() -> None:
    best, drift = drawn("gap-path"), drawn("gap-path", model="drift")
    assert best.table["Gap (years)"].equals(drift.table["Gap (years)"])
    assert not best.table["Forecast (years)"].equals(drift.table["Forecast (years)"])
    assert any("trend goes on" in caveat for caveat in drift.caveats)


def test_each_end_is_its_own_line_and_no_line_runs_through_both() -> None:
    one = found("male").answer
    drawn = traces(both_ends(one, build="x"))
    assert len(drawn["London"].y) == len(drawn["North East"].y) == len(PERIODS)
    assert min(drawn["London"].y) > max(drawn["North East"].y)


def test_which_end_moved_shows_both_ends_and_england_then_and_now() -> None:
    chart = drawn("levelling", sex="female")
    points = [trace for trace in chart.figure.data if trace.mode == "markers"]
    assert [trace.y[0] for trace in points] == ["London", "England", "North East"]
    assert points[1].x[1] - points[1].x[0] == pytest.approx(-2.6, abs=0.05)  # published: 63.9 and 61.3
    gap = chart.table.set_index("End")["Change (years)"]
    assert gap["London"] - gap["North East"] == pytest.approx(gap["Gap"])


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_title_says_which_end_moved_away_and_gives_no_cause(sex: str) -> None:
    chart = drawn("levelling", sex=sex)
    assert "London clearly moved away from the rest" in chart.title
    assert "the North East did not" in chart.title
    assert "because" not in " ".join([chart.title, chart.alt, *chart.caveats])


def test_levelling_down_is_said_only_where_its_chance_is_above_nine_in_ten() -> None:
    one = found("male", "deprivation-regions")
    chart = drawn("levelling", sex="male", definition="deprivation-regions")
    assert ("levelling down" in chart.title) == (one.outlook.levelling_down_probability > 0.9)


def test_the_gauge_marks_the_observed_pace_with_its_interval_and_the_needed_one() -> None:
    one = found("male")
    drawn = traces(pace_gauge(one.answer, one.outlook, build="x"))
    observed = drawn["Observed"]
    assert observed.x[0] + observed.error_x.array[0] == pytest.approx(one.outlook.wandering_uci_95)
    alone = drawn["Observed, sampling only"]
    assert alone.x[0] - alone.error_x.arrayminus[0] == pytest.approx(0.013, abs=0.0005)  # docs/methods.md, section 4
    assert drawn["Needed"].x[0] == pytest.approx(one.answer.required_pace)


def test_every_definition_is_compared_once() -> None:
    asked = questions_by_definition(tables().table("gaps"), Question(), "male")
    standings = [standing_of(tables(), one, sex="male") for one in asked]
    chart = definitions_compared(standings, build="x")
    assert len(traces(chart)["Change"].x) == len(standings) == len(DEFINITIONS)
    assert len(verdict_table({"male": standings})) == len(DEFINITIONS)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_every_chart_prints_settings_source_release_and_build(sex: str) -> None:
    one = found(sex)
    for chart in (
        gap_path(one.answer, one.outlook, build="abc123"),
        both_ends(one.answer, build="abc123"),
        pace_gauge(one.answer, one.outlook, build="abc123"),
    ):
        assert "London minus the North East" in chart.settings
        assert "Baseline 2011 to 2013" in chart.settings
        assert "2034" in chart.settings
        assert "19 February 2026" in chart.source
        assert "abc123" in chart.source
        assert chart.alt != chart.title
        assert LATEST in chart.alt
        assert words.people(sex) in chart.alt


def test_dark_and_light_show_the_same_figures() -> None:
    one = found("male")
    light = gap_path(one.answer, one.outlook, build="x", palette=LIGHT)
    dark = gap_path(one.answer, one.outlook, build="x", palette=DARK)
    assert [list(trace.y) for trace in light.figure.data] == [list(trace.y) for trace in dark.figure.data]
    assert dark.figure.layout.paper_bgcolor != light.figure.layout.paper_bgcolor


@pytest.mark.parametrize(
    ("value", "said"), [(5.94, "5.9"), (-0.04, "0.0"), (-1.25, "\N{MINUS SIGN}1.3"), (3.25, "3.3"), (0.96, "1.0")]
)
def test_numbers_are_said_with_a_true_minus_and_never_minus_nought(value: float, said: str) -> None:
    assert words.number(value) == said


def test_a_pace_is_said_in_years_and_months() -> None:
    assert words.pace(-0.35) == "0.35 years (about 4 months) every year"
    assert words.pace(0.02) == "0.02 years (under a month) every year"


@pytest.mark.parametrize(
    ("away", "said"), [(-9.5, "9.5 fewer than"), (0.42, "0.4 more than"), (0.04, "the same as"), (-0.04, "the same as")]
)
def test_how_far_from_another_figure_is_said_with_its_direction(away: float, said: str) -> None:
    assert words.more_or_fewer(away) == said


@pytest.mark.parametrize("definition", ["deprivation-deciles", "slope-deciles", "slope-regions"])
def test_a_definition_without_intervals_of_its_ends_is_drawn_all_the_same(definition: str) -> None:
    question = Question(definition_id=definition, baseline="2013 to 2015")
    one = standing_of(tables(), question, sex="female")
    assert len(traces(both_ends(one.answer, build="x"))) >= 4
    low, high = gap_path(one.answer, one.outlook, build="x").figure.layout.yaxis.range
    assert low == 0
    assert high > one.answer.latest["gap_years"]


def test_the_title_gives_both_figures_and_both_words() -> None:
    chart = drawn("gap-path", sex="male", baseline=PERIODS[-2])
    assert chart.title == "Men: 7.0 then, 5.9 years now: not on course, no clear change since 2011 to 2013"


def test_definitions_are_in_the_order_of_their_change_with_the_word_at_the_right() -> None:
    chart = drawn("definitions", sex="female")
    change = traces(chart)["Change"]
    assert list(change.x) == sorted(change.x, reverse=True)
    assert [text for text in notes_on(chart) if text.strip() in {"Wider", "No clear change", "Narrower"}] != []
    assert chart.title == "Women: wider on 1 of 8, no clear change on 7"


def test_the_extreme_tenths_are_shown_with_and_without_what_selection_makes() -> None:
    chart = drawn("definitions", sex="female")
    raw = traces(chart)["Change, as published"]
    assert list(raw.y) == ["Highest and lowest, authorities"]
    net = dict(zip(traces(chart)["Change"].y, traces(chart)["Change"].x, strict=True))[raw.y[0]]
    assert raw.x[0] == pytest.approx(0.197 * 11, abs=0.03)  # pace of the published gap, 11 years
    assert net < raw.x[0]


@pytest.mark.parametrize(("sex", "then", "now"), [("female", 2.2, 3.1), ("male", 1.9, 2.8)])
def test_the_gap_in_length_of_life_is_the_published_difference(sex: str, then: float, now: float) -> None:
    chart = drawn("lives", sex=sex)
    line = traces(chart)["Length of life"]
    assert (line.y[0], line.y[-1]) == (pytest.approx(then, abs=0.05), pytest.approx(now, abs=0.05))
    assert len(line.x) == len(traces(chart)["Healthy life"].x) == 12


def test_length_of_life_is_refused_for_groups_without_one() -> None:
    with pytest.raises(UsageError, match="two regions"):
        drawn("lives", definition="deprivation-fifths")


def test_the_record_shows_every_forecast_with_the_shares_that_its_intervals_held() -> None:
    chart, record = drawn("forecast-record"), tables().table("forecast_record")
    bars = traces(chart)["CRPS"]
    assert len(bars.x) == record["model"].nunique() == len(chart.table)
    assert list(bars.x) == sorted(bars.x)
    shares = chart.table.set_index("Forecast")
    drift = record[record["model"] == "drift"]
    assert shares.loc["Trend goes on", "Score (CRPS, years)"] == pytest.approx(drift["crps"].mean(), abs=0.001)
    assert shares.loc["Trend goes on", "% in the 95% interval"] == pytest.approx(100 * drift["in_95"].mean(), abs=0.001)
    assert list(shares.index[shares["Ours"] == "yes"]) == ["Women and men together"]


def test_the_change_that_is_clear_comes_from_the_standard_error_of_the_newest_gap() -> None:
    latest = tables().table("gaps").query("definition == 'income-regions' and sex == 'male'").iloc[-1]
    said = FIRST_TO_TELL.ask(tables(), View().with_settings(sex="male"))
    assert f"must differ by {1.959964 * 2**0.5 * latest['gap_se']:.1f} years" in said


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.004, "less than 1 chance in 100"),
        (0.012, "1 chance in 100"),
        (0.03, "3 chances in 100"),
        (0.999, "more than 99 chances in 100"),
    ],
)
def test_a_chance_agrees_with_its_number(probability: float, said: str) -> None:
    assert words.chance(probability) == said


def test_a_number_goes_with_the_form_of_its_noun() -> None:
    assert words.number_of(1, "authority", "authorities") == "1 authority"
    assert words.number_of(2, "authority", "authorities") == "2 authorities"
    assert words.number_of(1, "case") == "1 case"
