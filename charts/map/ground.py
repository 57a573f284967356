"""The ground a map stands on: boundaries by address, one trace per class, an enlarged London, the chosen place."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from charts.kit.drawing import Drawing
from charts.kit.palette import Palette
from charts.kit.theme import drawn
from charts.map.classes import MapClass, value_in_words
from charts.map.measures import MapMeasure

BOUNDARIES_URL = "app/static/boundaries"
"""Where the browser finds the boundaries, relative to any page of the dashboard."""

TOPOLOGY_URL = "app/static/topology/"
"""Where it finds an empty set of world outlines, in place of the third party that it would ask otherwise."""

CONFIG: dict[str, object] = {"topojsonURL": TOPOLOGY_URL, "scrollZoom": False}
"""The wheel scrolls the page, not the map."""


REGIONS = tuple(f"E1200000{number}" for number in range(1, 10))
"""Codes of England's nine regions, in the boundary file of that name."""

LEGEND_SIZE = 14

NAME = "<b>%{properties.name}</b><br>"
"""The name of an area that is pointed at, as the boundary file has it."""


class Box(NamedTuple):
    """From and to, across and up: degrees, or shares of a figure."""

    x: tuple[float, float]
    y: tuple[float, float]


ENGLAND = Box(x=(-6.5, 1.9), y=(49.85, 55.85))
LONDON = Box(x=(-0.53, 0.35), y=(51.27, 51.77))
"""London with room for its name above."""
WHOLE_FIGURE = Box(x=(0, 1), y=(0, 1))
NORTH_SEA = Box(x=(0.67, 1.0), y=(0.66, 0.93))
"""Where the enlarged London stands."""


def geo_axes(shown: Box, *, at: Box = WHOLE_FIGURE, flat: bool = False) -> dict[str, Any]:
    """Return the layout of one map.

    Args:
        shown: degrees of longitude and latitude that it shows.
        at: where on the figure it stands.
        flat: whether degrees are drawn as they are (tiles) rather than projected.
    """
    return {
        "visible": False,
        "bgcolor": "rgba(0,0,0,0)",
        "projection": {"type": "equirectangular" if flat else "mercator"},
        "lonaxis": {"range": list(shown.x)},
        "lataxis": {"range": list(shown.y)},
        "domain": {"x": list(at.x), "y": list(at.y)},
        "uirevision": "map",
    }


def class_traces(
    classes: Sequence[MapClass],
    measure: MapMeasure,
    *,
    file: str,
    geo: str = "geo",
    showlegend: bool = True,
    intervals: bool = True,
) -> list[dict[str, Any]]:
    """Return one trace for every class: its areas, or its place in the legend alone where it holds none.

    Args:
        classes: the classes.
        measure: what is shown.
        file: name of the boundary file without ending.
        geo: which map of the figure.
        showlegend: whether the classes stand in the legend.
        intervals: whether an area says its interval and standing when pointed at; else its value alone.
    """
    return [
        _class_trace(one, measure, file=file, geo=geo, showlegend=showlegend)
        | (_hover(one, measure) if intervals else {})
        if one.rows
        else _key_alone(one, geo=geo)
        for one in classes
        if one.rows or showlegend
    ]


def _class_trace(one: MapClass, measure: MapMeasure, *, file: str, geo: str, showlegend: bool) -> dict[str, Any]:
    codes = [area["area_code"] for area in one.rows]
    values = np.round([area[measure.column] for area in one.rows], 2).tolist()
    name = f"{one.sign} {one.label}".strip()
    return _trace(codes, file=file, geo=geo, fill=one.colour, name=name, legend=showlegend) | {"z": values}


def _key_alone(one: MapClass, *, geo: str) -> dict[str, Any]:
    """Return a trace that draws nothing, so that the legend does not skip a class: a gap would look like a mistake."""
    return {
        "type": "scattergeo",
        "geo": geo,
        "lon": [None],
        "lat": [None],
        "mode": "markers",
        "marker": {"symbol": "square", "size": 14, "color": one.colour},
        "name": f"{one.sign} {one.label} (none)".strip(),
        "hoverinfo": "skip",
    }


def _hover(one: MapClass, measure: MapMeasure) -> dict[str, Any]:
    # the unit stands once in the template, not with each value; beside a second figure it has to stand with its own
    two_way = measure.kind == "two-way"
    unit = "" if two_way else f" {measure.unit}"
    said = "" if measure.kind == "level" else f"<br>{one.label}"
    return {
        "customdata": [value_in_words(area, measure, unit=two_way) for area in one.rows],
        "hovertemplate": f"{NAME}%{{customdata}}{unit}{said}<extra></extra>",
    }


def no_figure_trace(
    rows: pd.DataFrame,
    *,
    file: str,
    palette: Palette,
    reasons: Sequence[str],
    geo: str = "geo",
    showlegend: bool = True,
) -> list[dict[str, Any]]:
    """Return the trace of areas without a figure: grey, with an outline of their own; none where all have one."""
    if rows.empty:
        return []
    codes = rows["area_code"].tolist()
    return [
        _trace(codes, file=file, geo=geo, fill=palette.no_figure, name="No figure", legend=showlegend)
        | {
            "customdata": list(reasons),
            "hovertemplate": f"{NAME}No figure: %{{customdata}}<extra></extra>",
        }
        | {"marker": {"line": {"color": palette.quiet, "width": 1}}}
    ]


def land_beyond(palette: Palette, *, geo: str = "geo") -> list[dict[str, Any]]:
    """Return the trace of England's regions below combined authorities, for the land that belongs to none."""
    trace = _trace(
        list(REGIONS), file="region", geo=geo, fill=palette.paper, name="No combined authority", legend=False
    )
    return [
        trace
        | {"hoverinfo": "skip", "hovertemplate": "", "marker": {"line": {"color": palette.no_figure, "width": 0.6}}}
    ]


def outline_traces(
    rows: pd.DataFrame, *, file: str, palette: Palette, name: str, width: float = 2.5, geo: str = "geo"
) -> list[dict[str, Any]]:
    """Return traces that outline areas without filling them: a casing of paper colour, and ink on it."""
    if rows.empty:
        return []
    codes = rows["area_code"].tolist()
    return [
        _trace(codes, file=file, geo=geo, fill="rgba(0,0,0,0)", name=name, legend=False)
        | {"hoverinfo": "skip", "hovertemplate": "", "marker": {"line": {"color": colour, "width": wide}}}
        for colour, wide in ((palette.paper, width + 2), (palette.ink, width))
    ]


def _trace(codes: list[str], *, file: str, geo: str, fill: str, name: str, legend: bool) -> dict[str, Any]:
    return (
        {
            "type": "choropleth",
            "geojson": f"{BOUNDARIES_URL}/{file}.geojson",
            "locations": codes,
            "z": [0] * len(codes),
            "colorscale": [[0, fill], [1, fill]],
            "name": name,
        }
        | ({} if geo == "geo" else {"geo": geo})
        | ({} if legend else {"showlegend": False})
    )


def sign_traces(
    classes: Sequence[MapClass], *, file: str, palette: Palette, geo: str = "geo", size: float = 7
) -> list[dict[str, Any]]:
    """Return the trace that writes on areas which way their class points; none where no class points anywhere."""
    signed = [(area["area_code"], one) for one in classes if one.sign for area in one.rows]
    if not signed:
        return []
    return [
        {
            "type": "scattergeo",
            "geo": geo,
            "geojson": f"{BOUNDARIES_URL}/{file}.geojson",
            "locationmode": "geojson-id",
            "locations": [code for code, _ in signed],
            "mode": "text",
            "text": [one.sign[0] for _, one in signed],
            "textfont": {"size": size, "color": [palette.on(one.colour) for _, one in signed]},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": "Signs",
        }
    ]


_FEW_TRACES = 18
"""As many as one map in one measure has; two-way colours and several maps have more."""


def map_drawing(
    traces: Sequence[dict[str, Any]], palette: Palette, *, height: int, border: str, layout: dict[str, Any]
) -> Drawing:
    """Return the figure of traces on their maps.

    What all traces share stands with each of them; where there are many, once as a template: that is up to a quarter less to
    send, though plotly.js then draws twice (see charts/kit/theme.py).
    """
    shared = {
        "showscale": False,
        "showlegend": True,
        "marker": {"line": {"color": border, "width": 0.6}},
        "hovertemplate": f"{NAME}%{{z:.1f}}<extra></extra>",
        # a click chooses a place; it should not fade the others
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    own = {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "clickmode": "event+select",
        **layout,
        "legend": _KEY | layout["legend"] | {"title": _KEY["title"] | layout["legend"]["title"]},
    }
    if len(traces) > _FEW_TRACES:
        return drawn(traces, palette, height=height, layout={"template": {"data": {"choropleth": [shared]}}, **own})
    marks = [shared | trace if trace["type"] == "choropleth" else trace for trace in traces]
    return drawn(marks, palette, height=height, layout=own)


_KEY: dict[str, Any] = {
    "itemclick": False,
    "itemdoubleclick": False,
    "traceorder": "normal",
    "font": {"size": LEGEND_SIZE},
    "title": {"font": {"size": LEGEND_SIZE}, "side": "top"},
}
