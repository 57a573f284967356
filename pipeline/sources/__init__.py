"""What we use: every source of figures, as its publisher describes it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.sources import local_action, mhclg, ohid, ons
from pipeline.sources.building_blocks import BUILDING_BLOCK_SOURCES, BUILDING_BLOCKS, BuildingBlock
from pipeline.sources.source import Latest, Release, Source

__all__ = ["BUILDING_BLOCKS", "HOSTS", "SOURCES", "BuildingBlock", "Latest", "Release", "Source", "source_of"]

SOURCES: Mapping[str, Source] = {
    source.id: source
    for source in (
        ons.LOOKUP,
        ons.DISTRICTS,
        ons.HLE,
        ons.NATIONS,
        ons.OLD_METHOD_HLE,
        ons.DECILES,
        ons.LIFE_EXPECTANCY,
        ons.LIFE_TABLE,
        ons.GOOD_HEALTH,
        ons.INCOME,
        ons.POPULATION,
        ons.POPULATION_BY_SEX,
        ons.BOUNDARIES,
        *ons.NEIGHBOURS,
        mhclg.DEPRIVATION,
        mhclg.DEPRIVATION_LSOA,
        *BUILDING_BLOCK_SOURCES,
        ohid.SMOKING,
        ohid.INACTIVITY,
        local_action.LOCAL_ACTION,
        ons.HLE_WORKBOOK,
        ons.SLOPE,
        mhclg.DEPRIVATION_WORKBOOK,
        ohid.FINGERTIPS_HLE,
        ohid.FINGERTIPS_LE,
        ohid.FINGERTIPS_SLOPE,
        ons.OPEN_GEOGRAPHY_AUTHORITIES,
        ons.OPEN_GEOGRAPHY_REGIONS,
    )
}
"""Source id -> source, in the order in which they are fetched and listed."""


HOSTS: frozenset[str] = frozenset(
    urlsplit(url).netloc
    for source in SOURCES.values()
    for url in (
        *(release.url for release in source.releases),
        *(release.page for release in source.releases),
        *((source.latest.url, source.latest.about_url) if source.latest else ()),
    )
    if url
)
"""Hosts that may be asked for a file."""


def source_of(source_id: str) -> Source:
    """A source by its id.

    Raises:
        UsageError: there is none of that name.
    """
    try:
        return SOURCES[source_id]
    except KeyError:
        raise UsageError(
            f"There is no source called {source_id!r}.", do=f"Choose one of: {', '.join(SOURCES)}."
        ) from None
