"""The maps of the Map screen and the rows behind them, worked out once per build and settings."""

import pandas as pd
import streamlit as st

from charts import map_views
from charts.chart import Chart
from charts.map_views import MapView
from charts.palette import DARK, LIGHT, Palette
from dashboard.figures import Figures
from pipeline.map_rows import map_rows

BY_HLE = ("level", "difference")
"""Measures that order areas as HLE does."""


def rows_of(figures: Figures, shown: MapView) -> pd.DataFrame:
    """Return the areas of a view, one row each; read them only."""
    return _rows(figures, shown.area_type, shown.sex, shown.period, shown.since, figures.build)


def ranks_of(figures: Figures, shown: MapView) -> pd.DataFrame:
    """Return what is known of the ranks by HLE of the areas of a view: rows of table `places`, or none."""
    ranks = figures.table("places")
    ranked = shown.area_type == "utla" and shown.measure in BY_HLE
    return ranks[ranked & (ranks["sex"] == shown.sex) & (ranks["period"] == shown.period)]


def main_map(figures: Figures, shown: MapView, *, palette: Palette) -> Chart:
    """Return the map of one period."""
    return _main_map(figures, shown, palette is DARK, figures.build)


def maps_by_period(figures: Figures, shown: MapView, *, palette: Palette) -> Chart:
    """Return small maps of the periods without a common year."""
    return _maps_by_period(figures, shown, palette is DARK, figures.build)


# The build id is an argument of its own so that a new build is never answered from an old one.
@st.cache_resource(max_entries=500, show_spinner=False)
def _rows(_figures: Figures, area_type: str, sex: str, period: str, since: str, build: str) -> pd.DataFrame:
    del build
    return map_rows(_figures, area_type=area_type, sex=sex, period=period, since=since)


@st.cache_resource(max_entries=300, show_spinner=False)
def _main_map(_figures: Figures, shown: MapView, dark: bool, build: str) -> Chart:
    del build
    return map_views.main_map(_figures, shown, palette=DARK if dark else LIGHT)


@st.cache_resource(max_entries=100, show_spinner=False)
def _maps_by_period(_figures: Figures, shown: MapView, dark: bool, build: str) -> Chart:
    del build
    return map_views.maps_by_period(_figures, shown, palette=DARK if dark else LIGHT)
