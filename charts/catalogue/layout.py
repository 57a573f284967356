"""What a chart becomes that shares a printed page with others."""

from dataclasses import replace

from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.palette import Palette


def compact(chart: Chart, *, height: int) -> Chart:
    """Return the chart with this height in pixels, and without its caveats."""
    return replace(chart, drawing=chart.drawing.with_layout(height=height), caveats=())


def labels_outside(chart: Chart, palette: Palette) -> Chart:
    """Return a bar chart with its labels beside the bars, which are too small to hold them."""
    letters = {"size": 15, "color": palette.ink}
    traces = [
        {**trace, "textposition": "outside", "textfont": {**trace.get("textfont", {}), **letters}}
        for trace in chart.drawing.traces
    ]
    return replace(chart, drawing=Drawing(traces, chart.drawing.layout))
