"""How much room the words of a figure take: its legend, axis labels and titles, told without drawing it."""

import re
from collections.abc import Iterator
from typing import Any

from charts.kit.drawing import Drawing
from charts.kit.textwidth import text_width

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


def with_room(drawing: Drawing) -> Drawing:
    """A drawing whose margins hold what its labels, axis titles and legend will take in a column of a screen.

    plotly.js finds that out by itself, but draws everything twice to do so. It still does where this is not enough.
    """
    if is_map(drawing):
        return drawing
    given = drawing.layout.get("margin", {})
    left = label_width(drawing) + 2 * GAP
    legend = legend_height(drawing, (_COLUMN - left - (given.get("r") or 0)) / _SCREEN_TYPE)
    bottom = axis_height(drawing, _COLUMN) + GAP * (2 if _labels(drawing, "x") else 0.5)
    wanted = given | {
        "l": max(given.get("l") or 0, left),
        "t": max(given.get("t") or 0, legend + 3 * GAP if has_legend(drawing) else 0),
        "b": max(given.get("b") or 0, bottom),
    }
    return drawing if wanted == given else drawing.with_layout(margin=wanted)


def is_map(drawing: Drawing) -> bool:
    """Whether a drawing shows boundaries."""
    return any(trace["type"] == "choropleth" for trace in drawing.traces)


def has_legend(drawing: Drawing) -> bool:
    """Whether a figure has a legend: where it names two things or more."""
    return len(_named(drawing)) > 1 and drawing.layout.get("showlegend") is not False


def _named(drawing: Drawing) -> list[str]:
    return [
        str(trace["name"]) for trace in drawing.traces if trace.get("name") and trace.get("showlegend") is not False
    ]


def legend_height(drawing: Drawing, room: float) -> float:
    """The height of the legend above a plot of a width, or of the gap where there is none."""
    if not has_legend(drawing):
        return 2 * GAP
    named = _named(drawing)
    legend = drawing.layout.get("legend", {})
    size = _size(legend, "font")
    widths = [text_width(name, size) + _LEGEND_MARK for name in named]
    # plotly.js sets entries in one row where they fit, else in columns as wide as the widest
    rows = 1 if sum(widths) <= room else -(-len(named) // max(1, int(room // max(widths))))
    title = legend.get("title", {})
    rows += 1 if title.get("text") and title.get("side") == "top" else 0
    return float(rows * size * LINE + 2 * GAP)


def axis_height(drawing: Drawing, room: float) -> float:
    """The height of labels and title of the horizontal axis of a plot of a width."""
    axis = drawing.layout.get("xaxis", {})
    if is_map(drawing) or axis.get("visible") is False:
        return 0
    size = _size(axis, "tickfont")
    labels = _labels(drawing, "x") or categories(drawing, "x")
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    height = lines * size * LINE + GAP
    title = axis.get("title", {})
    if title.get("text"):
        height += _size(title, "font") * LINE * (title["text"].count("<br>") + 1) + GAP
    widest = max((text_width(part, size) for label in labels for part in label.split("<br>")), default=0)
    turned = len(labels) * widest > room
    return float(height + (0.5 * widest if turned else 0))


def label_width(drawing: Drawing) -> float:
    """Room for the labels left of the plot area, which plotly.js would else set flush with the edge."""
    axis = drawing.layout.get("yaxis", {})
    if is_map(drawing) or axis.get("visible") is False:
        return 0
    size = _size(axis, "tickfont")
    labels = _labels(drawing, "y") or categories(drawing, "y") or ["00"]
    widest = max(text_width(_TAG.sub("", part), size) for label in labels for part in label.split("<br>"))
    title = axis.get("title", {})
    return 0.9 * widest + (_size(title, "font") * LINE + GAP if title.get("text") else 0)


def categories(drawing: Drawing, axis: str) -> list[str]:
    """The names that stand along an axis ("x" or "y"); none where it carries numbers."""
    return list({str(value) for value in _along(drawing, axis) if isinstance(value, str)})


def _along(drawing: Drawing, axis: str) -> Iterator[Any]:
    for trace in drawing.traces:
        values = trace.get(axis)
        yield from () if values is None else values


def _labels(drawing: Drawing, axis: str) -> list[str]:
    """The labels that a figure sets itself along an axis ("x" or "y")."""
    labels = drawing.layout.get(f"{axis}axis", {}).get("ticktext")
    return [] if labels is None else [str(label) for label in labels]


def _size(part: dict[str, Any], font: str) -> float:
    """The size of a part's type, which is given as its `font` or `tickfont`."""
    size: float | None = part.get(font, {}).get("size")
    return size or 15


def overhang(drawing: Drawing) -> float:
    """Room at the right for half of the last label."""
    labels = _labels(drawing, "x")
    if not labels:
        return 0
    size = _size(drawing.layout["xaxis"], "tickfont")
    return max(text_width(part, size) for part in labels[-1].split("<br>")) / 2
