"""No two statements about a gap contradict each other, whatever is asked: heading, frame, sentences, titles, table."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from charts.catalogue import gap
from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.choices import CHOICES
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View
from charts.gap import sentences
from charts.gap.gap_path import gap_path
from charts.gap.pace_gauge import pace_gauge
from charts.kit import words
from charts.kit.palette import LIGHT
from pipeline.answers.gap.outlook import Standing
from pipeline.answers.gap.question import LAST_TARGET_YEAR
from pipeline.processed import Tables

DEFINITIONS = tuple(CHOICES["definition"])
TARGETS = range(2027, LAST_TARGET_YEAR + 1)
SAID = {"Wider": "has widened", "Narrower": "has narrowed", "No clear change": "shows no clear change"}
NUMBER = r"(\d+\.\d+)"


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def baselines(definition: str) -> list[str]:
    gaps = tables().table("gaps")
    return sorted(gaps.loc[gaps["definition"] == definition, "period"].unique())[:-1]


def views(definition: str) -> Iterator[View]:
    """Every target year and every baseline of a definition, paired otherwise than in the definition before."""
    start, periods = DEFINITIONS.index(definition), baselines(definition)
    for at, target in enumerate(TARGETS):
        yield View(definition=definition, baseline=periods[(at + 4 * start) % len(periods)], target=target)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_heading_frame_sentences_and_titles_say_the_same_of_a_gap(definition: str) -> None:
    for view in views(definition):
        both = {sex: standing_of(tables(), view.with_settings(sex=sex)) for sex in words.PEOPLE}
        heading = sentences.headline(both)
        for sex, one in both.items():
            same_course(one, heading)
            same_direction(one, heading, who=words.people(sex), first=view.baseline == baselines(definition)[0])
            same_need(one)


def same_course(one: Standing, heading: str) -> None:
    course, chance = one.outlook.course, sentences.chance_of_target(one.answer, one.outlook)
    percent = 0 if "below" in chance else 100 if "above" in chance else int(chance.split()[-1].rstrip("%"))
    if course == "Not on course":
        assert percent <= 25
        assert "halved" in heading
    elif course == "On course":
        assert percent >= 75
    if heading.startswith("The gap is not being halved."):
        assert course == "Not on course"
    if course == "Halved":
        assert one.answer.latest["gap_years"] <= one.answer.target_gap_years


def same_direction(one: Standing, heading: str, *, who: str, first: bool) -> None:
    answer, direction = one.answer, one.outlook.direction
    frame = sentences.direction_since(answer, one.outlook)
    assert frame == (direction if first else f"{direction} since {one.outlook.first_period}")
    assert f"the gap {SAID[direction]} since {one.outlook.first_period}" in sentences.moved(answer, one.outlook)
    told = [other for other, said in SAID.items() if re.search(rf"{said} for [^.]*\b{who}\b", heading)]
    assert told == ([] if direction == "No clear change" else [direction])
    way = sentences.since(answer).split()[0]
    if first:  # one span alone: the frame and the line beneath it speak of the same years
        assert (direction, way) not in {("Wider", "Down"), ("Narrower", "Up")}
    else:
        assert heading.count(f"since {one.outlook.first_period}") >= heading.count("It ")


def same_need(one: Standing) -> None:
    answer, direction = one.answer, one.outlook.direction
    path = gap_path(answer, one.outlook, build="x").title
    pace = pace_gauge(answer, one.outlook, build="x").title
    need = sentences.need(answer)
    if "already within the target" in need:
        assert "is within the target" in path
        assert "already meets the target" in pace
        return
    assert numbers(rf"narrow by {NUMBER} a year", pace) == numbers(rf"narrow by {NUMBER} years a year", need)
    assert SAID[direction].removeprefix("has ") in pace
    assert f"{one.outlook.course.lower()}, {sentences.direction_since(answer, one.outlook).lower()}" in path
    then, now = numbers(rf"{NUMBER} then, {NUMBER} years now", path)
    assert sentences.since(answer).split()[0] == ("As" if then == now else "Up" if now > then else "Down")


def numbers(pattern: str, text: str) -> list[float]:
    found = re.search(pattern, text)
    assert found, text
    return [float(one) for one in found.groups()]


@pytest.mark.parametrize("model", ["", "drift"])
def test_strip_table_titles_and_single_verdicts_count_the_same(model: str) -> None:
    """With some baselines and targets: each verdict of the table is looked at with all of them above."""
    asked = list(zip(baselines("income-regions"), TARGETS, strict=False))
    for baseline, target in asked[2 :: 8 if model else 3]:
        view = View(baseline=baseline, target=target, model=model)
        course, strip = gap.DEFINITIONS_AGREE.of(tables(), view)
        table = gap.VERDICTS.of(tables(), view)
        courses = [word for who in ("Women", "Men") for word in table[f"{who}: on course?"]]
        assert ("on any of" in course) == (set(courses) == {"Not on course"})
        for who, sex in (("Women", "female"), ("Men", "male")):
            directions = table[f"{who}: since the first period"].tolist()
            title = CATALOGUE["definitions"].draw(tables(), view.with_settings(sex=sex), LIGHT).title
            assert title in strip
            for word in SAID:
                counted = re.findall(rf"{word.lower()} on (\d+)", title.lower())
                assert counted == [str(directions.count(word)) for _ in range(word in directions)]
            one = standing_of(tables(), view.with_settings(sex=sex)).outlook
            assert (table[f"{who}: on course?"][0], directions[0]) == (one.course, one.direction)
