"""The maps of the Map screen and the rows behind them, worked out once per build and settings."""

import pandas as pd

from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.map import from_tables
from charts.map.views import MapView
from dashboard.figures import Figures
from dashboard.shared import shared
from pipeline.answers.map.rows import map_rows

BY_HLE = ("level", "difference")
"""Measures that order areas as HLE does."""


def rows_of(figures: Figures, shown: MapView) -> pd.DataFrame:
    """Return the areas of a view, one row each; read them only."""
    return shared(map_rows, figures, area_type=shown.area_type, sex=shown.sex, period=shown.period, since=shown.since)


def ranks_of(figures: Figures, shown: MapView) -> pd.DataFrame:
    """Return what is known of the ranks by HLE of the areas of a view: rows of table `places`, or none."""
    ranked = shown.area_type == "utla" and shown.measure in BY_HLE
    return shared(_ranks, figures.table("places"), sex=shown.sex if ranked else "", period=shown.period)


def main_map(figures: Figures, shown: MapView, *, palette: Palette) -> Chart:
    """Return the map of one period."""
    return shared(from_tables.main_map, figures, shown, rows=rows_of(figures, shown), palette=palette)


def maps_by_period(figures: Figures, shown: MapView, *, palette: Palette) -> Chart:
    """Return small maps of the periods without a common year."""
    return shared(from_tables.maps_by_period, figures, shown, palette=palette)


def _ranks(places: pd.DataFrame, *, sex: str, period: str) -> pd.DataFrame:
    return places[(places["sex"] == sex) & (places["period"] == period)]
