"""A map of a view, drawn from the processed tables: the Map screen, slides and files call the same."""

from dataclasses import dataclass

import pandas as pd

from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from charts.map.area_map import area_map
from charts.map.measures import MEASURES
from charts.map.small_multiples import small_multiples
from pipeline.answers.map.rows import map_rows, periods_apart
from pipeline.answers.map.scale import Scale, level_scale
from pipeline.answers.place.comparison import against_england
from pipeline.processed import Tables

FORMS = ("map", "tiles")
SCALED_BY_LEVEL = ("level", "life-expectancy", "poor-health", "difference")
"""Measures whose classes are the same for both sexes and all periods."""


@dataclass(frozen=True, kw_only=True)
class MapView:
    """What a map is of."""

    measure: str
    """A key of `MEASURES`."""
    area_type: str
    sex: str
    period: str
    since: str = ""
    """The earlier period of a change; "" for none."""
    form: str = "map"
    """One of `FORMS`; only authorities are drawn as tiles."""
    selected: str = ""
    """Code of a place to outline, or ""."""

    @property
    def on_tiles(self) -> bool:
        """Whether authorities are drawn as tiles."""
        return self.form == "tiles" and self.area_type == "utla"


def main_map(tables: Tables, shown: MapView, *, rows: pd.DataFrame | None = None, palette: Palette = LIGHT) -> Chart:
    """Return the map of one period; `rows` are those of `pipeline.answers.map.rows` where they are at hand."""
    if rows is None:
        rows = map_rows(tables, area_type=shown.area_type, sex=shown.sex, period=shown.period, since=shown.since)
    return area_map(
        rows,
        measure_id=shown.measure,
        area_type=shown.area_type,
        sex=shown.sex,
        period=shown.period,
        since=shown.since,
        release=tables.release,
        build=tables.build,
        selected=shown.selected,
        scale=_scale(tables, shown),
        tiles=tables.table("tiles") if shown.on_tiles else None,
        palette=palette,
    )


def maps_by_period(tables: Tables, shown: MapView, *, palette: Palette = LIGHT) -> Chart:
    """Return small maps of the periods without a common year, the latest last; `shown.period` is not asked for."""
    hle, areas = tables.newest("hle"), tables.table("areas")
    periods = periods_apart(hle["period"].unique(), latest=str(hle["period"].max()))
    return small_multiples(
        {
            period: against_england(hle, areas, area_type=shown.area_type, sex=shown.sex, period=period)
            for period in periods
        },
        measure_id=shown.measure,
        area_type=shown.area_type,
        sex=shown.sex,
        scale=_scale(tables, shown) or Scale(),
        release=tables.release,
        build=tables.build,
        selected=shown.selected,
        tiles=tables.table("tiles") if shown.on_tiles else None,
        palette=palette,
    )


def _scale(tables: Tables, shown: MapView) -> Scale | None:
    if shown.measure not in SCALED_BY_LEVEL:
        return None
    return level_scale(tables, column=MEASURES[shown.measure].column, area_type=shown.area_type)
