"""The axes of a native chart: limits in round numbers, labels that can be read, quiet lines."""

from itertools import zip_longest
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_AXIS_CROSSES, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from charts.export.powerpoint.series import Plotted

TEXT_POINTS, DENSE_POINTS = 14, 12
MOST_LABELS = 7
INK, GRID = RGBColor(0x1B, 0x1B, 0x1B), RGBColor(0xE3, 0xE3, 0xE3)
NUMBER = "0.0;\N{MINUS SIGN}0.0;0.0"


def style_axes(chart: Any, plotted: Plotted) -> None:
    """Give both axes their titles, limits, number format, and as many labels as can be read."""
    values, labels = chart.value_axis, chart.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = GRID
    values.format.line.fill.background()
    labels.has_major_gridlines = False
    labels.format.line.color.rgb = GRID
    labels.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for axis, title in ((values, plotted.value_title), (labels, plotted.category_title)):
        axis.tick_labels.font.size = Pt(TEXT_POINTS)
        axis.has_title = bool(title)
        if title:
            axis.axis_title.text_frame.text = title
            axis.axis_title.text_frame.paragraphs[0].font.size = Pt(TEXT_POINTS)
            axis.axis_title.text_frame.paragraphs[0].font.bold = False
    low, high, step = value_limits(plotted)
    values.minimum_scale, values.maximum_scale = low, high
    whole = "0;\N{MINUS SIGN}0;0" if step >= 1 else NUMBER
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = whole, False
    if plotted.kind == "scatter":
        _style_numbers(labels, plotted)
    if plotted.categories:
        _label_every(labels, _step(len(plotted.categories)) if plotted.kind == "line" else 1)
        _keep_upright(labels)
        if len(plotted.categories) > (2 * MOST_LABELS if plotted.kind == "line" else MOST_LABELS):
            labels.tick_labels.font.size = Pt(DENSE_POINTS)


def _style_numbers(axis: Any, plotted: Plotted) -> None:
    """Let the level axis of a cloud begin and end just outside its points, turned round where the chart's is."""
    across = [x for one in plotted.series for x in one.x]
    axis.minimum_scale, axis.maximum_scale, _ = _round_limits(min(across), max(across))
    if plotted.reversed_categories:
        axis.reverse_order = True
        axis.crosses = XL_AXIS_CROSSES.MAXIMUM


def _step(count: int) -> int:
    """Every how many periods one is named, so that names stand upright; the last one too where that divides."""
    steps = [step for step in range(1, count + 1) if (count - 1) / step <= MOST_LABELS]
    return next((step for step in steps[:4] if (count - 1) % step == 0), steps[0])


def _label_every(axis: Any, step: int) -> None:
    before = axis._element.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        before.addprevious(axis._element.makeelement(qn(tag), {"val": str(step)}))


def _keep_upright(axis: Any) -> None:
    """Forbid slanted names, which some programs choose by themselves where names are many; those leave some out instead."""
    axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")


def value_limits(plotted: Plotted) -> tuple[float, float, float]:
    """Round limits of the value axis and their step: the page's where it sets them, else just outside the figures."""
    if plotted.value_range:
        low, high = plotted.value_range
    else:
        reach = [
            value + step
            for one in plotted.series
            for value, above, below in zip_longest(one.values, one.above, one.below, fillvalue=0.0)
            if value is not None
            for step in (above or 0.0, -(below or 0.0))
        ]
        low, high = min(reach), max(reach)
        if plotted.stacked:
            high = max(
                sum(value or 0.0 for value in values)
                for values in zip(*(s.values for s in plotted.series), strict=True)
            )
        # dots are read by their distance from zero as on the page; lines from each other
        low = min(low, 0.0) if plotted.kind in {"dots", "bar"} else low
    return _round_limits(low, high)


def _round_limits(low: float, high: float) -> tuple[float, float, float]:
    step = next(step for step in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if (high - low) / step <= 10)
    return step * (low // step), step * -(-high // step), step
