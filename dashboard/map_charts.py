"""The maps of the Map screen, drawn once per build and settings and shared between visitors."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.area_map import area_map
from charts.chart import Chart
from charts.map_measures import MEASURES
from charts.palette import DARK, LIGHT, Palette
from charts.small_multiples import small_multiples
from dashboard.figures import Figures
from pipeline.comparison import against_england
from pipeline.map_rows import map_rows, periods_apart
from pipeline.map_scale import Scale, level_scale

SCALED_BY_LEVEL = ("level", "life-expectancy", "poor-health", "difference")
"""Measures whose classes are the same for both sexes and all periods."""


BY_HLE = ("level", "difference")
"""Measures that order areas as HLE does."""


@dataclass(frozen=True)
class MapView:
    """What the controls of the Map screen say."""

    measure: str
    area_type: str
    sex: str
    period: str
    since: str
    form: str

    @property
    def on_tiles(self) -> bool:
        """Whether authorities are drawn as tiles."""
        return self.form == "tiles" and self.area_type == "utla"


def rows_of(figures: Figures, shown: MapView) -> pd.DataFrame:
    """Return the areas of a view, one row each; read them only."""
    return _rows(figures, shown.area_type, shown.sex, shown.period, shown.since, figures.build)


def ranks_of(figures: Figures, shown: MapView) -> pd.DataFrame:
    """Return what is known of the ranks by HLE of the areas of a view: rows of table `places`, or none."""
    ranks = figures.table("places")
    ranked = shown.area_type == "utla" and shown.measure in BY_HLE
    return ranks[ranked & (ranks["sex"] == shown.sex) & (ranks["period"] == shown.period)]


def main_map(figures: Figures, shown: MapView, *, selected: str, palette: Palette) -> Chart:
    """Return the large map of a view."""
    return _main_map(figures, shown, selected, palette is DARK, figures.build)


def maps_by_period(figures: Figures, shown: MapView, *, selected: str, palette: Palette) -> Chart:
    """Return small maps of the periods without a common year, the latest last."""
    return _maps_by_period(figures, shown, selected, palette is DARK, figures.build)


# The build id is an argument of its own so that a new build is never answered from an old one.
@st.cache_resource(max_entries=500, show_spinner=False)
def _rows(_figures: Figures, area_type: str, sex: str, period: str, since: str, build: str) -> pd.DataFrame:
    del build
    return map_rows(_figures, area_type=area_type, sex=sex, period=period, since=since)


@st.cache_resource(max_entries=100, show_spinner=False)
def _scale(_figures: Figures, measure: str, area_type: str, build: str) -> Scale | None:
    del build
    if measure not in SCALED_BY_LEVEL:
        return None
    return level_scale(_figures, column=MEASURES[measure].column, area_type=area_type)


@st.cache_resource(max_entries=300, show_spinner=False)
def _main_map(_figures: Figures, shown: MapView, selected: str, dark: bool, build: str) -> Chart:
    return area_map(
        rows_of(_figures, shown),
        measure_id=shown.measure,
        area_type=shown.area_type,
        sex=shown.sex,
        period=shown.period,
        since=shown.since,
        release=_figures.release,
        build=build,
        selected=selected,
        scale=_scale(_figures, shown.measure, shown.area_type, build),
        tiles=_figures.table("tiles") if shown.on_tiles else None,
        palette=DARK if dark else LIGHT,
    )


@st.cache_resource(max_entries=100, show_spinner=False)
def _maps_by_period(_figures: Figures, shown: MapView, selected: str, dark: bool, build: str) -> Chart:
    hle, areas = _figures.newest("hle"), _figures.table("areas")
    periods = periods_apart(hle["period"].unique(), latest=str(hle["period"].max()))
    scale = _scale(_figures, shown.measure, shown.area_type, build)
    return small_multiples(
        {
            period: against_england(hle, areas, area_type=shown.area_type, sex=shown.sex, period=period)
            for period in periods
        },
        measure_id=shown.measure,
        area_type=shown.area_type,
        sex=shown.sex,
        scale=scale or Scale(),
        release=_figures.release,
        build=build,
        selected=selected,
        tiles=_figures.table("tiles") if shown.on_tiles else None,
        palette=DARK if dark else LIGHT,
    )
