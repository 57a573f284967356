"""Charts as PowerPoint's own: drawn by PowerPoint from a data sheet inside the file, so that they can be edited."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, ChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Length, Pt

from charts.export.inert import inert
from charts.export.powerpoint.native_axes import INK, MOST_LABELS, NUMBER, TEXT_POINTS, style_axes, value_limits
from charts.export.powerpoint.series import Plotted, Series
from charts.kit.words import number, signed

LABEL_POINTS = 16
_LABEL_SHARE = 0.07
"""Share of the height of a chart that a label takes."""

_DASHES = {"solid": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT}
_MARKERS = {
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "cross": XL_MARKER_STYLE.X,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.TRIANGLE,
}
_FEW_POINTS = 5
"""Points of a cloud that are singled out, and drawn larger."""
_TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "dots": XL_CHART_TYPE.LINE_MARKERS,
    "scatter": XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
}
_BARS = {
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
}
"""Horizontal, stacked -> type."""

_GROUND = (
    "<c:spPr xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:solidFill><a:srgbClr val='FFFFFF'>"
    "<a:alpha val='75000'/></a:srgbClr></a:solidFill></c:spPr>"
)

_SIGNED = "+0.0;\N{MINUS SIGN}0.0;0.0"


def add_native_chart(shapes: Any, plotted: Plotted, *, left: Length, top: Length, width: Length, height: Length) -> Any:
    """Draw a chart in a slide (among its shapes) and return its graphic frame."""
    plotted = _upside_down(plotted) if plotted.horizontal and plotted.reversed_categories else plotted
    series = [*plotted.series, *_references(plotted)]
    kind = _TYPES.get(plotted.kind) or _BARS[plotted.horizontal, plotted.stacked]
    frame = shapes.add_chart(kind, left, top, width, height, _data(plotted, series))
    chart = frame.chart
    chart.has_title = False
    chart.font.size = Pt(TEXT_POINTS)
    chart.font.color.rgb = INK
    style_axes(chart, plotted)
    for drawn, one in zip(chart.plots[0].series, series, strict=True):
        _style(drawn, one, plotted)
        _intervals(drawn, one, plotted)
    _legend(chart, series)
    if plotted.kind == "bar":
        _bar_labels(chart.plots[0], plotted)
    elif plotted.kind == "line":
        # a line through two far-off points is drawn straight across the periods between them
        blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
        blanks.set("val", "span")
    if plotted.kind == "dots" and len(plotted.series) > 1:
        _join_dots(chart)
    return frame


def _upside_down(plotted: Plotted) -> Plotted:
    """The chart with its rows in the other order, since PowerPoint stacks bars from the bottom up."""
    series = tuple(
        replace(one, values=one.values[::-1], colours=one.colours[::-1], above=one.above[::-1], below=one.below[::-1])
        for one in plotted.series
    )
    return replace(plotted, categories=plotted.categories[::-1], series=series)


def _data(plotted: Plotted, series: Sequence[Series]) -> ChartData:
    if plotted.kind == "scatter":
        points = XyChartData(number_format="General")
        for one in series:
            added = points.add_series(inert(one.name))
            for x, y in zip(one.x, one.values, strict=True):
                if y is not None:
                    added.add_data_point(x, y)
        return points
    data = CategoryChartData(number_format="General")
    data.categories = [inert(name) for name in plotted.categories]
    for one in series:
        data.add_series(inert(one.name), one.values)
    return data


def _references(plotted: Plotted) -> list[Series]:
    """Each straight line across the plot as a series, since PowerPoint has no other."""
    xs = [x for one in plotted.series for x in one.x]
    return [
        Series(
            name=name,
            values=(value, value) if xs else (value,) * len(plotted.categories),
            x=(min(xs), max(xs)) if xs else (),
            colour="00735C",
            dash="dash",
        )
        for name, value in plotted.reference_lines
    ]


def _style(drawn: Any, one: Series, plotted: Plotted) -> None:
    if plotted.kind == "bar":
        if one.colour:
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = RGBColor.from_string(one.colour)
        for i, colour in enumerate(one.colours):
            drawn.points[i].format.fill.solid()
            drawn.points[i].format.fill.fore_color.rgb = RGBColor.from_string(colour)
        drawn.invert_if_negative = False
        return
    drawn.smooth = False
    colour = RGBColor.from_string(one.colour or "595959")
    if one.line:
        drawn.format.line.color.rgb = colour
        drawn.format.line.width = Pt(0.75 * one.width + (0 if one.limit else 0.5))
        drawn.format.line.dash_style = _DASHES.get(one.dash, MSO_LINE.DASH)
    else:
        drawn.format.line.fill.background()
    if not one.marker:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        if plotted.kind == "line" and not one.limit and one in plotted.series:
            _label_points(drawn, one, plotted)
        return
    drawn.marker.style = _MARKERS.get(one.marker.removesuffix("-open"), XL_MARKER_STYLE.CIRCLE)
    small = one.line or (plotted.kind == "scatter" and len(one.values) > _FEW_POINTS)
    drawn.marker.size = 7 if small else 14
    _paint(drawn.marker, colour, one, plotted)
    for i, own in enumerate(one.colours):
        point = drawn.points[i]
        point.marker.style, point.marker.size = drawn.marker.style, drawn.marker.size
        _paint(point.marker, RGBColor.from_string(own), one, plotted)
    _label_points(drawn, one, plotted)


def _paint(marker: Any, colour: RGBColor, one: Series, plotted: Plotted) -> None:
    marker.format.line.color.rgb = colour
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour
    if one.marker.endswith("-open") and plotted.kind != "scatter":
        # a tint rather than white: some programs draw markers without their outline
        marker.format.fill.fore_color.rgb = RGBColor(*(round(0.35 * part + 0.65 * 255) for part in colour))
        marker.format.line.width = Pt(2.25)


def _label_points(drawn: Any, one: Series, plotted: Plotted) -> None:
    """Write the value beside the last point of a line, and beside every dot where they are few."""
    for i, name in enumerate(one.names):
        if name:
            _write_beside(drawn.points[i], name, one, XL_LABEL_POSITION.ABOVE)
    known = [i for i, value in enumerate(one.values) if value is not None]
    if plotted.kind == "line":
        known = [i for i in known[-1:] if not _is_said(i, one, plotted)]
    elif plotted.kind != "dots" or len(known) > 12:
        return
    later = plotted.series[plotted.series.index(one) + 1 :]
    if plotted.kind == "dots":
        low, high, _ = value_limits(plotted)
        room = _LABEL_SHARE * (high - low)
        known = [i for i in known if all(_apart(one.values[i], other.values[i], room) for other in later)]
    drawn_values = [abs(value) for other in plotted.series for value in other.values if value is not None]
    decimals = 2 if max(drawn_values) < 1 else 1
    said = signed if value_limits(plotted)[0] < 0 else number
    for i in known:
        value = said(one.values[i] or 0.0, decimals)
        side = _free_side(i, one, plotted) if plotted.kind == "line" else XL_LABEL_POSITION.RIGHT
        _write_beside(drawn.points[i], value, one, side)


def _apart(value: float | None, other: float | None, room: float) -> bool:
    return value is None or other is None or abs(value - other) >= room


def _write_beside(point: Any, text: str, one: Series, side: Any) -> None:
    label = point.data_label
    frame = label.text_frame
    frame.text = text
    frame.paragraphs[0].font.size = Pt(LABEL_POINTS)
    frame.paragraphs[0].font.bold = True
    if one.colour:
        frame.paragraphs[0].font.color.rgb = RGBColor.from_string(one.colour)
    label.position = side
    # on a ground of its own, since other points may lie behind it
    label._dLbl.find(qn("c:tx")).addnext(etree.fromstring(_GROUND))


def _is_said(i: int, one: Series, plotted: Plotted) -> bool:
    """Whether the value at a place is written already, beside a line that ends in the same point."""
    before = plotted.series[: plotted.series.index(one)]
    ends = (other.values[i] for other in before if not other.limit and all(v is None for v in other.values[i + 1 :]))
    return any(value is not None and number(value) == number(one.values[i] or 0.0) for value in ends)


def _free_side(i: int, one: Series, plotted: Plotted) -> Any:
    """Above, or below where another line passes closely above."""
    low, high, _ = value_limits(plotted)
    value = one.values[i] or 0.0
    others = [other.values[i] for other in plotted.series if other is not one and not other.limit]
    crowded = any(other is not None and 0 < other - value < 0.15 * (high - low) for other in others)
    return XL_LABEL_POSITION.BELOW if crowded else XL_LABEL_POSITION.ABOVE


def _bar_labels(plot: Any, plotted: Plotted) -> None:
    plot.gap_width = 50
    if plotted.stacked and not plotted.horizontal and len(plotted.categories) > MOST_LABELS:
        return
    plot.has_data_labels = True
    labels = plot.data_labels
    values = [value for one in plotted.series for value in one.values if value is not None]
    decimals = "0.00" if all(abs(value) < 1 for value in values) else "0.0"
    form = _SIGNED if any(value < 0 for value in values) else NUMBER
    labels.number_format, labels.number_format_is_linked = form.replace("0.0", decimals), False
    labels.font.size = Pt(LABEL_POINTS)
    labels.font.bold = True
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.CENTER if plotted.stacked else XL_LABEL_POSITION.OUTSIDE_END
    if plotted.stacked:
        for drawn, one in zip(plot.series, plotted.series, strict=True):
            own = drawn.data_labels
            own.number_format, own.number_format_is_linked = labels.number_format, False
            own.font.size, own.font.bold, own.show_value = Pt(LABEL_POINTS), True, True
            own.font.color.rgb = RGBColor(255, 255, 255) if _is_dark(one.colour) else INK


def _is_dark(colour: str) -> bool:
    """Whether white letters can be read on a colour better than black ones."""
    red, green, blue = RGBColor.from_string(colour or "595959")
    return bool(0.299 * red + 0.587 * green + 0.114 * blue < 140)


def _legend(chart: Any, series: Sequence[Series]) -> None:
    """Name the series below the chart, each name once, without the limits of intervals, which the note under it explains."""
    named_on_axis = all(sum(value is not None for value in one.values) == 1 for one in series)
    unnamed = [i for i, one in enumerate(series) if one.limit or one.name in {other.name for other in series[:i]}]
    if len(series) - len(unnamed) < 2 or named_on_axis:
        chart.has_legend = False
        return
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(TEXT_POINTS)
    after = chart.legend._element.find(qn("c:legendPos"))
    for i in reversed(unnamed):
        hidden = etree.fromstring(
            f'<c:legendEntry xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:idx val="{i}"/>'
            '<c:delete val="1"/></c:legendEntry>'
        )
        after.addnext(hidden)


def _intervals(drawn: Any, one: Series, plotted: Plotted) -> None:
    """Draw intervals as error bars that carry their own lengths."""
    if not one.above:
        return
    lengths = [
        (above, below)
        for value, above, below in zip(one.values, one.above, one.below, strict=True)
        if plotted.kind != "scatter" or value is not None
    ]
    parts = "".join(
        f"<c:{side}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val='{len(lengths)}'/>"
        + "".join(f"<c:pt idx='{i}'><c:v>{pair[k]!r}</c:v></c:pt>" for i, pair in enumerate(lengths))
        + f"</c:numLit></c:{side}>"
        for k, side in enumerate(("plus", "minus"))
    )
    direction = "" if plotted.kind == "bar" else "<c:errDir val='y'/>"
    width = 12700 if len(lengths) > 30 else 31750
    bars = etree.fromstring(
        "<c:errBars xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
        f"xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>{direction}<c:errBarType val='both'/>"
        f"<c:errValType val='cust'/><c:noEndCap val='{int(len(lengths) > 30)}'/>{parts}<c:spPr><a:ln w='{width}'>"
        f"<a:solidFill><a:srgbClr val='{one.colour or '595959'}'/></a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    element = drawn._element
    before = next(element.iterchildren(qn("c:cat"), qn("c:xVal"), qn("c:val"), qn("c:yVal")))
    before.addprevious(bars)


def _join_dots(chart: Any) -> None:
    """Join the dots of each row with a line from lowest to highest."""
    plot = chart.plots[0]._element
    lines = etree.fromstring(
        "<c:hiLowLines xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><c:spPr><a:ln w='28575'><a:solidFill>"
        "<a:srgbClr val='595959'/></a:solidFill></a:ln></c:spPr></c:hiLowLines>"
    )
    plot.find(qn("c:marker")).addprevious(lines)
