"""How much room the words of a figure take: its legend, axis labels and titles, told without drawing it."""

import re

import plotly.graph_objects as go

from charts.textwidth import text_width

LINE = 1.3
"""Height of a line of type as plotly.js sets it."""

GAP = 8
_TAG = re.compile(r"</?b>")
_LEGEND_MARK = 45
"""Width of a legend entry's mark with the room around it."""


_COLUMN = 528
"""Width of a chart in one of two columns of a screen."""

_SCREEN_TYPE = 0.88
"""Width of the type on a screen as a part of what `text_width` tells, which is that of the widest face there may be."""


def give_room(figure: go.Figure) -> None:
    """Widen the margins of a figure to what its labels, axis titles and legend will take in a column of a screen.

    plotly.js finds that out by itself, but draws everything twice to do so. It still does where this is not enough.
    """
    if is_map(figure):
        return
    margin = figure.layout.margin
    left = label_width(figure) + 2 * GAP
    legend = legend_height(figure, (_COLUMN - left - (margin.r or 0)) / _SCREEN_TYPE)
    margin.l = max(margin.l or 0, left)
    margin.t = max(margin.t or 0, legend + 3 * GAP if has_legend(figure) else 0)
    margin.b = max(margin.b or 0, axis_height(figure, _COLUMN) + GAP * (2 if figure.layout.xaxis.ticktext else 0.5))


def is_map(figure: go.Figure) -> bool:
    """Return whether a figure draws boundaries."""
    return any(trace.type == "choropleth" for trace in figure.data)


def has_legend(figure: go.Figure) -> bool:
    """Return whether a figure has a legend: where it names two things or more."""
    return len(_named(figure)) > 1 and figure.layout.showlegend is not False


def _named(figure: go.Figure) -> list[str]:
    return [str(trace.name) for trace in figure.data if trace.name and getattr(trace, "showlegend", None) is not False]


def legend_height(figure: go.Figure, room: float) -> float:
    """Return the height of the legend above a plot of a width, or of the gap where there is none."""
    if not has_legend(figure):
        return 2 * GAP
    named = _named(figure)
    legend = figure.layout.legend
    size = legend.font.size or 15
    widths = [text_width(name, size) + _LEGEND_MARK for name in named]
    # plotly.js sets entries in one row where they fit, else in columns as wide as the widest
    rows = 1 if sum(widths) <= room else -(-len(named) // max(1, int(room // max(widths))))
    rows += 1 if legend.title.text and legend.title.side == "top" else 0
    return float(rows * size * LINE + 2 * GAP)


def axis_height(figure: go.Figure, room: float) -> float:
    """Return the height of labels and title of the horizontal axis of a plot of a width."""
    axis = figure.layout.xaxis
    if is_map(figure) or axis.visible is False:
        return 0
    size = axis.tickfont.size or 15
    labels = [str(label) for label in (axis.ticktext or ())] or categories(figure, "x")
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    height = lines * size * LINE + GAP
    if axis.title.text:
        height += (axis.title.font.size or 15) * LINE * (axis.title.text.count("<br>") + 1) + GAP
    widest = max((text_width(part, size) for label in labels for part in label.split("<br>")), default=0)
    turned = len(labels) * widest > room
    return float(height + (0.5 * widest if turned else 0))


def label_width(figure: go.Figure) -> float:
    """Return room for the labels left of the plot area, which plotly.js would else set flush with the edge."""
    axis = figure.layout.yaxis
    if is_map(figure) or axis.visible is False:
        return 0
    size = axis.tickfont.size or 15
    labels = [str(label) for label in (axis.ticktext or ())] or categories(figure, "y") or ["00"]
    widest = max(text_width(_TAG.sub("", part), size) for label in labels for part in label.split("<br>"))
    title = (axis.title.font.size or 15) * LINE + GAP if axis.title.text else 0
    return 0.9 * widest + title


def categories(figure: go.Figure, axis: str) -> list[str]:
    """Return the names that stand along an axis ("x" or "y"); none where it carries numbers."""
    values = (getattr(trace, axis, None) for trace in figure.data)
    return list({str(value) for column in values if column is not None for value in column if isinstance(value, str)})


def overhang(figure: go.Figure) -> float:
    """Return room at the right for half of the last label."""
    labels = figure.layout.xaxis.ticktext or ()
    if not labels:
        return 0
    size = figure.layout.xaxis.tickfont.size or 15
    return max(text_width(part, size) for part in str(labels[-1]).split("<br>")) / 2
