"""The entry of the map, and what is said beside it."""

import pandas as pd

from charts.catalogue.entry import Answer, Entry
from charts.catalogue.view import View, period_of, since_of
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.map.extremes import Extremes, extremes
from charts.map.from_tables import main_map, maps_by_period
from charts.map.measures import MEASURES
from charts.map.small_multiples import SERIES
from charts.map.views import MapView
from charts.map.words import missing_reasons
from pipeline.answers.map.rows import map_rows, with_ranks
from pipeline.areas import area_type_of
from pipeline.processed import Tables

BY_HLE = ("level", "difference")
"""Measures that order areas as HLE does."""


def _map(tables: Tables, view: View, palette: Palette) -> Chart:
    hle = tables.newest("hle")
    side_by_side = view.periods == "four" and view.measure in SERIES
    shown = MapView(
        measure=view.measure,
        area_type=view.level,
        sex=view.sex,
        period=period_of(hle, view),
        since=since_of(hle, view) if view.measure == "change" else "",
        form=view.view,
        selected=view.place,
    )
    return (maps_by_period if side_by_side else main_map)(tables, shown, palette=palette)


def _rows(tables: Tables, view: View) -> pd.DataFrame:
    hle = tables.newest("hle")
    since = since_of(hle, view) if view.measure == "change" else ""
    return map_rows(tables, area_type=view.level, sex=view.sex, period=period_of(hle, view), since=since)


def _ranks(tables: Tables, view: View) -> pd.DataFrame:
    """What is known of the ranks of the areas: by HLE or by their share of the shortfall; none for other measures."""
    if view.measure == "shortfall":
        held = tables.table("shortfall")
        return held[(held["sex"] == view.sex) & (held["area_type"] == view.level)]
    places = tables.table("places")
    if view.measure not in BY_HLE:
        return places.head(0)
    if view.level != "utla":
        return with_ranks(_rows(tables, view))
    return places[(places["sex"] == view.sex) & (places["period"] == period_of(tables.newest("hle"), view))]


def _notes(tables: Tables, view: View) -> tuple[str, ...]:
    measure = MEASURES[view.measure]
    return (measure.meaning, *missing_reasons(_rows(tables, view), measure))


def _extremes(tables: Tables, view: View) -> Extremes:
    return extremes(_rows(tables, view), MEASURES[view.measure], ranks=_ranks(tables, view))


def _selected(tables: Tables, view: View) -> tuple[pd.Series, pd.DataFrame]:
    """Return the row of the place chosen, and what is known of its rank: one row, or none."""
    own = view.with_settings(level=area_type_of(view.place))
    rows, ranks = (table[table["area_code"] == view.place] for table in (_rows(tables, own), _ranks(tables, own)))
    return rows.iloc[0], ranks


_SHOWN = ("sex", "level", "period", "since", "measure")

NOTES = Answer(id="map-notes", needs=_SHOWN, ask=_notes)
"""What the measure means, and why areas have no figure."""
EXTREMES = Answer(id="extremes", needs=_SHOWN, ask=_extremes)
SELECTED = Answer(id="selected", needs=("sex", "period", "since", "measure", "place"), ask=_selected)

ANSWERS = (NOTES, EXTREMES, SELECTED)

ENTRIES = (
    Entry(
        id="map",
        label="Map",
        needs=("sex", "level", "period", "since", "measure", "place", "view", "periods"),
        draw=_map,
        screen="map",
    ),
)
