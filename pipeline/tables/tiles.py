"""The table that lays authorities out as tiles of one size."""

from pipeline.tables.columns import AREA_CODE, integer, text
from pipeline.tables.contract import Table

TILE_DEGREES = 0.25
"""Side of a square in static/boundaries/tiles.geojson, which lies about the equator, where squares are drawn as squares."""

TILES = Table(
    name="tiles",
    meaning="Tile map: one square of the same size for every upper-tier authority, near its neighbours, regions in one "
    "piece. Distances and sizes mean nothing.",
    columns=(
        AREA_CODE,
        text("label", "Short name written on the tile", pattern=r".{1,4}"),
        integer("column", "Column of the grid; 1 is the west", lowest=1, highest=40),
        integer("row", "Row of the grid; 1 is the north", lowest=1, highest=40),
    ),
    key=("area_code",),
    unique=(("column", "row"), ("label",)),
)
