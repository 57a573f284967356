"""Reads the boundaries held under data/raw, one level at a time."""

from pathlib import Path

import geopandas as gpd

from pipeline.errors import ContractBroken
from pipeline.read.topology import LAYERS


def read_layer(path: Path, area_type: str) -> gpd.GeoDataFrame:
    """One layer of a boundary file in longitude and latitude, indexed by area_code.

    Raises:
        ContractBroken: the file or the layer cannot be read.
    """
    try:
        layer = gpd.read_file(path, layer=LAYERS[area_type], engine="pyogrio")
    except (OSError, ValueError, RuntimeError) as error:
        raise ContractBroken(
            f"Boundaries of {area_type} cannot be read: {error}.",
            where=path.name,
            do="Restore the file from version control, or run `python -m pipeline fetch --only boundaries`.",
        ) from None
    return layer.set_index("area_code").set_crs(4326, allow_override=True).sort_index()
