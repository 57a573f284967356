"""Tile map: every authority a square of the same size, so that land area does not decide what is seen."""

from typing import Any

import pandas as pd

from charts.kit.palette import Palette
from charts.map.classes import MapClass
from charts.map.ground import BOUNDARIES_URL, WHOLE_FIGURE, Box, geo_axes, outline_traces
from pipeline.tables.tiles import TILE_DEGREES

FILE, REGIONS_FILE = "tiles", "tile-regions"
HEIGHT = 740
MARGIN_TILES = 0.15


def tile_axes(tiles: pd.DataFrame, *, at: Box = WHOLE_FIGURE) -> dict[str, Any]:
    """Return the layout of a tile map that shows the whole grid.

    Args:
        tiles: table `tiles`.
        at: where on the figure it stands.
    """
    across, up = ((tiles[name].max() / 2 + MARGIN_TILES) * TILE_DEGREES for name in ("column", "row"))
    return geo_axes(Box(x=(-across, across), y=(-up, up)), at=at, flat=True)


def region_outlines(rows: pd.DataFrame, palette: Palette, *, geo: str = "geo") -> list[dict[str, Any]]:
    """Return the outlines of the regions on a tile map."""
    regions = pd.DataFrame({"area_code": sorted(rows["region_code"].unique())})
    return outline_traces(regions, file=REGIONS_FILE, palette=palette, name="Regions", width=1.6, geo=geo)


def tile_labels(
    classes: list[MapClass], unknown: pd.DataFrame, tiles: pd.DataFrame, palette: Palette, *, size: float = 10
) -> dict[str, Any]:
    """Return the trace that writes every authority's short name on its tile, with a sign where its class has one.

    Args:
        classes: the classes, for the colour below the name.
        unknown: areas without a figure.
        tiles: table `tiles`.
        palette: colours.
        size: size of the letters.
    """
    fills = {area["area_code"]: one.colour for one in classes for area in one.rows}
    fills |= dict.fromkeys(unknown["area_code"].tolist(), palette.no_figure)
    signs = {area["area_code"]: one.sign for one in classes for area in one.rows}
    labels = zip(tiles["area_code"].tolist(), tiles["label"].tolist(), strict=True)
    shown = {code: label for code, label in labels if code in fills}
    return {
        "type": "scattergeo",
        "geojson": f"{BOUNDARIES_URL}/{FILE}.geojson",
        "locationmode": "geojson-id",
        "locations": list(shown),
        "mode": "text",
        "text": [f"{label}<br>{signs[code]}" if signs.get(code) else label for code, label in shown.items()],
        "textfont": {"size": size, "color": [palette.on(fills[code]) for code in shown]},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "Names",
    }
