"""What every chart of the catalogue draws stands in its table; its description tells finding, range and period."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from inspect import getsource
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from charts_told import numbers_of

import charts
from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.theme import REVISION
from pipeline.processed import Tables

HARTLEPOOL, NORTH_EAST = "E06000001", "E12000001"
CLOSE = 0.011
"""Tables round to two decimals, figures to three."""


@cache
def drawn(chart_id: str) -> Chart:
    place = NORTH_EAST if chart_id.startswith("inside") else HARTLEPOOL
    return CATALOGUE[chart_id].chart(Tables.open(), View(place=place))


def points_of(figure: go.Figure) -> Iterator[tuple[str, float]]:
    """Return the name and the value of every point that a reader can point at."""
    for trace in figure.data:
        if getattr(trace, "fill", None) or trace.hoverinfo == "skip" or trace.type == "scattergeo":
            continue
        if trace.type == "choropleth":
            yield from zip(trace.locations, trace.z, strict=True) if trace.z[0] != 0 else ()
            continue
        if trace.type == "heatmap":
            yield from (
                (text, z)
                for said, row in zip(trace.text, trace.z, strict=True)
                for text, z in zip(said, row, strict=True)
                if z is not None
            )
            continue
        across = figure.layout.yaxis.visible is False or trace.orientation == "h" or isinstance(trace.y[0], str)
        values, places = (trace.x, trace.y) if across else (trace.y, trace.x)
        if trace.type == "bar" and trace.base is not None:  # a bar of ranks covers half a rank more at either end
            yield from ((str(places[0]), trace.base[0] + 0.5), (str(places[0]), trace.base[0] + values[0] - 0.5))
            continue
        if trace.marker.opacity == 0:  # a line between two ranks, whose middle is not marked
            spread, [middle], [place] = trace.error_x, trace.x, trace.y
            yield from ((str(place), middle - spread.arrayminus[0]), (str(place), middle + spread.array[0]))
            continue
        names = trace.customdata if trace.customdata is not None else places
        for name, place, value in zip(names, places, values, strict=True):
            if value is not None and not pd.isna(value):
                yield name_of(name, place), float(value)


def name_of(name: Any, place: Any) -> str:
    """Return what a point is called: by its own words, else by the place where it stands; "" where that is a number."""
    first = name if isinstance(name, str) else name[0] if isinstance(name, list | tuple | np.ndarray) else place
    return first if isinstance(first, str) else ""


def strays(chart: Chart, *, moved_by: float = 0.0) -> list[tuple[str, float]]:
    """Return the drawn values that do not stand in the table: in the rows of their name, where there are any."""
    rows = [({str(cell) for cell in row}, numbers_of(row)) for _, row in chart.table.iterrows()]
    found = []
    for name, value in points_of(chart.figure):
        of_name = [numbers for cells, numbers in rows if name in cells] or [numbers for _, numbers in rows]
        if not any(abs(number - value - moved_by) <= CLOSE for numbers in of_name for number in numbers):
            found.append((name, value))
    return found


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_every_value_that_is_drawn_stands_in_the_table(chart_id: str) -> None:
    assert list(points_of(drawn(chart_id).figure))
    assert strays(drawn(chart_id)) == []


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_a_value_that_is_drawn_in_the_wrong_place_would_be_noticed(chart_id: str) -> None:
    assert strays(drawn(chart_id), moved_by=0.37)


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_every_description_tells_finding_range_and_period_and_is_not_the_title(chart_id: str) -> None:
    title, alt = drawn(chart_id).title, drawn(chart_id).alt
    assert title not in alt
    assert alt.endswith(".")
    assert re.search(r"\b20\d\d\b", alt), "a description without a period"
    values = set(re.findall(r"\d+\.\d+|\b\d{1,3}\b", re.sub(r"\b20\d\d\b(/\d\d)?", "", alt)))
    assert len(values) >= 2, "a description without a range"
    names = [name for name in re.findall(r"[A-Z][a-z]+", title)[1:] if name in alt]
    numbers = [number for number in re.findall(r"\d+\.?\d*", title) if number in alt]
    blocks = [name for name in drawn(chart_id).table.iloc[:, 0].astype(str) if name.lower() in title.lower()]
    assert names or numbers or blocks, "a description that does not tell the finding"


def makers_of_charts() -> Iterator[str]:
    """Ids named by the modules that draw charts."""
    for room in ("gap", "promise", "map", "deprivation", "place", "levers", "england"):
        for found in pkgutil.iter_modules([str(Path(charts.__path__[0], room))]):
            module = importlib.import_module(f"charts.{room}.{found.name}")
            draws = any("-> Chart:" in line for line in getsource(module).splitlines())
            named = re.match(r"Charts? `([a-z-]+)`(?: and `([a-z-]+)`)?", module.__doc__ or "")
            assert draws or not named, f"{module.__name__} draws nothing"
            if named:
                yield from filter(None, named.groups())


def test_every_chart_is_found_by_its_id_in_the_module_that_draws_it_and_in_the_catalogue() -> None:
    assert set(makers_of_charts()) == set(CATALOGUE)


@pytest.mark.parametrize("chart_id", CATALOGUE)
def test_a_second_drawing_of_the_same_figure_finds_nothing_new(chart_id: str) -> None:
    """plotly.js takes packed arrays and templates for new each time, and without a revision every list as well."""
    figure = drawn(chart_id).figure
    assert figure.layout.datarevision == REVISION
    assert '"bdata"' not in figure.to_json()
    assert "template" not in figure.to_plotly_json()["layout"]
