"""Entries about one place: its healthy life over time, where it stands, places like it."""

import pandas as pd

from charts.catalogue.entry import PLACE, Entry
from charts.catalogue.gap import standing_of
from charts.catalogue.layout import compact
from charts.catalogue.places_asked import says_estimated
from charts.catalogue.view import View
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.kit.settings_line import rule_line, settings_line
from charts.place.nations import nations
from charts.place.place_hle import place_hle
from charts.place.place_le import place_le
from charts.place.place_peers import place_peers
from charts.place.place_ranks import place_ranks
from charts.place.place_residuals import place_residuals
from charts.place.place_standing import place_standing
from pipeline.answers.place.nations import among_nations, beside_nations
from pipeline.answers.place.neighbours import peers_by
from pipeline.answers.place.profile import (
    Place,
    hle_lines,
    hle_years_where_le_ends,
    latest_lines,
    lines,
    place_of,
    rows_of_place,
    standing_of_place,
    task_of,
)
from pipeline.areas import number_of_areas
from pipeline.errors import UsageError
from pipeline.processed import Tables


def _place(tables: Tables, view: View) -> Place:
    place = place_of(tables, view.place)
    if place.no_hle_reason:
        raise UsageError(
            f"There is no healthy life expectancy to show. {place.no_hle_reason}.", do="Choose another place."
        )
    return place


def _authority(tables: Tables, view: View) -> tuple[Place, pd.Series]:
    """Return an authority with its row of table `places`."""
    place = _place(tables, view)
    standing = standing_of_place(tables, place, sex=view.sex)
    if standing is None:
        raise UsageError(f"{place.name} is no local authority.", do="Choose an authority for this chart.")
    return place, standing


def _place_hle(tables: Tables, view: View, palette: Palette) -> Chart:
    place = _place(tables, view)
    rows = hle_lines(tables, place, sex=view.sex)
    chart = place_hle(rows, place, build=tables.build, palette=palette)
    return compact(chart, height=230) if view.layout == "page" else chart


def _place_le(tables: Tables, view: View, palette: Palette) -> Chart:
    place = _place(tables, view)
    hle, life = hle_lines(tables, place, sex=view.sex), lines(tables.table("life_expectancy"), place, sex=view.sex)
    if place.code not in set(life["area_code"]):
        raise UsageError(
            f"No life expectancy is held for {words.place(place.name)}. The release that the others come from has no figures "
            "for it, so its years not in good health cannot be given either.",
            do="Choose another place.",
        )
    hle_years = hle_years_where_le_ends(hle, life, place)
    return place_le(life, place, hle_years=hle_years, build=tables.build, palette=palette)


def _place_standing(tables: Tables, view: View, palette: Palette) -> Chart:
    place = _place(tables, view)
    asked = standing_of(tables, view).answer
    latest = latest_lines(hle_lines(tables, place, sex=view.sex))
    standing = standing_of_place(tables, place, sex=view.sex)
    return place_standing(
        latest,
        place,
        task_of(latest, asked),
        expected_hle_years=float("nan") if standing is None else float(standing["expected_hle_years"]),
        settings=f"{settings_line(asked)} {rule_line(asked.question)}",
        build=tables.build,
        palette=palette,
    )


def _place_ranks(tables: Tables, view: View, palette: Palette) -> Chart:
    (place, _), places = _authority(tables, view), tables.table("places")
    own = places[places["area_code"] == place.code]
    return place_ranks(own, place, of=number_of_areas(places), build=tables.build, palette=palette)


def _place_residuals(tables: Tables, view: View, palette: Palette) -> Chart:
    place, standing = _authority(tables, view)
    held = bool(standing["held_in_every_period"])
    rows = rows_of_place(tables.table("residuals"), place, sex=view.sex)
    return place_residuals(rows, place, held=held, build=tables.build, palette=palette)


def _place_peers(tables: Tables, view: View, palette: Palette) -> Chart:
    place = _place(tables, view)
    found = peers_by(tables, place, sex=view.sex, alike_in=view.alike)
    return place_peers(found, place, build=tables.build, palette=palette)


def _nations(tables: Tables, view: View, palette: Palette) -> Chart:
    place = among_nations(tables)
    rows = beside_nations(tables, place, sex=view.sex)
    return nations(rows, place, id="nations", build=tables.build, palette=palette)


def _place_nations(tables: Tables, view: View, palette: Palette) -> Chart:
    place = among_nations(tables, _place(tables, view).code)
    rows = beside_nations(tables, place, sex=view.sex)
    return nations(rows, place, id="place-nations", build=tables.build, palette=palette)


_FOR_ONE = ("sex", *PLACE)

ENTRIES = (
    Entry(
        id="nations",
        label="The four nations of the United Kingdom",
        needs=("sex",),
        on_screens=("scale",),
        draw=_nations,
        screen="?tab=nations",
    ),
    Entry(
        id="place-hle",
        label="A place over time",
        needs=_FOR_ONE,
        on_screens=("scale", "layout"),
        draw=says_estimated(_place_hle),
        screen="place",
    ),
    Entry(
        id="place-standing",
        label="A place and what halving needs",
        needs=("sex", *PLACE, "definition", "target"),
        draw=says_estimated(_place_standing),
        screen="place?tab=halving",
    ),
    Entry(
        id="place-le",
        label="Life expectancy of a place",
        needs=_FOR_ONE,
        draw=says_estimated(_place_le),
        screen="place?tab=trends",
    ),
    Entry(
        id="place-nations",
        label="A place beside the four nations",
        needs=_FOR_ONE,
        draw=says_estimated(_place_nations),
        screen="place?tab=nations",
    ),
    Entry(
        id="place-ranks",
        label="Ranks that fit the figures of a place",
        needs=("place",),
        draw=_place_ranks,
        screen="place?tab=peers",
    ),
    Entry(
        id="place-residuals",
        label="A place against what deprivation predicts",
        needs=("sex", "place"),
        draw=_place_residuals,
        screen="place?tab=trends",
    ),
    Entry(
        id="place-peers",
        label="A place among similar places",
        needs=(*_FOR_ONE, "alike"),
        draw=says_estimated(_place_peers),
        screen="place",
    ),
)
