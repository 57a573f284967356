"""The past of a gap is taken from the table that is asked, and asking changes nothing."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from pipeline.answers.gap.answer import Answer, answer, questions_by_definition
from pipeline.answers.gap.evidence import evidence_of
from pipeline.answers.gap.outlook import Outlook, outlook
from pipeline.answers.gap.question import LAST_TARGET_YEAR, Question
from pipeline.answers.gap.what_it_takes import floor, points_needed, rises_seen
from pipeline.assemble.leverage import ALL_AGES
from pipeline.errors import UsageError
from pipeline.processed import Tables


@cache
def tables() -> Tables:
    return Tables.open()


def ask(gaps: pd.DataFrame, question: Question) -> Answer:
    return answer(gaps, question, "male", england=tables().england())


def look_ahead(question: Question) -> Outlook:
    return outlook(ask(tables().table("gaps"), question), evidence_of(tables()))


def test_another_table_is_answered_from_its_own_figures() -> None:
    gaps = tables().table("gaps")
    wider = gaps.assign(gap_years=gaps["gap_years"] + 1)
    evidence = evidence_of(tables())
    before, after = (ask(one, Question()) for one in (gaps, wider))
    assert after.baseline["gap_years"] == pytest.approx(before.baseline["gap_years"] + 1)
    assert after.target_gap_years == pytest.approx(before.target_gap_years + 0.5)
    then, now = (outlook(one, evidence).forecasts["gap_years"].to_numpy() for one in (before, after))
    assert now == pytest.approx(then + 1)


def test_the_order_of_the_rows_is_of_no_account() -> None:
    gaps = tables().table("gaps")
    shuffled = gaps.sample(frac=1, random_state=1)
    one, other = (ask(rows, replace(Question(), baseline="2014 to 2016")) for rows in (gaps, shuffled))
    pd.testing.assert_frame_equal(one.series, other.series)
    pd.testing.assert_frame_equal(one.earlier, other.earlier)
    pd.testing.assert_frame_equal(one.path, other.path)


def test_series_and_earlier_are_every_row_of_the_definition_and_sex() -> None:
    gaps = tables().table("gaps")
    one = ask(gaps, replace(Question(), baseline="2014 to 2016"))
    rows = gaps[(gaps["definition"] == Question().definition_id) & (gaps["sex"] == "male")].sort_values("period_start")
    both = pd.concat([one.earlier, one.series], ignore_index=True)
    pd.testing.assert_frame_equal(both[list(gaps.columns)], rows.reset_index(drop=True))
    assert one.series["period"].iloc[0] == one.baseline["period"] == "2014 to 2016"
    assert one.latest["period"] == one.series["period"].iloc[-1]


def test_asking_changes_nothing_that_the_next_who_asks_is_given() -> None:
    gaps, evidence = tables().table("gaps"), evidence_of(tables())
    held = gaps.copy(deep=True)
    first = [outlook(one, evidence) for one in _every_answer(gaps, Question())]
    for question in (Question(share_to_close=0.75, rule="england"), Question(target_year=2050, shape="geometric")):
        for one in _every_answer(gaps, question):
            outlook(one, evidence)
    again = [outlook(one, evidence) for one in _every_answer(gaps, Question())]
    pd.testing.assert_frame_equal(gaps, held)
    assert [one.probability for one in first] == [one.probability for one in again]
    for one, other in zip(first, again, strict=True):
        pd.testing.assert_frame_equal(one.forecasts, other.forecasts)


def _every_answer(gaps: pd.DataFrame, question: Question) -> list[Answer]:
    asked = questions_by_definition(gaps, question, "female")
    return [answer(gaps, one, "female", england=tables().england()) for one in asked]


@pytest.mark.parametrize("further", [LAST_TARGET_YEAR, LAST_TARGET_YEAR + 10])
def test_the_forecast_of_a_period_does_not_depend_on_how_far_one_looks(further: int) -> None:
    near, far = (look_ahead(replace(Question(), target_year=year)).forecasts for year in (2034, further))
    assert near["period_end"].max() == 2034
    assert far["period_end"].max() == further
    kept = far[far["period_end"] <= 2034].reset_index(drop=True)
    pd.testing.assert_frame_equal(near, kept, rtol=1e-9)


def test_a_definition_without_figures_is_refused() -> None:
    gaps = tables().table("gaps")
    with pytest.raises(UsageError, match="There is no gap 'income-regions' for sex 'male'"):
        ask(gaps[gaps["definition"] != "income-regions"], Question())


def test_the_floor_and_the_rises_are_those_of_the_sex_asked_for() -> None:
    men, women = (
        answer(tables().table("gaps"), Question(), sex, england=tables().england()) for sex in ("male", "female")
    )
    for one in (men, women, men):
        assert set(floor(tables(), one).areas["sex"]) == {one.sex}
    assert rises_seen(tables(), men)[0] != rises_seen(tables(), women)[0]


def test_the_points_needed_start_with_every_age_and_go_on_by_age() -> None:
    leverage = tables().table("leverage").sample(frac=1, random_state=1)
    points = points_needed(leverage, sex="female", rise_years=1.0)
    assert list(points["ages"]) == [ALL_AGES, "Under 35", "35 to 49", "50 to 64", "65 to 79", "80 and over"]
