"""The layers of a map: coloured areas, areas without a figure, signs, outlines; boundaries are named by address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark
from charts.kit.palette import Palette
from charts.kit.theme import drawn
from charts.map.classes import MapClass, value_in_words
from charts.map.measures import MapMeasure
from pipeline.areas import area_type_of

_SIDES = {"E12000008": "middle left", "E12000002": "middle right"}
"""Where a region's figure stands beside its middle: the South East's would touch London's, the North West's lie in the sea."""

_ROOM_BESIDE = {f"E1200000{number}": "top left" for number in (1, 3, 6, 7, 8)} | {"E12000009": "top right"}
"""Where words have room beside an area, by region: inland of the coasts, and not under the enlarged London."""
_ROOM_BESIDE_TILES = _ROOM_BESIDE | dict.fromkeys(("E12000001", "E12000003"), "top right")
BOUNDARIES_URL = "app/static/boundaries"
"""Where the browser finds the boundaries, relative to any page of the dashboard."""
TOPOLOGY_URL = "app/static/topology/"
"""Where it finds an empty set of world outlines, in place of the third party that it would ask otherwise."""
CONFIG: dict[str, object] = {"topojsonURL": TOPOLOGY_URL, "scrollZoom": False}
"""The wheel scrolls the page, not the map."""
TILES_FILE, REGIONS_FILE = "tiles", "tile-regions"
"""Boundary files of the tile map: every authority a square, and the regions around them."""
REGIONS = [f"E1200000{number}" for number in range(1, 10)]
"""Codes of England's nine regions, in the boundary file of that name."""
LEGEND_SIZE = 14
NO_DATA, NO_AUTHORITY = "No data", "Blank: no combined authority"
_HALO = "0 0 2px {0}, 0 0 3px {0}, 0 0 4px {0}, 0 0 4px {0}"
"""Shadow of words that stand on areas of several colours."""
NAME = "<b>%{properties.name}</b><br>"
"""The name of an area that is pointed at, as the boundary file has it."""
_CHOSEN_FIGURES = "Chosen figures"
"""Name of the words beside the chosen place."""
_CLEAR = "rgba(0,0,0,0)"
_FEW_TRACES = 18
"""As many as one map in one measure has; two-way colours and several maps have more."""
_KEY: Mark = {
    "itemclick": False,
    "itemdoubleclick": False,
    "traceorder": "normal",
    "font": {"size": LEGEND_SIZE},
    "title": {"font": {"size": LEGEND_SIZE}, "side": "top"},
}


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


def geo_axes(shown: Box, *, at: Box = WHOLE_FIGURE, flat: bool = False) -> Mark:
    """Layout of one map: the degrees shown, where on the figure, and whether degrees are drawn as they are (tiles)."""
    return {
        "visible": False,
        "bgcolor": _CLEAR,
        "projection": {"type": "equirectangular" if flat else "mercator"},
        "lonaxis": {"range": list(shown.x)},
        "lataxis": {"range": list(shown.y)},
        "domain": {"x": list(at.x), "y": list(at.y)},
        "uirevision": "map",
    }


@dataclass(frozen=True)
class Layers:
    """The layers of one map of a figure, all with areas of one boundary file."""

    file: str
    """Name of the boundary file without ending."""
    palette: Palette
    geo: str = "geo"
    """Which map of the figure."""

    def classes(
        self, classes: Sequence[MapClass], measure: MapMeasure, *, legend: bool = True, intervals: bool = True
    ) -> list[Mark]:
        """One trace for every class that holds an area.

        With `intervals`, an area says its interval and standing when pointed at; else its value alone.
        """
        return [
            self._class(one, measure, legend=legend) | (_hover(one, measure) if intervals else {})
            for one in classes
            if one.rows
        ]

    def no_figure(self, rows: pd.DataFrame, reasons: Sequence[str], *, legend: bool = True) -> list[Mark]:
        """Areas without a figure in grey; none where all have one.

        Their outline is that of all areas: a darker one would fill the smallest, and look like a class.
        """
        if rows.empty:
            return []
        trace = self._areas(rows["area_code"].tolist(), self.palette.no_figure, NO_DATA, legend=legend) | {
            "customdata": list(reasons),
            "hovertemplate": f"{NAME}{NO_DATA}: %{{customdata}}<extra></extra>",
        }
        return [trace]

    def land_beyond(self) -> list[Mark]:
        """England's regions below combined authorities, for the land that belongs to none: blank, as no class is."""
        below = replace(self, file="region")
        line, fill = self.palette.no_figure, self.palette.paper
        return [below._silent(REGIONS, NO_AUTHORITY, line, 0.6, fill=fill) | {"showlegend": True, "legendrank": 2000}]

    def outline(self, codes: Sequence[str], name: str, *, width: float = 2.5) -> list[Mark]:
        """Areas outlined without filling them: a casing of paper colour, and ink on it."""
        looks = ((self.palette.paper, width + 2), (self.palette.ink, width))
        return [self._silent(codes, name, colour, wide) for colour, wide in looks] if len(codes) else []

    def chosen(self, places: pd.DataFrame, code: str, *, width: float = 2.5) -> list[Mark]:
        """Outline of the chosen place; on tiles a larger place is outlined by its tiles."""
        if not code:
            return []
        name = "Chosen place"
        if code in set(places["area_code"]):
            return self.outline([code], name, width=width)
        if self.file == TILES_FILE:
            inside = (places["region_code"] == code) | (places["combined_authority_code"] == code)
            return self.outline(places.loc[inside, "area_code"].tolist(), name, width=width)
        return replace(self, file=area_type_of(code)).outline([code], name, width=width)

    def signs(self, classes: Sequence[MapClass], *, size: float = 7) -> list[Mark]:
        """What says on each area which way its class points; none where no class points anywhere."""
        signed = [(area["area_code"], one) for one in classes if one.sign for area in one.rows]
        if not signed:
            return []
        colours = [self.palette.on(one.colour) for _, one in signed]
        signs = [one.sign for _, one in signed]
        return [self.words([code for code, _ in signed], signs, colours, name="Signs", size=size) | {"geo": self.geo}]

    def words(
        self,
        codes: Sequence[str],
        texts: Sequence[str],
        colours: Sequence[str],
        *,
        name: str,
        size: float,
        halo: str = "none",
    ) -> Mark:
        """Words on areas, each in its colour."""
        return {
            "type": "scattergeo",
            "geojson": f"{BOUNDARIES_URL}/{self.file}.geojson",
            "locationmode": "geojson-id",
            "locations": list(codes),
            "mode": "text",
            "text": list(texts),
            "textfont": {"size": size, "color": list(colours), **({} if halo == "none" else {"shadow": halo})},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": name,
        }

    def values(
        self, classes: Sequence[MapClass], measure: MapMeasure, *, size: float = 15, but: str = ""
    ) -> list[Mark]:
        """The figure of each area but one, written on it."""
        said = words.signed if measure.kind == "clear" else words.number
        held = [(area, one.colour) for one in classes for area in one.rows if area["area_code"] != but]
        if not held:
            return []
        texts = [f"<b>{said(area[measure.column])}</b>" for area, _ in held]
        colours = [self.palette.on(fill) for _, fill in held]
        codes = [area["area_code"] for area, _ in held]
        sides = [_SIDES.get(code, "middle center") for code in codes]
        return [self.words(codes, texts, colours, name="Values", size=size) | {"geo": self.geo, "textposition": sides}]

    def told(self, classes: Sequence[MapClass], measure: MapMeasure, places: pd.DataFrame, code: str) -> list[Mark]:
        """Name and figure of the chosen area, written where it was tapped; none where it has no figure here."""
        names = dict(zip(places["area_code"], places["area_name"], strict=True))
        room = _ROOM_BESIDE_TILES if self.file == TILES_FILE else _ROOM_BESIDE
        found = [area for one in classes for area in one.rows if area["area_code"] == code]
        return [
            self.words(
                [code],
                [f"<b>{names[code]}</b><br>{value_in_words(area, measure).replace(' (', '<br>(')}"],
                [self.palette.ink],
                name=_CHOSEN_FIGURES,
                size=15,
                halo=_HALO.format(self.palette.paper),
            )
            | {"geo": self.geo, "textposition": room.get(area["region_code"], "top center")}
            # a mark that is not seen keeps the words off the area and the sign on it
            | {"mode": "markers+text", "marker": {"size": 14, "opacity": 0}}
            for area in found
        ]

    def _areas(self, codes: Sequence[str], fill: str, name: str, *, legend: bool) -> Mark:
        return {
            "type": "choropleth",
            "geojson": f"{BOUNDARIES_URL}/{self.file}.geojson",
            "locations": list(codes),
            "z": [0] * len(codes),
            "colorscale": [[0, fill], [1, fill]],
            "name": name,
            **({} if self.geo == "geo" else {"geo": self.geo}),
            **({} if legend else {"showlegend": False}),
        }

    def _silent(self, codes: Sequence[str], name: str, colour: str, width: float, *, fill: str = _CLEAR) -> Mark:
        """Areas that say nothing when pointed at, with lines of a colour and width."""
        line = {"marker": {"line": {"color": colour, "width": width}}}
        return self._areas(codes, fill, name, legend=False) | {"hoverinfo": "skip", "hovertemplate": "", **line}

    def _class(self, one: MapClass, measure: MapMeasure, *, legend: bool) -> Mark:
        codes = [area["area_code"] for area in one.rows]
        values = np.round([area[measure.column] for area in one.rows], 2)
        return self._areas(codes, one.colour, one.name, legend=legend) | {"z": values}


def _hover(one: MapClass, measure: MapMeasure) -> Mark:
    # years come once in the template, not with each value; other units, and two figures, have to come with their own
    own = measure.kind == "two-way" or measure.unit != "years"
    unit = "" if own else f" {measure.unit}"
    said = "" if measure.kind == "level" else f"<br>{one.label}"
    return {
        "customdata": [value_in_words(area, measure, unit=own) for area in one.rows],
        "hovertemplate": f"{NAME}%{{customdata}}{unit}{said}<extra></extra>",
    }


def without_chosen_figures(drawing: Drawing) -> Drawing:
    """The drawing without the words beside the chosen place, which hide the places round it where a title tells the same."""
    return Drawing([trace for trace in drawing.traces if trace.get("name") != _CHOSEN_FIGURES], drawing.layout)


def map_drawing(
    traces: Sequence[Mark], palette: Palette, measure: MapMeasure, *, height: int, layout: dict[str, Any]
) -> Drawing:
    """A figure of traces on their maps.

    What all traces share is written into each of them; where there are many, once as a template: that is up to a quarter
    less to send, though plotly.js then draws twice (see charts/kit/theme.py).
    """
    border = palette.boundary if measure.kind == "level" else palette.no_figure
    shared = {
        "showscale": False,
        "showlegend": True,
        "marker": {"line": {"color": border, "width": 0.6}},
        "hovertemplate": f"{NAME}%{{z:.1f}}<extra></extra>",
        # a click chooses a place; it should not fade the others
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    title = measure.unit.capitalize() if measure.kind == "level" else ""
    own = {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "clickmode": "event+select",
        **layout,
        "legend": _KEY | {"title": {**_KEY["title"], "text": title}},
    }
    if len(traces) > _FEW_TRACES:
        return drawn(traces, palette, height=height, layout={"template": {"data": {"choropleth": [shared]}}, **own})
    marks = [shared | trace if trace["type"] == "choropleth" else trace for trace in traces]
    return drawn(marks, palette, height=height, layout=own)
