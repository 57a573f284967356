"""Tile map: every authority a square of the same size, so that land area does not decide what is seen."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from charts.kit.marks import Mark
from charts.map.classes import MapClass
from charts.map.layers import REGIONS_FILE, WHOLE_FIGURE, Box, Layers, geo_axes
from pipeline.tables.tiles import TILE_DEGREES

HEIGHT = 740
MARGIN_TILES = 0.15
_LETTERS = 10


def tile_axes(tiles: pd.DataFrame, *, at: Box = WHOLE_FIGURE) -> Mark:
    """Layout of a map of the whole grid (table `tiles`), at a place of the figure."""
    across, up = ((tiles[name].max() / 2 + MARGIN_TILES) * TILE_DEGREES for name in ("column", "row"))
    return geo_axes(Box(x=(-across, across), y=(-up, up)), at=at, flat=True)


def region_outlines(layers: Layers, places: pd.DataFrame) -> list[Mark]:
    """Outlines of the regions on a tile map."""
    regions = sorted(places["region_code"].unique())
    return replace(layers, file=REGIONS_FILE).outline(regions, "Regions", width=1.6)


def tile_labels(layers: Layers, classes: Sequence[MapClass], unknown: pd.DataFrame, tiles: pd.DataFrame) -> Mark:
    """Every authority's short name on its tile, with a sign where its class has one; `unknown` have no figure."""
    fills = {area["area_code"]: (one.colour, one.sign) for one in classes for area in one.rows}
    fills |= dict.fromkeys(unknown["area_code"], (layers.palette.no_figure, ""))
    labels = {code: label for code, label in zip(tiles["area_code"], tiles["label"], strict=True) if code in fills}
    texts = [f"{label}<br>{fills[code][1]}" if fills[code][1] else label for code, label in labels.items()]
    colours = [layers.palette.on(fills[code][0]) for code in labels]
    return layers.words(list(labels), texts, colours, name="Names", size=_LETTERS)
