"""The ground a map stands on: boundaries by address, one trace per class, an enlarged London, the chosen place."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from charts.map_classes import MapClass, value_in_words
from charts.map_measures import MapMeasure
from charts.palette import Palette

BOUNDARIES_URL = "app/static/boundaries"
"""Where the browser finds the boundaries, relative to any page of the dashboard."""

TOPOLOGY_URL = "app/static/topology/"
"""Where it finds an empty set of world outlines, in place of the third party that it would ask otherwise."""

CONFIG: dict[str, object] = {"topojsonURL": TOPOLOGY_URL, "scrollZoom": False}
"""The wheel scrolls the page, not the map."""


class Box(NamedTuple):
    """From and to, across and up: degrees, or shares of a figure."""

    x: tuple[float, float]
    y: tuple[float, float]


ENGLAND = Box(x=(-6.5, 1.9), y=(49.85, 55.85))
LONDON = Box(x=(-0.53, 0.35), y=(51.27, 51.71))
WHOLE_FIGURE = Box(x=(0, 1), y=(0, 1))
NORTH_SEA = Box(x=(0.67, 1.0), y=(0.66, 0.93))
"""Where the enlarged London stands."""


def geo_axes(palette: Palette, shown: Box, *, at: Box = WHOLE_FIGURE, flat: bool = False) -> dict[str, Any]:
    """Return the layout of one map.

    Args:
        palette: colours.
        shown: degrees of longitude and latitude that it shows.
        at: where on the figure it stands.
        flat: whether degrees are drawn as they are (tiles) rather than projected.
    """
    return {
        "visible": False,
        "bgcolor": palette.paper,
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
    palette: Palette,
    geo: str = "geo",
    showlegend: bool = True,
    hover: bool = True,
) -> list[dict[str, Any]]:
    """Return one trace for every class that holds an area.

    Args:
        classes: the classes.
        measure: what is shown.
        file: name of the boundary file without ending.
        palette: colours.
        geo: which map of the figure.
        showlegend: whether the classes stand in the legend.
        hover: whether an area says its value with interval when pointed at; else its value alone.
    """
    return [
        _trace(one.rows, file=file, geo=geo, fill=one.colour, line=palette.paper, width=0.6)
        | {
            "z": one.rows[measure.column].round(2).tolist(),
            "name": f"{one.sign} {one.label}".strip(),
            "showlegend": showlegend,
            **(
                {
                    "customdata": [value_in_words(row, measure) for _, row in one.rows.iterrows()],
                    "hovertemplate": "<b>%{properties.name}</b><br>%{customdata}<extra></extra>",
                }
                if hover
                else {"hovertemplate": "<b>%{properties.name}</b><br>%{z:.1f}<extra></extra>"}
            ),
        }
        for one in classes
        if len(one.rows)
    ]


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
    return [
        _trace(rows, file=file, geo=geo, fill=palette.no_figure, line=palette.quiet, width=1)
        | {
            "name": "No figure",
            "showlegend": showlegend,
            "customdata": list(reasons),
            "hovertemplate": "<b>%{properties.name}</b><br>No figure: %{customdata}<extra></extra>",
        }
    ]


def outline_traces(
    rows: pd.DataFrame, *, file: str, palette: Palette, name: str, width: float = 3.5, geo: str = "geo"
) -> list[dict[str, Any]]:
    """Return a trace that outlines areas without filling them: a casing of paper colour, and ink on it."""
    if rows.empty:
        return []
    return [
        _trace(rows, file=file, geo=geo, fill="rgba(0,0,0,0)", line=line, width=wide)
        | {"hoverinfo": "skip", "showlegend": False, "name": name}
        for line, wide in ((palette.paper, width + 3), (palette.ink, width))
    ]


def _trace(rows: pd.DataFrame, *, file: str, geo: str, fill: str, line: str, width: float) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geo": geo,
        "geojson": f"{BOUNDARIES_URL}/{file}.geojson",
        "locations": rows["area_code"].tolist(),
        "z": [0] * len(rows),
        "colorscale": [[0, fill], [1, fill]],
        "showscale": False,
        "marker": {"line": {"color": line, "width": width}},
        # a click chooses a place; it should not fade the others
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def map_figure(traces: Sequence[dict[str, Any]], geos: dict[str, dict[str, Any]]) -> go.Figure:
    """Return the figure of traces on their maps."""
    figure = go.Figure(data=list(traces))
    figure.update_layout(**geos, clickmode="event+select")
    return figure
