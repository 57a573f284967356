"""Titles, labels, native charts and tables state one number in one way: 77.05 is not 77.0 here and 77.1 there."""

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import cycle

import pytest
from charts_told import numbers_of

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.words import PEOPLE, number
from pipeline.errors import UsageError
from pipeline.processed import Tables

ONE_DECIMAL = re.compile(r"(?<![\d.,])\d+\.\d(?![\d%])")
NEAR = 0.0551
"""A number with one decimal and one with two may be this far apart and be the same."""

FEW_POINTS = 12
"""Up to here PowerPoint writes the value beside each point."""

OF_A_PLACE = ("place-hle", "place-standing", "place-le", "place-peers", "place-residuals")


@cache
def tables() -> Tables:
    return Tables.open()


def stated(chart: Chart) -> Iterator[str]:
    """The numbers with one decimal that a reader finds in the title, on the picture, and beside points in PowerPoint."""
    layout = chart.drawing.layout
    said = [chart.title, *(str(one.get("text", "")) for one in layout.get("annotations", ()))]
    for trace in chart.drawing.traces:
        text = trace.get("text") or ()
        said += [text] if isinstance(text, str) else map(str, text)
        for values in (trace.get("x") or (), trace.get("y") or ()):
            if len(values) <= FEW_POINTS and trace.get("fill") is None:
                said += [number(value) for value in values if isinstance(value, float) and not math.isnan(value)]
    for text in said:
        yield from ONE_DECIMAL.findall(re.sub(r"<[^>]+>", " ", text))


def told_two_ways(chart: Chart) -> list[tuple[float, list[float]]]:
    """The numbers of the table that are stated as two different ones, neither of which is another number's."""
    said = {float(text) for text in stated(chart)}
    cells = {round(abs(value), 4) for row in chart.table.itertuples(index=False) for value in numbers_of(row)}
    cells = {value for value in cells if value % 1}  # years of the calendar and counts are no measurements
    halves = [cell for cell in cells if round(cell * 100) % 10 == 5]  # of others there is only one rounding
    found = []
    for cell in halves:
        ways = [one for one in said if abs(one - cell) < NEAR]
        own = [one for one in ways if sum(abs(one - other) < NEAR for other in cells) == 1]
        if len(own) > 1:
            found.append((cell, sorted(own)))
    return found


def drawn() -> Iterator[Chart]:
    """Every chart of the catalogue, and every place in two or three charts of its own, women and men by turns."""
    for name, sex in ((name, sex) for name in CATALOGUE for sex in PEOPLE):
        yield CATALOGUE[name].chart(
            tables(), View(sex=sex, place="E12000001" if name.startswith("inside") else "E06000001")
        )
    areas = tables().table("areas")
    places = areas.loc[areas["no_hle_reason"].isna() & (areas["area_type"] != "country"), "area_code"]
    for place, start, sex in zip(places, cycle([0, 1]), cycle([*PEOPLE, *list(PEOPLE)[::-1]]), strict=False):
        for name in OF_A_PLACE[start::2]:
            with suppress(UsageError):  # a prediction is for authorities, and some areas have no length of life
                yield CATALOGUE[name].chart(tables(), View(sex=sex, place=place))


def test_no_number_is_rounded_in_two_ways_on_any_chart_of_any_place() -> None:
    count = halves = 0
    wrong = []
    for chart in drawn():
        count += 1
        wrong += [(chart.title, found) for found in told_two_ways(chart)]
        halves += any(
            round(abs(value) * 100) % 10 == 5
            for row in chart.table.itertuples(index=False)
            for value in numbers_of(row)
        )
    assert wrong == []
    assert count > 450
    assert halves > 100  # charts on which it could have happened


@pytest.mark.parametrize(("title", "noticed"), [("77.0 years of life", True), ("77.1 years of life", False)])
def test_a_title_that_rounds_otherwise_than_its_label_would_be_noticed(title: str, noticed: bool) -> None:
    chart = CATALOGUE["place-le"].chart(tables(), View(place="E06000001"))
    table = chart.table.iloc[:0].reindex([0]).assign(**{"Life expectancy (years)": 77.05})
    drawing = replace(chart.drawing, traces=[{"type": "scatter", "x": [1.5], "y": [77.05]}])
    drawing = drawing.with_layout(annotations=[{"text": "Hartlepool <b>77.1</b>"}])
    assert bool(told_two_ways(replace(chart, title=title, table=table, drawing=drawing))) == noticed
