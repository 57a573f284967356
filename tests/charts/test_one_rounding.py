"""Titles, labels, native charts and tables state one number in one way: 77.05 is not 77.0 here and 77.1 there."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import cycle
from typing import Any

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
        said += map(number, beside_points(trace))
    for text in said:
        yield from ONE_DECIMAL.findall(re.sub(r"<[^>]+>", " ", text))


def beside_points(trace: Mapping[str, Any]) -> list[float]:
    """The values that PowerPoint writes beside points: of each name, and at the end of a line of periods."""
    x, y = list(trace.get("x") or ()), list(trace.get("y") or ())
    if trace.get("fill") is not None or len(x) != len(y) or not x:
        return []
    periods = trace.get("customdata")
    if isinstance(x[0], str):
        values = y
    elif isinstance(y[0], str):
        values = x
    else:
        values = y[-1:] if isinstance(periods, list) and isinstance(periods[-1], str) else []
    return [value for value in values if isinstance(value, float) and not math.isnan(value)]


def halves(chart: Chart) -> dict[float, bool]:
    """Each number of the table -> whether it has two decimals of which the last is 5."""
    cells = {round(abs(value), 4) for row in chart.table.itertuples(index=False) for value in numbers_of(row)}
    return {value: round(value * 100) % 10 == 5 for value in cells}


def told_two_ways(chart: Chart, cells: Mapping[float, bool]) -> list[tuple[float, list[float]]]:
    """The numbers of the table that are stated as two different ones, neither of which is another number's."""
    said = {float(text) for text in stated(chart)}
    found = []
    for cell in (cell for cell, half in cells.items() if half):  # of others there is only one rounding
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
    count = could_be = 0
    wrong = []
    for chart in drawn():
        cells = halves(chart)
        wrong += [(chart.title, found) for found in told_two_ways(chart, cells)]
        count, could_be = count + 1, could_be + any(cells.values())
    assert wrong == []
    assert count > 450
    assert could_be > 100  # charts on which it could have happened


@pytest.mark.parametrize(("title", "noticed"), [("77.0 years of life", True), ("77.1 years of life", False)])
def test_a_title_that_rounds_otherwise_than_its_label_would_be_noticed(title: str, noticed: bool) -> None:
    chart = CATALOGUE["place-le"].chart(tables(), View(place="E06000001"))
    table = chart.table.iloc[:0].reindex([0]).assign(**{"Life expectancy (years)": 77.05})
    drawing = replace(chart.drawing, traces=[{"type": "scatter", "x": [1.5], "y": [77.05]}])
    drawing = drawing.with_layout(annotations=[{"text": "Hartlepool <b>77.1</b>"}])
    made = replace(chart, title=title, table=table, drawing=drawing)
    assert bool(told_two_ways(made, halves(made))) == noticed
