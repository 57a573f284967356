"""Packs: the charts that go together for the nation, a region or a place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import pandas as pd

from charts.catalogue.catalogue import Shot, shots
from charts.catalogue.places_asked import with_places
from charts.catalogue.view import View
from charts.kit import words
from pipeline.answers.place.profile import place_of
from pipeline.areas import GROUP, code_in_force, nearest_names
from pipeline.errors import UsageError
from pipeline.processed import Tables

SEXES = tuple(words.PEOPLE)
SET_BY_PACKS = frozenset({"level", "measure"})
"""Settings of maps that a pack chooses itself."""

REGIONS, PLACES = ("region",), ("combined-authority", "utla")

STORY = (
    *("definitions", "readings", "levelling", "ages-lost", "shortfall", "milestones"),
    *("lever-gaps", "promises", "forecast-record"),
)
"""After the answer on the cover and the two paths: definitions, which end moved, when in life, who holds it, what to look
for, levers, promises, and how good the method is."""


class Pack(Protocol):
    """The charts of a pack, in the order in which a deck shows them."""

    def __call__(self, tables: Tables, view: View, sexes: Sequence[str] = SEXES) -> list[Shot]:
        """Return them for women, men or both."""


def national(tables: Tables, view: View, sexes: Sequence[str] = SEXES) -> list[Shot]:
    """The story of England: with the cover, twelve slides. After the paths, one slide for both sexes says what each shows."""
    del tables
    paths = shots(("gap-path",), sexes=sexes, view=view)
    told = shots(STORY, sexes=sexes[:1], view=view)
    return paths + [replace(one, also=tuple(sexes[1:])) if "sex" in one.entry.needs else one for one in told]


def area_pack(tables: Tables, view: View, sexes: Sequence[str] = SEXES) -> list[Shot]:
    """The charts of the region or place named by `view.place`: fewer for one that is no authority or has no HLE.

    A view that sets places beside it, or one against it, has the charts of the comparison too.
    """
    tables = with_places(tables, view)
    chosen = place_of(tables, view.place)
    authority, known = chosen.area_type == "utla", not chosen.no_hle_reason
    names = ["place-hle", "place-standing", "place-le", "place-peers"] if known else []
    if chosen.code not in set(tables.table("life_expectancy")["area_code"]):  # a new area's is published later
        names = [name for name in names if name != "place-le"]
    names += ["places-compared"] if known and view.compare else []
    names += ["own-pair-path", "own-pair-pace"] if known and view.against else []
    names += ["place-ranks", "place-residuals", "against-deprivation"] if authority and known else []
    found = shots(names, sexes=sexes, view=view)
    if chosen.area_type == GROUP:
        inside = ("inside", "inside-over-time") if len(chosen.authorities) > 1 else ()
        return found + shots((*inside, "pockets"), sexes=sexes, view=view)
    measures = ("level", "difference") if known else ("level",)
    for measure in measures:
        level = view.with_settings(level=chosen.area_type, measure=measure)
        found += shots(("map",), sexes=sexes, view=level)
    return found + shots(("pockets",), sexes=sexes, view=view)


PACKS: Mapping[str, Pack] = {
    "national": national,
    "region": area_pack,
    "place": area_pack,
}
"""Name -> pack."""


def area(tables: Tables, text: str, *, levels: Collection[str] = ()) -> pd.Series:
    """Return the area of a code or a name, whatever the case of its letters; a replaced code leads to its successor.

    Args:
        tables: the tables.
        text: code or name.
        levels: area types to look among; all where left out.

    Raises:
        UsageError: no area, or more than one, goes by it.
    """
    areas = tables.table("areas")
    areas = areas[areas["area_type"].isin(levels)] if levels else areas
    asked = text.strip().casefold()
    found = areas[
        (areas["area_code"] == code_in_force(text.strip().upper())) | (areas["area_name"].str.casefold() == asked)
    ]
    if len(found) != 1:
        likely = nearest_names(text, areas["area_name"])
        near = found if len(found) else areas.set_index("area_name", drop=False).loc[likely]
        meant = ", ".join(f"{row['area_name']} ({row['area_code']})" for row in near.head(5).to_dict("records"))
        raise UsageError(
            f"{'No area' if found.empty else 'More than one area'} goes by {text!r}.",
            do=f"Did you mean {meant}?" if meant else "Give its name or its nine-character ONS code, as in areas.csv.",
        )
    one: pd.Series = found.iloc[0]
    return one


def area_of_level(tables: Tables, text: str, *, pack: str) -> pd.Series:
    """Return the area that a pack is asked for.

    Raises:
        UsageError: there is none of that name, or it is of another level than the pack is for.
    """
    try:
        return area(tables, text, levels=PLACES if pack == "place" else REGIONS)
    except UsageError as error:
        try:
            other = area(tables, text, levels=REGIONS if pack == "place" else PLACES)
        except UsageError:
            raise error from None
    raise UsageError(
        f"{other['area_name']} is not a {pack}.",
        do=f"Use `{'region' if pack == 'place' else 'place'} {other['area_code']}`.",
    )
