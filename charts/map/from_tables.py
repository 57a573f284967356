"""Maps of a view, drawn from the processed tables: the Map screen, slides and files call the same."""

import pandas as pd

from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from charts.map.area_map import area_map, own_scale
from charts.map.small_multiples import small_multiples
from charts.map.views import MapView
from pipeline.answers.map.rows import map_rows, periods_apart
from pipeline.answers.map.scale import Scale, level_scale
from pipeline.answers.place.comparison import level_against_england
from pipeline.processed import Tables

SCALED_BY_LEVEL = ("level", "life-expectancy", "poor-health", "difference")
"""Measures whose classes on maps of authorities are the same for both sexes and all periods."""


def main_map(tables: Tables, shown: MapView, *, rows: pd.DataFrame | None = None, palette: Palette = LIGHT) -> Chart:
    """The map of one period; `rows` are those of `pipeline.answers.map.rows` where they are at hand."""
    if rows is None:
        rows = map_rows(tables, area_type=shown.area_type, sex=shown.sex, period=shown.period, since=shown.since)
    return area_map(
        rows,
        shown,
        release=tables.release,
        build=tables.build,
        scale=_scale(tables, shown),
        tiles=_tiles(tables, shown),
        palette=palette,
    )


def maps_by_period(tables: Tables, shown: MapView, *, palette: Palette = LIGHT) -> Chart:
    """Small maps of the periods without a common year, the latest last, whatever the period of the view."""
    hle = tables.newest("hle")
    rows = {
        period: level_against_england(tables, area_type=shown.area_type, sex=shown.sex, period=period)
        for period in periods_apart(hle["period"].unique(), latest=str(hle["period"].max()))
    }
    return small_multiples(
        rows,
        shown,
        release=tables.release,
        build=tables.build,
        scale=_scale(tables, shown) or own_scale(list(rows.values()), shown.shows),
        tiles=_tiles(tables, shown),
        palette=palette,
    )


def _tiles(tables: Tables, shown: MapView) -> pd.DataFrame | None:
    return tables.table("tiles") if shown.on_tiles else None


def _scale(tables: Tables, shown: MapView) -> Scale | None:
    if shown.measure not in SCALED_BY_LEVEL or shown.area_type != "utla":
        return None
    return level_scale(tables, column=shown.shows.column, area_type=shown.area_type)
