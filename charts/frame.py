"""A chart made ready for a slide, a square or a printed page: title, subtitle, settings, interval note and source on it."""

import re
from dataclasses import replace

import plotly.graph_objects as go

from charts.chart import Chart
from charts.drawing import Drawing
from charts.media import WIDE, Medium
from charts.room import GAP, LINE, axis_height, categories, has_legend, is_map, label_width, legend_height, overhang
from charts.textwidth import balanced, wrapped

FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
"""Faces that the viewer's machine has: a picture cannot carry a web font, and letters measured in one face but drawn in
another overlap."""


_MANY_ROWS, _TALL, _NARROWEST_PLOT = 9, 470, 290
"""From how many rows on (or from which height, where the names stand in the plot) a chart is a long list; and the
narrowest plot that one may be given."""

_ROOMIER = 1.2
"""How much larger, in the chart's own pixels, a long list is drawn where words cannot stand beside it."""

_SCREEN_AXIS = 60
"""Height that axis labels and margins take on the screen."""

_WORDS_BESIDE, _MAP_FROM = 0.42, 0.38
"""Shares of the width: how far words run beside a map, and where its ground begins (England leans to the right)."""

_USUAL_TOP = 16
"""Top margin that charts have anyway; one that has more needs the rest for words above its plot area."""


_LEGEND_LINE = 1.36
"""Height of a row of a legend against its letters."""

_LETTERS_ON_MAP = 0.75
"""Letters on a map against those on the screen, where the map is larger."""


def framed(chart: Chart, medium: Medium = WIDE) -> go.Figure:
    """Return the figure in the shape of a medium with everything that belongs to the chart written on it.

    The figure's own width and height may be larger than the medium's, for a long list; `scale_of` says by how much to
    multiply them.

    The words hang on the upper right corner of the plot area, since its left and lower edges move when plotly.js makes
    room for axis labels.

    Args:
        chart: the chart; its figure is left as it is.
        medium: the shape.
    """
    drawing = chart.drawing
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
    figure = drawing.figure()
    left = medium.margin + label_width(drawing)
    if beside and is_map(drawing):
        top = bottom = float(medium.margin)
        _map_beside_words(figure, medium, words_end, foot_top)
    else:
        plot_room = room
        if beside:
            left += _WORDS_BESIDE * medium.width + GAP
            plot_room = medium.width - left - right
        top = medium.margin if beside else words_end
        words_above = 0 if has_legend(drawing) else (margin.get("t") or 0) - _USUAL_TOP
        top += max(legend_height(drawing, plot_room), words_above)
        bottom = (medium.margin if beside else medium.height - foot_top) + axis_height(drawing, plot_room)
        _keep_bars_slim(figure, medium.height - top - bottom)

    figure.update_layout(
        width=medium.width,
        height=medium.height,
        autosize=False,
        font={"family": FONT},
        margin={"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
    )
    figure.update_xaxes(automargin=False, title_standoff=GAP)
    for name, lines, size, y, anchor in (
        ("title", [f"<b>{line}</b>" for line in title], medium.title_size, medium.margin, "top"),
        ("subtitle", subtitle, medium.subtitle_size, subtitle_top, "top"),
        ("foot", foot, medium.foot_size, medium.height - medium.margin, "bottom"),
    ):
        figure.add_annotation(
            name=name,
            text="<br>".join(lines),
            font={"size": size, "family": FONT},
            align="left",
            showarrow=False,
            borderpad=0,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=right + medium.margin - medium.width,
            y=1,
            yref="paper",
            yanchor=anchor,
            yshift=top - y,
        )
    return figure


def scale_of(figure: go.Figure, medium: Medium) -> float:
    """Return what the lengths of a framed figure are multiplied by to give the pixels of the medium."""
    return float(medium.pixels[0] / figure.layout.width)


def is_long(drawing: Drawing) -> bool:
    """Return whether a drawing is a list that needs all the height."""
    named_on_axis = len(categories(drawing, "y")) >= _MANY_ROWS
    hidden = drawing.layout.get("yaxis", {}).get("visible") is False
    named_in_plot = hidden and (drawing.layout.get("height") or 0) >= _TALL
    return not is_map(drawing) and (named_on_axis or named_in_plot)


def _roomier(medium: Medium) -> Medium:
    """Return the same shape with more of the chart's own pixels; a multiple of 16 keeps 16:9 and 4:3 exact."""
    width = 16 * round(_ROOMIER * medium.width / 16)
    return replace(medium, width=width, height=width * medium.height // medium.width)


def _leaves_room(drawing: Drawing, medium: Medium) -> bool:
    """Return whether a drawing can do with what words at its side leave of the width."""
    taken = 2 * medium.margin + _WORDS_BESIDE * medium.width + GAP + label_width(drawing)
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


def _keep_bars_slim(figure: go.Figure, plot_height: float) -> None:
    """Keep horizontal bars as thick as on the screen, since labels beside them are placed for that."""
    bars = [trace for trace in figure.data if trace.type == "bar" and trace.orientation == "h"]
    before = (figure.layout.height or plot_height) - _SCREEN_AXIS
    if not bars or before >= plot_height:
        return
    gap = 0.2 if figure.layout.bargap is None else figure.layout.bargap
    share = before / plot_height
    figure.update_layout(bargap=1 - (1 - gap) * share)
    for bar in bars:
        if isinstance(bar.width, int | float):
            bar.width *= share


def plain(chart: Chart, *, width: int, height: int) -> go.Figure:
    """Return the figure alone at a size, for a slide or page that carries the words itself."""
    figure = _with_crowded_labels_joined(chart.drawing, height - _SCREEN_AXIS).figure()
    figure.update_layout(width=width, height=height, autosize=False, font={"family": FONT})
    return figure


def foot_texts(chart: Chart) -> tuple[str, ...]:
    """Return what stands under the picture: settings with the interval note, and the source with release and build."""
    return (" ".join(text for text in (chart.settings, interval_note(chart)) if text), chart.source)


def interval_note(chart: Chart) -> str:
    """Return how the picture shows uncertainty, told from the figure and its table."""
    shaded = {
        level
        for trace in chart.drawing.traces
        if trace.get("fill") == "toself"
        for level in re.findall(r"\d+%", trace.get("name") or "")
    }
    if shaded:
        return f"Shaded: {' and '.join(sorted(shaded, reverse=True))} intervals."
    if any(
        trace.get(axis, {}).get("array") is not None
        for trace in chart.drawing.traces
        for axis in ("error_x", "error_y")
    ):
        return "Lines: 95% intervals."
    if any("95%" in str(column) for column in chart.table.columns):
        return "95% intervals: see the table of figures."
    return "Shown without intervals."


def _map_beside_words(figure: go.Figure, medium: Medium, words_end: float, foot_top: float) -> None:
    """Move everything drawn to the right, and what explains the colours below the words."""
    left, share = _MAP_FROM, 1 - _MAP_FROM
    for name, axes in figure.layout.to_plotly_json().items():
        if re.fullmatch(r"(geo|xaxis)\d*", name):
            x = (axes.get("domain", {}).get("x") if name.startswith("geo") else axes.get("domain")) or (0, 1)
            moved = [left + share * edge for edge in x]
            figure.layout[name].update({"domain": {"x": moved} if name.startswith("geo") else moved})
    for note in figure.layout.annotations:
        if note.xref == "paper":
            note.x = left + share * note.x
    for trace in figure.data:
        if trace.type == "scattergeo" and trace.textfont.size:
            trace.textfont.size *= _LETTERS_ON_MAP
    top = 1 - (words_end + GAP - medium.margin) / (medium.height - 2 * medium.margin)
    rows = 1 + sum(
        trace.type in {"choropleth", "scattergeo"} and trace.showlegend is not False for trace in figure.data
    )
    usual = figure.layout.legend.font.size
    letters = {"size": min(usual, (foot_top - words_end - 2 * GAP) / rows / _LEGEND_LINE)}
    figure.update_layout(
        legend={"orientation": "v", "x": 0, "xanchor": "left", "y": top, "yanchor": "top", "font": letters}
    )
    for trace in figure.data:
        if getattr(trace, "colorbar", None) is not None and trace.showscale is not False:
            trace.colorbar.update(y=top, yanchor="top", x=0, len=0.4)
