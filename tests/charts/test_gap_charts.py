"""The charts about the gap draw what the answer says: every point, the path, the intervals, the finding."""

from functools import cache

import numpy as np
import pytest

from charts.gap.both_ends import both_ends
from charts.gap.definitions import definitions_compared, verdict_table
from charts.gap.gap_path import gap_path
from charts.gap.levelling import levelling
from charts.gap.pace_gauge import pace_gauge
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import DARK, LIGHT
from pipeline.answers.gap.answer import answer, answers_by_definition
from pipeline.answers.gap.evidence import evidence_of
from pipeline.answers.gap.outlook import Standing, standing
from pipeline.answers.gap.question import Question
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.processed import Tables


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def found(sex: str, definition: str = "income-regions") -> Standing:
    question = Question(definition_id=definition)
    one = answer(tables().table("gaps"), question, sex, england=tables().england())
    return standing(one, evidence_of(tables()))


def traces(chart: Chart) -> dict[str, object]:
    return {trace.name: trace for trace in chart.figure.data}


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_gap_line_has_one_point_for_each_period_and_the_published_values(sex: str) -> None:
    one = found(sex)
    line = traces(gap_path(one.answer, one.outlook, build="x"))["Gap"]
    assert len(line.x) == len(line.y) == 12
    assert list(line.customdata) == list(one.answer.series["period"])
    assert list(line.x) == sorted(line.x)
    assert line.y[-1] == pytest.approx({"male": 5.9, "female": 6.0}[sex], abs=0.05)


def test_the_path_falls_from_the_baseline_gap_to_half_of_it() -> None:
    one = found("male")
    line = traces(gap_path(one.answer, one.outlook, build="x"))["Path to target"]
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
    band = traces(gap_path(one.answer, build="x"))["95% interval"]
    series = one.answer.series
    assert len(band.x) == 2 * len(series)
    assert list(band.y[:12]) == pytest.approx(list(series["gap_uci_95"]), abs=0.001)
    assert list(band.y[12:]) == pytest.approx(list(series["gap_lci_95"][::-1]), abs=0.001)


def test_no_band_is_drawn_where_no_interval_is_published() -> None:
    question = Question(definition_id="deprivation-deciles", baseline="2013 to 2015")
    one = answer(tables().table("gaps"), question, "male", england=tables().england())
    assert "95% interval" not in traces(gap_path(one, build="x"))


def test_each_end_is_its_own_line_and_no_line_runs_through_both() -> None:
    one = found("male").answer
    drawn = traces(both_ends(one, build="x"))
    assert len(drawn["London"].y) == len(drawn["North East"].y) == 12
    assert min(drawn["London"].y) > max(drawn["North East"].y)


def test_the_bars_of_both_ends_differ_by_the_change_of_the_gap() -> None:
    one = found("female").answer
    bar = levelling(one, build="x").figure.data[0]
    assert bar.x[0] - bar.x[1] == pytest.approx(one.latest["gap_years"] - one.baseline["gap_years"])


def test_levelling_down_is_named() -> None:
    one = found("male", "deprivation-regions").answer
    assert "levelling down" in levelling(one, build="x").title


def test_the_gauge_marks_the_observed_pace_with_its_interval_and_the_needed_one() -> None:
    one = found("male")
    drawn = traces(pace_gauge(one.answer, one.outlook, build="x"))
    observed = drawn["Observed"]
    assert observed.x[0] + observed.error_x.array[0] == pytest.approx(one.outlook.pace_uci_95)
    assert drawn["Needed"].x[0] == pytest.approx(one.answer.required_pace)


def test_every_definition_is_compared_once() -> None:
    evidence = evidence_of(tables())
    answers = answers_by_definition(tables().table("gaps"), Question(), "male", england=tables().england())
    standings = [standing(one, evidence) for one in answers]
    chart = definitions_compared(standings, build="x")
    assert len(traces(chart)["Now"].x) == len(standings) == len(DEFINITIONS)
    assert len(verdict_table({"male": standings})) == len(DEFINITIONS)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_every_chart_prints_settings_source_release_and_build(sex: str) -> None:
    one = found(sex)
    for chart in (
        gap_path(one.answer, one.outlook, build="abc123"),
        both_ends(one.answer, build="abc123"),
        levelling(one.answer, build="abc123"),
        pace_gauge(one.answer, one.outlook, build="abc123"),
    ):
        assert "London minus North East" in chart.settings
        assert "Baseline 2011 to 2013" in chart.settings
        assert "2034" in chart.settings
        assert "19 February 2026" in chart.source
        assert "abc123" in chart.source
        assert chart.alt != chart.title
        assert "2022 to 2024" in chart.alt
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


@pytest.mark.parametrize("definition", ["deprivation-deciles", "slope-deciles", "slope-regions"])
def test_a_definition_without_intervals_of_its_ends_is_drawn_all_the_same(definition: str) -> None:
    question = Question(definition_id=definition, baseline="2013 to 2015")
    one = answer(tables().table("gaps"), question, "female", england=tables().england())
    ahead = standing(one, evidence_of(tables()))
    assert len(traces(both_ends(one, build="x"))) >= 4
    low, high = gap_path(one, ahead.outlook, build="x").figure.layout.yaxis.range
    assert low == 0
    assert high > one.latest["gap_years"]


def test_a_title_never_calls_a_gap_widening_between_two_figures_that_narrowed() -> None:
    question = Question(baseline="2021 to 2023")
    one = answer(tables().table("gaps"), question, "male", england=tables().england())
    ahead = standing(one, evidence_of(tables()))
    assert "from" not in gap_path(one, ahead.outlook, build="x").title
    assert "since 2011 to 2013" in gap_path(one, ahead.outlook, build="x").title
