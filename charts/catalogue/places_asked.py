"""The places that a view asks for, groups of authorities among them, and what a chart of a group must say."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from charts.catalogue.view import View
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from pipeline.answers.place.group_tables import with_groups
from pipeline.answers.place.groups import BETWEEN, Group, authorities_in, group_of
from pipeline.areas import COUNTED_WITH, ENGLAND, WITHOUT_HLE
from pipeline.processed import Tables

CHECK = (
    "An estimate weights authorities by residents. For regions and combined authorities, whose figures ONS publishes, such "
    "estimates are 0.06 years from them on average and 0.3 at most."
)


def places_beside(view: View) -> tuple[str, ...]:
    """Codes of the places to show beside the place of a view; England where none is chosen."""
    return tuple(code for code in view.compare.split(BETWEEN) if code) or (ENGLAND,)


def groups_asked(tables: Tables, view: View) -> tuple[Group, ...]:
    """The groups of authorities among the places of a view.

    Raises:
        UsageError: the reader's own area cannot be used; the message says why.
    """
    asked = dict.fromkeys([view.against, *view.compare.split(BETWEEN)], "") | {view.place: view.codes}
    found = (group_of(tables.table("areas"), place, codes) for place, codes in asked.items() if place)
    return tuple(group for group in found if group)


def with_places(tables: Tables, view: View) -> Tables:
    """The tables with the rows of every group that a view asks for; the tables themselves where there is none.

    Raises:
        UsageError: as `groups_asked`.
    """
    groups = groups_asked(tables, view)
    return with_groups(tables, groups) if groups else tables


def says_estimated(draw: Callable[[Tables, View, Palette], Chart]) -> Callable[[Tables, View, Palette], Chart]:
    """Let a chart say which of its places are our estimates; `draw` draws it."""

    def drawn(tables: Tables, view: View, palette: Palette) -> Chart:
        chart, areas = draw(tables, view, palette), tables.table("areas")
        if "estimated" not in areas:
            return chart
        estimated = areas.loc[areas["estimated"].eq(True), "area_code"]  # empty for published areas
        said = [estimate_line(areas, str(code)) for code in estimated]
        return replace(
            chart, settings=" ".join([chart.settings, *said]), caveats=(*chart.caveats, *[CHECK][: len(said)])
        )

    return drawn


def estimate_line(areas: pd.DataFrame, code: str) -> str:
    """ "Cumbria: our estimate from ONS figures for 2 authorities."; what it does about those without figures is said."""
    names, authorities = areas.set_index("area_code")["area_name"], authorities_in(areas, code)
    without = [one for one in authorities if one in WITHOUT_HLE]
    count = words.number_of(len(authorities) - len(without), "authority", "authorities")
    said = [f"{names[code]}: our estimate from ONS figures for {count}."]
    for one in without:
        neighbour = COUNTED_WITH[one]
        said.append(
            f"{names[one]} is counted with {names[neighbour]}."
            if neighbour in authorities
            else f"{names[one]} has no published figure and is left out."
        )
    return " ".join(said)
