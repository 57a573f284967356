"""One reader per source: a publisher's file in, a tidy table out; renames and types, never computes."""

from collections.abc import Callable, Mapping

from pipeline.read import explore_local_statistics
from pipeline.read.reading import Reading
from pipeline.sources import Source

TableReader = Callable[[bytes, Source, str], Reading]

READERS: Mapping[str, TableReader] = {
    "ons-hle": explore_local_statistics.read_hle,
    "ons-gdhi": explore_local_statistics.read_income,
    "ons-building-block": explore_local_statistics.read_building_block,
}
"""Name of a reader (Source.reader) -> reader of tables. Boundaries have their own: pipeline.read.topology."""
