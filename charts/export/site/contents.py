"""Which pages the static edition has, and which charts stand on each."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from charts.catalogue.catalogue import Shot, shots
from charts.catalogue.choices import CHOICES
from charts.catalogue.packs import SEXES, area_pack
from charts.catalogue.view import View
from charts.kit import words
from pipeline.processed import Tables

NOT_ON_PLACES = frozenset({"map", "against-deprivation"})
"""Charts that show all places, which have a page of their own."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of charts."""

    path: str
    """Its file, below the folder of the edition."""
    title: str
    question: str
    """The question it answers."""
    shots: Sequence[Shot]
    about: View | None = None
    """What its question is about, where it has an answer in a sentence."""


def chart_pages() -> Iterator[Page]:
    """Yield the pages about England and all its places, in the order of the menu."""
    for name, label in CHOICES["definition"].items():
        view = View(definition=name)
        default = name == View().definition
        ids = ("gap-path", "both-ends", *(("definitions",) if default else ()))
        yield Page(
            path="index.html" if default else definition_path(name),
            title="The gap" if default else f"The gap: {label}",
            question=f"Is the gap in healthy life expectancy being halved? {label}",
            shots=shots(ids, sexes=SEXES, view=view),
            about=view,
        )
    maps = [shot for level in CHOICES["level"] for shot in shots(("map",), sexes=SEXES, view=View(level=level))]
    yield Page(path="map.html", title="Map", question="Where do people live longest in good health?", shots=maps)
    yield _page("takes.html", "What it would take", "How fast must the gap narrow, and where is it heading?", _TAKES)
    yield _page(
        "deprivation.html", "Deprivation", "How does healthy life expectancy go with deprivation?", _DEPRIVATION
    )
    yield _page("levers.html", "Levers", "What do the most deprived places lack, and who can act?", _LEVERS)


def place_pages(tables: Tables, *, codes: Collection[str] = ()) -> Iterator[Page]:
    """Yield a page for every area, or for those of the codes given: regions, combined authorities and authorities."""
    for row in places(tables, codes=codes).to_dict("records"):
        view = View(place=str(row["area_code"]))
        name = words.place(str(row["area_name"]))
        yield Page(
            path=place_path(str(row["area_code"])),
            title=str(row["area_name"]),
            question=f"How long can people in {name} expect to live in good health?",
            shots=[shot for shot in area_pack(tables, view) if shot.entry.id not in NOT_ON_PLACES],
            about=view,
        )


def places(tables: Tables, *, codes: Collection[str] = ()) -> pd.DataFrame:
    """The areas that have a page, by name."""
    areas = tables.table("areas")
    areas = areas[areas["area_code"].isin(codes)] if codes else areas
    return areas[areas["area_type"].isin(CHOICES["level"])].sort_values("area_name", kind="stable")


def count_pages(tables: Tables) -> int:
    """Return how many pages of charts there are."""
    return sum(1 for _ in chart_pages()) + len(places(tables))


def definition_path(definition: str) -> str:
    """Return the file of the page about one definition of the gap."""
    return f"gap-{definition}.html"


def place_path(code: str) -> str:
    """Return the file of the page about a place."""
    return f"places/{code}.html"


def _page(path: str, title: str, question: str, chart_ids: Sequence[str]) -> Page:
    return Page(path=path, title=title, question=question, shots=shots(chart_ids, sexes=SEXES, view=View()))


_TAKES = ("pace-gauge", "levelling", "poor-end-paces", "floor", "decomposition", "lives", "forecast-record")
_DEPRIVATION = ("tenths", "slopes", "against-deprivation", "lasting")
_LEVERS = ("lever-gaps", "lever-departments", "lever-associations", "better-than-predicted")
