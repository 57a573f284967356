"""Charts that PowerPoint draws itself hold the same numbers as the charts and tables on the screen."""

import io

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from charts_told import numbers_of
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.view import View
from charts.export.powerpoint.deck import Slide, deck, needs_picture
from charts.export.powerpoint.native import add_native_chart
from charts.export.powerpoint.series import plotted
from charts.kit.chart import Chart
from charts.kit.words import number
from pipeline.processed import Tables

NATIVE = ("gap-path", "both-ends", "poor-end-paces", "definitions", "pace-gauge")

PLACE, WITH_AUTHORITIES = "E06000001", "E47000006"

PICTURES = {
    "map",
    "floor",
    "lasting",
    "place-ranks",
    "forecast-record",
    "lever-gaps",
    "lever-associations",
    "lever-departments",
    "local-action",
    "better-than-predicted",
    "lever-weakest",
    "vertical-line",
    "inside",
    "inside-over-time",
    "ages-lost",
    "early-signs",
    "place-early-signs",
    "shortfall",
    "promises",
    "readings",
    "verdict-history",
}


@pytest.fixture(scope="module")
def presentation(tables: Tables) -> dict[str, object]:
    """Chart id -> the native chart of women, read back from a saved file."""
    slides = [Slide(shot=Shot(entry=CATALOGUE[name], view=View()), chart=chart(tables, name)) for name in NATIVE]
    saved = Presentation(io.BytesIO(deck(slides)))
    found = {}
    for name, slide in zip(NATIVE, saved.slides, strict=False):
        (found[name],) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return found


def chart(tables: Tables, name: str) -> Chart:
    return CATALOGUE[name].chart(tables, View())


def drawn(native) -> dict[str, dict[str, float]]:
    """Return series name -> category -> value, gaps left out."""
    categories = [str(category) for category in native.plots[0].categories]
    return {
        series.name: {name: value for name, value in zip(categories, series.values, strict=False) if value is not None}
        for series in native.plots[0].series
    }


def column(table: pd.DataFrame, key: str, name: str) -> dict[str, float]:
    return table.set_index(key)[name].dropna().to_dict()


def test_the_gap_its_interval_its_path_and_its_forecast_are_those_of_the_table(tables, presentation) -> None:
    table, series = chart(tables, "gap-path").table, drawn(presentation["gap-path"])
    for name, heading in (
        ("Gap", "Gap (years)"),
        ("Path from the baseline", "Path from the baseline (years)"),
        ("Needed from here", "Needed from here (years)"),
        ("95% interval, lower limit", "Lower 95% limit"),
        ("95% interval, upper limit", "Upper 95% limit"),
        ("Forecast", "Forecast (years)"),
    ):
        expected = column(table, "Period", heading)
        found = {period: value for period, value in series[name].items() if period in expected}
        assert found == pytest.approx(expected, abs=0.006), name
        assert len(found) == len(expected)


def test_both_ends_and_their_limits_are_those_of_the_table(tables, presentation) -> None:
    table, series = chart(tables, "both-ends").table, drawn(presentation["both-ends"])
    for end in ("London", "North East"):
        assert series[end] == pytest.approx(column(table, "Period", f"{end}, years"), abs=0.006)
        for side in ("lower", "upper"):
            expected = column(table, "Period", f"{end}, {side} 95% limit")
            assert series[f"{end}, 95% interval, {side} limit"] == pytest.approx(expected, abs=0.006)


def test_bars_are_those_of_the_table(tables, presentation) -> None:
    table = chart(tables, "poor-end-paces").table
    (bars,) = drawn(presentation["poor-end-paces"]).values()
    expected = column(table, "Rise", "Years per year")
    assert bars == pytest.approx(expected, abs=0.006)


def test_dots_are_those_of_the_table(tables, presentation) -> None:
    table, series = chart(tables, "definitions").table, drawn(presentation["definitions"])
    for name, heading in (
        ("Change", "Change along the trend (years)"),
        ("Change, as published", "Change as published (years)"),
    ):
        assert list(series[name].values()) == pytest.approx(list(table[heading].dropna()), abs=0.006)


def test_an_interval_of_a_dot_is_drawn_as_long_as_in_the_table(tables, presentation) -> None:
    table = chart(tables, "pace-gauge").table
    (observed,) = [one for one in presentation["pace-gauge"].plots[0].series if one.name == "Observed"]
    lengths = [
        float(value.text)
        for value in observed._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}v")
        if value.getparent().getparent().getparent().tag.endswith(("plus", "minus"))
    ]
    low, high = (
        float(part.replace("\N{MINUS SIGN}", "-"))
        for part in column(table, "Pace", "95% interval")["Observed"].split(" to ")
    )
    assert max(lengths) * 2 == pytest.approx(high - low, abs=0.02)


def test_every_native_chart_of_the_catalogue_holds_numbers_of_its_table_and_no_others(tables) -> None:
    views = [Shot(entry=one, view=View(place=PLACE)) for name, one in CATALOGUE.items() if name not in PICTURES]
    slides = [Slide(shot=shot, chart=shot.chart(tables)) for shot in views]
    saved = Presentation(io.BytesIO(deck(slides)))
    kinds = set()
    for one, slide in zip(slides, saved.slides, strict=False):
        (native,) = [shape.chart for shape in slide.shapes if shape.has_chart]
        kinds.add(native.chart_type)
        of_table = np.array([number for _, row in one.chart.table.iterrows() for number in numbers_of(row)])
        lines_across = {name for name, _ in plotted(one.chart.figure).reference_lines}
        held = [
            value
            for series in native.plots[0].series
            if not series.name.endswith(" limit") and series.name not in lines_across
            for value in series.values
            if value is not None
        ]
        assert held, one.chart.id
        far = [value for value in held if np.abs(of_table - value).min() > 0.011]
        assert far == [], one.chart.id
    assert len(kinds) >= 4  # lines, bars lying, bars stacked, scatter


def test_the_data_sheet_inside_the_file_holds_the_same_numbers(presentation) -> None:
    native = presentation["gap-path"]
    sheet = load_workbook(io.BytesIO(native.part.chart_workbook.xlsx_part.blob)).active
    rows = list(sheet.iter_rows(values_only=True))
    names = list(rows[0][1:])
    inside = {name: {row[0]: row[i + 1] for row in rows[1:] if row[i + 1] is not None} for i, name in enumerate(names)}
    assert inside == drawn(native)


def test_time_keeps_its_scale_on_a_native_line_chart(presentation) -> None:
    starts = [int(str(category)[:4]) for category in presentation["gap-path"].plots[0].categories]
    assert starts == list(range(starts[0], starts[-1] + 1))


@pytest.mark.parametrize("name", CATALOGUE)
def test_maps_areas_and_lists_with_words_above_their_rows_are_pictures_and_the_rest_is_native(
    tables: Tables, name: str
) -> None:
    place = WITH_AUTHORITIES if name.startswith("inside") else PLACE
    drawn_chart = CATALOGUE[name].chart(tables, View(place=place))
    assert needs_picture(drawn_chart) == (name in PICTURES)


def test_several_panels_are_left_to_a_picture() -> None:
    figure = go.Figure([go.Scatter(x=[1, 2], y=[1, 2]), go.Scatter(x=[1, 2], y=[1, 2], xaxis="x2", yaxis="y2")])
    assert plotted(figure) is None


def test_points_with_numbers_on_both_axes_become_a_scatter_chart_with_its_reference_line() -> None:
    figure = go.Figure(go.Scatter(x=[1.0, 2.0], y=[60.0, 61.0], mode="markers", name="Authorities"))
    figure.add_hline(y=60.5)
    figure.add_annotation(x=1, y=60.5, text="<b>60.5</b> floor")
    found = plotted(figure)
    assert found is not None
    assert found.kind == "scatter"
    assert found.series[0].x == (1.0, 2.0)
    assert found.series[0].values == (60.0, 61.0)
    assert found.reference_lines == (("60.5 floor", 60.5),)


def test_a_cloud_keeps_its_direction_and_the_name_of_its_chosen_point(tables: Tables) -> None:
    shot = Shot(entry=CATALOGUE["against-deprivation"], view=View(place=PLACE))
    (slide, *_) = Presentation(io.BytesIO(deck([Slide(shot=shot, chart=shot.chart(tables))]))).slides
    (native,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert native.category_axis.reverse_order  # the arrow on the axis points to the more deprived, on the left
    (chosen,) = [one for one in native.plots[0].series if one.name == "Chosen place"]
    assert chosen.points[0].data_label.text_frame.text.startswith("Hartlepool")


def test_a_label_is_rounded_as_a_title_is() -> None:
    figure = go.Figure(go.Scatter(x=["2013 to 2015", "2014 to 2016"], y=[77.05, 76.15], mode="markers", name="Hull"))
    native = add_native_chart(blank_slide().shapes, plotted(figure), left=0, top=0, width=Inches(9), height=Inches(5))
    said = [native.chart.plots[0].series[0].points[i].data_label.text_frame.text for i in range(2)]
    assert said == [number(77.05), number(76.15)] == ["77.1", "76.2"]


def blank_slide():
    presentation = Presentation()
    return presentation.slides.add_slide(presentation.slide_layouts[6])


def test_a_missing_value_stays_a_gap() -> None:
    figure = go.Figure(go.Scatter(x=["a", "b", "c"], y=[1.0, np.nan, 3.0], name="n"))
    found = plotted(figure)
    assert found is not None
    assert found.series[0].values == (1.0, None, 3.0)


def test_two_shaded_bands_under_one_name_are_told_apart_by_their_width() -> None:
    figure = go.Figure()
    for half in (2.0, 1.0):
        figure.add_trace(
            go.Scatter(
                x=[1, 2, 2, 1], y=[5 + half, 5 + half, 5 - half, 5 - half], fill="toself", name="Forecast, 80% and 95%"
            )
        )
    figure.add_trace(go.Scatter(x=[1, 2], y=[5, 5], name="Forecast", mode="lines"))
    found = plotted(figure)
    assert found is not None
    upper = {one.name: one.values[0] for one in found.series if one.name.endswith("upper limit")}
    assert upper == {"Forecast, 95% interval, upper limit": 7.0, "Forecast, 80% interval, upper limit": 6.0}
