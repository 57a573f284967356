"""Packs: the charts that go together for the nation, a region or a place."""

from collections.abc import Callable, Collection, Mapping, Sequence

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


def national(tables: Tables, view: View) -> list[Shot]:
    """Return the charts that answer for England, each for women and men."""
    del tables
    gap = ("gap-path", "pace-gauge", "both-ends", "levelling", "definitions", "decomposition", "floor")
    found = shots(gap, sexes=SEXES, view=view)
    for level in ("region", "utla"):
        found += shots(("map",), sexes=SEXES, view=view.with_settings(level=level, measure="level"))
    others = ("tenths", "slopes", "against-deprivation", "lever-gaps", "lever-departments")
    return found + shots(others, sexes=SEXES, view=view)


def area_pack(tables: Tables, view: View) -> list[Shot]:
    """Return the charts of the region or place named by `view.place`: fewer for one that is no authority or has no HLE.

    A view that sets places beside it, or one against it, has the charts of the comparison too.
    """
    chosen = place_of(with_places(tables, view).table("areas"), view.place)
    authority, known = chosen.area_type == "utla", not chosen.no_hle_reason
    names = ["place-hle", "place-standing", "place-le", "place-peers"] if known else []
    names += ["places-compared"] if known and view.compare else []
    names += ["own-pair-path", "own-pair-pace"] if known and view.against else []
    names += ["place-ranks", "place-residuals", "against-deprivation"] if authority and known else []
    found = shots(names, sexes=SEXES, view=view)
    if chosen.area_type == GROUP:
        inside = ("inside", "inside-over-time") if len(chosen.authorities) > 1 else ()
        return found + shots(inside, sexes=SEXES, view=view) + shots(("pockets",), sexes=SEXES, view=view)
    measures = ("level", "difference") if known else ("level",)
    for measure in measures:
        level = view.with_settings(level=chosen.area_type, measure=measure)
        found += shots(("map",), sexes=SEXES, view=level)
    return found + shots(("pockets",), sexes=SEXES, view=view)


PACKS: Mapping[str, Callable[[Tables, View], Sequence[Shot]]] = {
    "national": national,
    "region": area_pack,
    "place": area_pack,
}
"""Name -> the charts of the pack, in the order in which a deck shows them."""


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
