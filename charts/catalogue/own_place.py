"""Entries about a place beside others that the reader chose: compared, inside, and the gap between two."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from charts.catalogue import gap
from charts.catalogue.entry import PLACE, Answer, Draw, Entry
from charts.catalogue.places_asked import places_beside, says_estimated
from charts.catalogue.view import View
from charts.gap.gap_path import gap_path
from charts.gap.pace_gauge import pace_gauge
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.place.inside import inside
from charts.place.inside_over_time import inside_over_time
from charts.place.places_compared import pair_table, places_compared
from pipeline.answers.gap.outlook import Standing
from pipeline.answers.gap.own_pair import with_own_pair
from pipeline.answers.place import inside as inside_answers
from pipeline.answers.place.compared import compared, latest_of_all, pairs
from pipeline.answers.place.profile import Place, place_of
from pipeline.areas import ENGLAND
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.gap.definitions import OWN_PAIR
from pipeline.processed import Tables


def _compared(tables: Tables, view: View) -> pd.DataFrame:
    codes = [place_of(tables, code).code for code in (view.place, *places_beside(view))]
    return compared(tables, codes, sex=view.sex, quantity=view.quantity)


def _places_compared(tables: Tables, view: View, palette: Palette) -> Chart:
    rows = _compared(tables, view)
    return places_compared(rows, pairs(latest_of_all(rows)), view.quantity, build=tables.build, palette=palette)


def _pairs(tables: Tables, view: View) -> tuple[str, pd.DataFrame]:
    """The period in which each two places are compared, and the table of their differences."""
    latest = latest_of_all(_compared(tables, view))
    return str(latest["period"].iloc[0]) if len(latest) else "", pair_table(pairs(latest), view.quantity)


def _inside(tables: Tables, view: View) -> tuple[pd.DataFrame, Place]:
    place = place_of(tables, view.place)
    return inside_answers.inside(tables.newest("hle"), place, sex=view.sex), place


def _inside_now(tables: Tables, view: View, palette: Palette) -> Chart:
    rows, place = _inside(tables, view)
    latest = inside_answers.latest_inside(rows, place)
    return inside(latest, place, on_screen=view.rows == "screen", build=tables.build, palette=palette)


def _inside_over_time(tables: Tables, view: View, palette: Palette) -> Chart:
    rows, place = _inside(tables, view)
    return inside_over_time(rows, place, on_screen=view.rows == "screen", build=tables.build, palette=palette)


def standing_of_pair(tables: Tables, view: View) -> Standing:
    """The gap between the place of a view and the one it is set against, asked as the view says.

    Raises:
        UsageError: there is no gap to close between the two, or no figures.
    """
    paired = with_own_pair(tables, view.place, view.against or ENGLAND)
    try:
        return gap.standing_of(paired, view.with_settings(definition=OWN_PAIR.id))
    except MeasureRefused as error:
        raise UsageError(f"No path can be shown for these two places. {error.what}", do=error.do) from error


def _of_pair(draw: Callable[[Standing, str, Palette], Chart], name: str) -> Draw:
    def drawn(tables: Tables, view: View, palette: Palette) -> Chart:
        found = standing_of_pair(tables, view)
        chart = draw(found, tables.build, palette)
        latest = found.answer.latest
        return replace(
            chart,
            id=name,
            subtitle=f"{latest['better_off']} minus {latest['worse_off']}. {chart.subtitle}",
            caveats=(*chart.caveats, OWN_PAIR.caveat) if OWN_PAIR.caveat not in chart.caveats else chart.caveats,
            file_stem=chart.file_stem.replace(chart.id, name, 1),
        )

    return says_estimated(drawn)


_PAIR = ("sex", *PLACE, "against", "baseline", "target", "share")

ENTRIES = (
    Entry(
        id="places-compared",
        label="A place beside others that you choose",
        needs=("sex", *PLACE, "compare", "quantity"),
        draw=says_estimated(_places_compared),
        screen="place?tab=compare",
    ),
    Entry(
        id="inside",
        label="Authorities inside a place",
        needs=("sex", *PLACE),
        on_screens=("rows",),
        draw=says_estimated(_inside_now),
        screen="place?tab=authorities",
    ),
    Entry(
        id="inside-over-time",
        label="Authorities inside a place over time",
        needs=("sex", *PLACE),
        on_screens=("rows",),
        draw=says_estimated(_inside_over_time),
        screen="place?tab=authorities",
    ),
    Entry(
        id="own-pair-path",
        label="Your own pair of places: the path",
        needs=(*_PAIR, "path", "model"),
        draw=_of_pair(
            lambda found, build, palette: gap_path(found.answer, found.outlook, build=build, palette=palette),
            "own-pair-path",
        ),
        screen="place?tab=pair",
    ),
    Entry(
        id="own-pair-pace",
        label="Your own pair of places: the pace",
        needs=_PAIR,
        draw=_of_pair(
            lambda found, build, palette: pace_gauge(found.answer, found.outlook, build=build, palette=palette),
            "own-pair-pace",
        ),
        screen="place?tab=pair",
    ),
)

PAIRS = Answer(id="pairs", needs=("sex", *PLACE, "compare", "quantity"), ask=_pairs)
"""Whether any two of the places compared clearly differ."""
PAIR_VERDICT = Answer(
    id="own-pair-verdict",
    needs=(*_PAIR, "model"),
    ask=lambda tables, view: gap.verdict_of(tables, standing_of_pair(tables, view)),
)
"""What the figures say of the gap between the reader's own two places, in plain words."""
ANSWERS = (PAIRS, PAIR_VERDICT)
