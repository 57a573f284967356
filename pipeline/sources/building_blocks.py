"""Building blocks of health: which published indicators we use, what they count and which direction is good.

The facts stand in building_blocks.csv beside this file, one line per indicator, written by hand.
"""

import csv
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Literal, cast

from pipeline.sources.ons import DATA_FEBRUARY_2026, DATA_NOW, ONS_ATTRIBUTION
from pipeline.sources.other_publishers import INACTIVITY, SMOKING
from pipeline.sources.source import Latest, Release, Source

Direction = Literal["good", "bad", "neither"]


@dataclass(frozen=True, kw_only=True)
class BuildingBlock:
    """One indicator of a building block of health."""

    id: str
    """Our name for it: the `indicator` column of the building_blocks table."""
    published_name: str
    """The publisher's name, as its file spells it."""
    label: str
    unit: str
    high_is: Direction
    """Which way a high value points for health; "neither" where that is not settled."""
    source_id: str


_LINES = list(csv.DictReader(Path(__file__).with_suffix(".csv").read_text(encoding="utf-8").splitlines()))


def _source(slug: str, lines: list[dict[str, str]]) -> Source:
    first = lines[0]
    return Source(
        id=f"els-{slug}",
        title=f"{first['title']} (Explore Local Statistics)",
        publisher=first["publisher"],
        table="building_blocks",
        part=slug,
        landing_page=f"https://github.com/ONSdigital/explore-local-statistics-data/tree/main/{slug}",
        reader="ons-building-block",
        releases=(Release(date=first["release"], url=f"{DATA_FEBRUARY_2026}/{slug}/{slug}.csv"),),
        latest=Latest(url=f"{DATA_NOW}/{slug}/{slug}.csv", about_url=f"{DATA_NOW}/{slug}/{slug}.json"),
        attribution=ONS_ATTRIBUTION,
        caveats=tuple(dict.fromkeys(line["caveat"] for line in lines if line["caveat"])),
        geography="Areas that have ended are left out; replaced codes are mapped to those in force.",
    )


BUILDING_BLOCK_SOURCES: tuple[Source, ...] = tuple(
    _source(slug, list(lines)) for slug, lines in groupby(_LINES, key=itemgetter("slug"))
)

BUILDING_BLOCKS: tuple[BuildingBlock, ...] = (
    *(
        BuildingBlock(
            id=line["indicator"],
            published_name=line["published_name"],
            label=line["label"],
            unit=line["unit"],
            high_is=cast(Direction, line["high_is"]),
            source_id=f"els-{line['slug']}",
        )
        for line in _LINES
    ),
    BuildingBlock(
        id="smoking",
        published_name="Adults who smoke (APS, 18+)",
        label="Adults who smoke",
        unit="%",
        high_is="bad",
        source_id=SMOKING.id,
    ),
    BuildingBlock(
        id="physical-inactivity",
        published_name="Physically inactive adults",
        label="Physically inactive adults",
        unit="%",
        high_is="bad",
        source_id=INACTIVITY.id,
    ),
)
