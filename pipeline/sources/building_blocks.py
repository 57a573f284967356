"""Building blocks of health: which published indicators we use and where each is found.

The facts are in building_blocks.csv, and in explore_local_statistics.csv for the files of ONS that most of them are in.
"""

from dataclasses import dataclass

from pipeline.sources.facts import rows
from pipeline.sources.ons import DATA_FEBRUARY_2026, DATA_NOW, ONS_ATTRIBUTION
from pipeline.sources.source import Latest, Release, Source
from pipeline.tables import authored


@dataclass(frozen=True, kw_only=True)
class BuildingBlock:
    """One indicator of a building block of health."""

    id: str
    """Our name for it: the `indicator` column of the building_blocks table."""
    source_id: str
    published_name: str
    unit: str
    not_a_lever_because: str


def _source(slug: str, facts: dict[str, str]) -> Source:
    return Source(
        id=f"els-{slug}",
        title=f"{facts['title']} (Explore Local Statistics)",
        publisher=facts["publisher"],
        table="building_blocks",
        part=slug,
        landing_page=f"https://github.com/ONSdigital/explore-local-statistics-data/tree/main/{slug}",
        reader="ons-building-block",
        releases=(Release(date=facts["release"], url=f"{DATA_FEBRUARY_2026}/{slug}/{slug}.csv"),),
        latest=Latest(url=f"{DATA_NOW}/{slug}/{slug}.csv", about_url=f"{DATA_NOW}/{slug}/{slug}.json"),
        own_attribution=ONS_ATTRIBUTION,
        caveats=(facts["caveat"],) if facts["caveat"] else (),
        geography="Areas that have ended are left out; replaced codes are mapped to those in force.",
    )


BUILDING_BLOCK_SOURCES = tuple(_source(row["slug"], row) for row in rows(authored.EXPLORE_LOCAL_STATISTICS))
BUILDING_BLOCKS = tuple(
    BuildingBlock(id=row.pop("indicator"), source_id=row.pop("source"), **row) for row in rows(authored.BUILDING_BLOCKS)
)
