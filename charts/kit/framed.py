"""A chart made ready for a slide, a square or a printed page: title, subtitle, settings, interval note and source on it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.label_room import (
    GAP,
    LINE,
    axis_height,
    categories,
    has_legend,
    is_map,
    label_width,
    legend_height,
    overhang,
)
from charts.kit.media import WIDE, Medium
from charts.kit.textwidth import balanced, wrapped

FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
"""Faces that the viewer's machine has: a picture cannot carry a web font, and letters measured in one face but drawn in
another overlap."""


_MANY_ROWS, _TALL, _NARROWEST_PLOT = 9, 470, 290
"""From how many rows on (or from which height, where the names stand in the plot) a chart is a long list; and the
narrowest plot that one may be given."""

_ROOMIER = 1.2
"""How much larger, in the chart's own pixels, a long list is drawn where words cannot stand beside it."""

_WIDTHS_OF_SMALLEST_TYPE = 80
"""How many sizes of the smallest type make the width of a picture: 12 points on a slide 13.33 inches wide."""

_SCREEN_AXIS = 60
"""Height that axis labels and margins take on the screen."""

_WORDS_BESIDE, _MAP_FROM = 0.42, 0.38
"""Shares of the width: how far words run beside a map, and where its ground begins (England leans to the right)."""

_LEGEND_BY_THE_PLOT = 1.03
"""How far up a legend just above the plot stands at most, as a share of the plot's height."""

_USUAL_TOP = 16
"""Top margin that charts have anyway; one that has more needs the rest for words above its plot area."""


_LEGEND_LINE = 1.36
"""Height of a row of a legend against its letters."""

_LETTERS_ON_MAP = 0.79
"""Letters on a map against those on the screen, where the map is larger."""

_SMALLEST_TICKS = 15
"""Type of the numbers of an axis; a phone may have smaller ones, a slide is read from the back of a room."""

_X_AXIS, _GEO = re.compile(r"xaxis\d*"), re.compile(r"geo\d*")


def framed(chart: Chart, medium: Medium = WIDE) -> go.Figure:
    """`framed_drawing` as a new figure of plotly's, which may be changed.

    Raises:
        ValueError: plotly does not know a property of the drawing, or its value is of the wrong kind.
    """
    return framed_drawing(chart, medium).figure()


def framed_drawing(chart: Chart, medium: Medium = WIDE) -> Drawing:
    """The drawing in the shape of a medium with everything that belongs to the chart written on it.

    The drawing's own width and height, in pixels, may be larger than the medium's, for a long list; `scale_of` says by
    how much to multiply them.

    The words hang on the upper right corner of the plot area, since its left and lower edges move when plotly.js makes
    room for axis labels.
    """
    drawing = _with_readable_ticks(chart.drawing)
    beside = medium.map_beside_text and (is_map(drawing) or (is_long(drawing) and _leaves_room(drawing, medium)))
    if is_long(drawing) and not beside:
        medium = _roomier(medium)
    room = _WORDS_BESIDE * medium.width if beside else medium.width - 2 * medium.margin
    title = balanced(chart.title, room, medium.title_size, bold=True)
    subtitle = wrapped(chart.subtitle, room, medium.subtitle_size)
    foot = [line for text in foot_texts(chart) for line in wrapped(text, room, medium.foot_size)]
    subtitle_top = medium.margin + len(title) * medium.title_size * LINE
    words_end = subtitle_top + len(subtitle) * medium.subtitle_size * LINE + GAP
    foot_top = medium.height - medium.margin - len(foot) * medium.foot_size * LINE - GAP
    margin = drawing.layout.get("margin", {})
    right = max(medium.margin, overhang(drawing), margin.get("r") or 0)
    drawing = _with_crowded_labels_joined(drawing, foot_top - words_end - _SCREEN_AXIS)
    left = medium.margin + label_width(drawing)
    if beside and is_map(drawing):
        top = bottom = float(medium.margin)
        drawing = _map_beside_words(drawing, medium, words_end, foot_top)
    else:
        if beside:
            left += _WORDS_BESIDE * medium.width + GAP
        plot_room = medium.width - left - right
        top = medium.margin if beside else words_end
        if _has_legend_at_the_top(drawing):
            below_words = {"yref": "container", "yanchor": "top", "y": 1 - top / medium.height}
            drawing = drawing.with_layout(legend={**drawing.layout["legend"], **below_words})
        words_above = 0 if _has_legend_by_the_plot(drawing) else (margin.get("t") or 0) - _USUAL_TOP
        top += max(legend_height(drawing, plot_room), words_above)
        bottom = (medium.margin if beside else medium.height - foot_top) + axis_height(drawing, plot_room)
        drawing = _with_slim_bars(drawing, medium.height - top - bottom)

    corner = (right + medium.margin - medium.width, top)
    return drawing.with_layout(
        width=medium.width,
        height=medium.height,
        autosize=False,
        font=_safe_font(drawing),
        margin={**margin, "l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        annotations=[
            *drawing.layout.get("annotations", ()),
            _words("title", [f"<b>{line}</b>" for line in title], medium.title_size, medium.margin, corner),
            _words("subtitle", subtitle, medium.subtitle_size, subtitle_top, corner),
            _words("foot", foot, medium.foot_size, medium.height - medium.margin, corner, anchor="bottom"),
        ],
        **_x_axes_in_given_margins(drawing.layout),
    )


def _has_legend_at_the_top(drawing: Drawing) -> bool:
    """Whether room for words is left between the legend and the plot."""
    legend = drawing.layout.get("legend", {})
    return has_legend(drawing) and (legend.get("yref") == "container" or (legend.get("y") or 0) > _LEGEND_BY_THE_PLOT)


def _has_legend_by_the_plot(drawing: Drawing) -> bool:
    return has_legend(drawing) and not _has_legend_at_the_top(drawing)


def _words(
    name: str, lines: Sequence[str], size: float, y: float, corner: tuple[float, float], *, anchor: str = "top"
) -> dict[str, Any]:
    """Lines of the picture's words, `y` below its upper edge, hung on the upper right corner of the plot area.

    `corner`: how far the words begin to the right of it, and how far it is below the upper edge; `anchor`: which end of the
    words is at `y`, "top" or "bottom".
    """
    xshift, top = corner
    return {
        "name": name,
        "text": "<br>".join(lines),
        "font": {"size": size, "family": FONT},
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": xshift,
        "y": 1,
        "yref": "paper",
        "yanchor": anchor,
        "yshift": top - y,
    }


def _with_readable_ticks(drawing: Drawing) -> Drawing:
    """Horizontal axes whose words are smaller, for a phone's sake, in the usual type."""
    small = {
        name: axis | {"tickfont": axis["tickfont"] | {"size": _SMALLEST_TICKS}}
        for name, axis in drawing.layout.items()
        if _X_AXIS.fullmatch(name) and (axis.get("tickfont", {}).get("size") or _SMALLEST_TICKS) < _SMALLEST_TICKS
    }
    return drawing.with_layout(**small) if small else drawing


def _x_axes_in_given_margins(layout: Mapping[str, Any]) -> dict[str, Any]:
    """The horizontal axes, told to keep to the margins of the picture."""
    axes = {"xaxis": {}} | {name: axis for name, axis in layout.items() if _X_AXIS.fullmatch(name)}
    return {
        name: axis | {"automargin": False, "title": axis.get("title", {}) | {"standoff": GAP}}
        for name, axis in axes.items()
    }


def scale_of(drawn: go.Figure | Drawing, medium: Medium) -> float:
    """What the lengths of a framed figure or drawing are multiplied by to give the pixels of the medium."""
    return float(medium.pixels[0] / drawn.layout["width"])


def is_long(drawing: Drawing) -> bool:
    """Whether a drawing is a list that needs all the height."""
    named_on_axis = len(categories(drawing, "y")) >= _MANY_ROWS
    hidden = drawing.layout.get("yaxis", {}).get("visible") is False
    named_in_plot = hidden and (drawing.layout.get("height") or 0) >= _TALL
    return not is_map(drawing) and (named_on_axis or named_in_plot)


def _roomier(medium: Medium) -> Medium:
    """The same shape with more of the chart's own pixels; a multiple of 16 keeps 16:9 and 4:3 exact."""
    width = 16 * round(_ROOMIER * medium.width / 16)
    foot_size = max(medium.foot_size, -(-width // _WIDTHS_OF_SMALLEST_TYPE))
    return replace(medium, width=width, height=width * medium.height // medium.width, foot_size=foot_size)


def _leaves_room(drawing: Drawing, medium: Medium) -> bool:
    """Whether a drawing can do with what words at its side leave of the width."""
    named = _with_crowded_labels_joined(drawing, medium.height - 2 * medium.margin - _SCREEN_AXIS)
    right: float = max(medium.margin, drawing.layout.get("margin", {}).get("r", 0))
    taken: float = medium.margin + right + _WORDS_BESIDE * medium.width + GAP + label_width(named)
    return medium.width - taken >= _NARROWEST_PLOT


def _with_crowded_labels_joined(drawing: Drawing, plot_height: float) -> Drawing:
    """Write names of rows in one line where, broken for a phone, less than half a line would be left between them."""
    axis = drawing.layout.get("yaxis", {})
    labels = [str(label) for label in axis.get("ticktext") or ()]
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    size = axis.get("tickfont", {}).get("size") or 15
    if lines == 1 or len(labels) * (lines + 0.5) * size * LINE <= plot_height:
        return drawing
    return drawing.with_layout(yaxis={**axis, "ticktext": [label.replace("<br>", " ") for label in labels]})


def _with_slim_bars(drawing: Drawing, plot_height: float) -> Drawing:
    """Keep horizontal bars as thick as on the screen, since labels beside them are placed for that."""
    layout = drawing.layout
    before = (layout.get("height") or plot_height) - _SCREEN_AXIS
    if not any(_is_flat_bar(trace) for trace in drawing.traces) or before >= plot_height:
        return drawing
    gap = layout.get("bargap", 0.2)
    share = before / plot_height
    traces = [
        {**trace, "width": trace["width"] * share}
        if _is_flat_bar(trace) and isinstance(trace.get("width"), int | float)
        else trace
        for trace in drawing.traces
    ]
    return Drawing(traces, {**layout, "bargap": 1 - (1 - gap) * share})


def _is_flat_bar(trace: Mapping[str, Any]) -> bool:
    return trace["type"] == "bar" and trace.get("orientation") == "h"


def plain(chart: Chart, *, width: int, height: int) -> Drawing:
    """The drawing alone at a size in pixels, for a slide or page that carries the words itself."""
    drawing = _with_crowded_labels_joined(chart.drawing, height - _SCREEN_AXIS)
    return drawing.with_layout(width=width, height=height, autosize=False, font=_safe_font(drawing))


def _safe_font(drawing: Drawing) -> dict[str, Any]:
    """The type of a drawing in faces that every machine has."""
    return {**drawing.layout.get("font", {}), "family": FONT}


def foot_texts(chart: Chart) -> tuple[str, ...]:
    """What stands under the picture: settings with the interval note, and the source with release and build."""
    return (" ".join(text for text in (chart.settings, interval_note(chart)) if text), chart.source)


def interval_note(chart: Chart) -> str:
    """How the picture shows uncertainty, told from the figure and its table."""
    shaded = {
        level
        for trace in chart.drawing.traces
        if trace.get("fill") == "toself"
        for level in re.findall(r"\d+%", trace.get("name") or "")
    }
    if shaded:
        return f"Shaded: {' and '.join(sorted(shaded, reverse=True))} intervals."
    if any(
        trace.get("name") == "95% interval" or trace.get(axis, {}).get("array") is not None
        for trace in chart.drawing.traces
        for axis in ("error_x", "error_y")
    ):
        return "Lines: 95% intervals."
    if any("95%" in str(column) for column in chart.table.columns):
        return "95% intervals: see the table of figures."
    return "Shown without intervals."


def _map_beside_words(drawing: Drawing, medium: Medium, words_end: float, foot_top: float) -> Drawing:
    """Move everything drawn to the right, and what explains the colours below the words."""
    layout = drawing.layout
    top = 1 - (words_end + GAP - medium.margin) / (medium.height - 2 * medium.margin)
    rows = 1 + sum(
        trace["type"] in {"choropleth", "scattergeo"} and trace.get("showlegend") is not False
        for trace in drawing.traces
    )
    legend = layout["legend"]
    size = min(legend["font"]["size"], (foot_top - words_end - 2 * GAP) / rows / _LEGEND_LINE)
    below_words = {"orientation": "v", "x": 0, "xanchor": "left", "y": top, "yanchor": "top"}
    return Drawing(
        [_on_smaller_map(trace, legend_top=top) for trace in drawing.traces],
        {
            **layout,
            **_moved_right(layout),
            "annotations": [
                note | {"x": _right_of_words(note["x"])} if note.get("xref") == "paper" else note
                for note in layout.get("annotations", ())
            ],
            "legend": legend | below_words | {"font": legend["font"] | {"size": size}},
        },
    )


def _right_of_words(x: float) -> float:
    """Where a share of the width comes to stand once everything drawn stands beside the words."""
    return _MAP_FROM + (1 - _MAP_FROM) * x


def _moved_right(layout: Mapping[str, Any]) -> dict[str, Any]:
    """Maps and horizontal axes in what words at their side leave of the width."""
    moved = {}
    for name, part in layout.items():
        if _X_AXIS.fullmatch(name):
            moved[name] = part | {"domain": [_right_of_words(edge) for edge in part.get("domain") or (0, 1)]}
        elif _GEO.fullmatch(name):
            domain = part.get("domain", {})
            moved[name] = part | {"domain": domain | {"x": [_right_of_words(x) for x in domain.get("x") or (0, 1)]}}
    return moved


def _on_smaller_map(trace: Mapping[str, Any], *, legend_top: float) -> Mapping[str, Any]:
    """Marks with letters and colour bar of the size and place that they have beside words."""
    font = trace.get("textfont", {})
    if trace["type"] == "scattergeo" and font.get("size"):
        return {**trace, "textfont": font | {"size": font["size"] * _LETTERS_ON_MAP}}
    if trace["type"] == "choropleth" and trace.get("showscale") is not False:
        return {
            **trace,
            "colorbar": trace.get("colorbar", {}) | {"y": legend_top, "yanchor": "top", "x": 0, "len": 0.4},
        }
    return trace
