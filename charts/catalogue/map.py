"""The entry of the map."""

from charts.catalogue.entry import Entry
from charts.catalogue.view import View, period_of, since_of
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.map.from_tables import main_map, maps_by_period
from charts.map.small_multiples import SERIES
from charts.map.views import MapView
from pipeline.processed import Tables


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


ENTRIES = (
    Entry(
        id="map",
        label="Map",
        needs=("sex", "level", "period", "since", "measure", "place", "view", "periods"),
        draw=_map,
        screen="map",
    ),
)
