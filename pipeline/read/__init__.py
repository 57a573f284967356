"""One reader per source: a publisher's file in, a tidy table out; renames and types, never computes."""

from collections.abc import Callable, Mapping

from pipeline.read import (
    deprivation,
    explore_local_statistics,
    fingertips,
    neighbours,
    ons_workbooks,
    open_geography,
)
from pipeline.read.reading import Asked, Reading

READERS: Mapping[str, Callable[[bytes, Asked], Reading]] = {
    "ons-hle": explore_local_statistics.read_hle,
    "ons-nations": explore_local_statistics.read_nations,
    "ons-neighbours": neighbours.read_neighbours,
    "ons-gdhi": explore_local_statistics.read_income,
    "ons-building-block": explore_local_statistics.read_building_block,
    "ons-hle-workbook": ons_workbooks.read_hle_workbook,
    "ons-le-workbook": ons_workbooks.read_le_workbook,
    "ons-deciles-workbook": ons_workbooks.read_deciles,
    "ons-slope-workbook": ons_workbooks.read_slope,
    "fingertips-hle": fingertips.read_hle,
    "fingertips-le": fingertips.read_le,
    "fingertips-slope": fingertips.read_slope,
    "iod-file-7": deprivation.read_small_areas,
    "iod-file-11": deprivation.read_authorities,
    "open-geography": open_geography.read_extents,
}
"""Name of a reader (Source.reader) -> reader of tables. Boundaries have their own: pipeline.read.topology."""
