"""Map: where is healthy life expectancy high and low?"""

from dataclasses import replace

import streamlit as st

from charts.map.measures import MEASURES
from charts.map.small_multiples import SERIES
from charts.map.views import MapView
from charts.map.words import missing_reasons
from dashboard import controls, panel, shell
from dashboard.map import controls as map_controls
from dashboard.map.charts import main_map, maps_by_period, ranks_of, rows_of
from dashboard.place import cards as places
from dashboard.place import choice as place_choice
from dashboard.shared import shared
from pipeline.areas import area_type_of
from pipeline.errors import UsageError

with shell.page(
    "Map",
    "Where do people live longest in good health, and where not?",
    terms=(
        *("hle", "le", "interval", "period", "years-not-healthy", "imd", "rank-interval", "p-lowest-fifth", "fifth"),
        *("region", "combined-authority", "authority", "local-action"),
    ),
) as figures:
    periods = controls.periods_of(figures.newest("hle"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area_type = controls.level()
        sex = controls.sex()
        form = map_controls.form()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure_id = map_controls.measure()
        side_by_side = map_controls.side_by_side() if measure_id in SERIES else False
        period = periods[-1] if side_by_side else map_controls.period(periods)
        since = map_controls.since(periods, later=period) if measure_id == "change" else ""
    if measure_id == "change" and not since:
        raise UsageError(
            "No period comes before the first, so there is no change to show.", do="Choose a later period."
        )
    measure = MEASURES[measure_id]
    left, right = st.columns([3, 2], gap="large")
    with right:
        selected = place_choice.choose(figures.table("areas"))
    shown = MapView(
        measure=measure_id, area_type=area_type, sex=sex, period=period, since=since, form=form, selected=selected
    )
    with left:
        st.html(map_controls.PHONE_STYLE)
        draw, name = (maps_by_period, "map-periods") if side_by_side else (main_map, "map")
        chart = draw(figures, shown, palette=shell.palette())
        panel.show(chart, key=name, on_click=controls.choose_place)
        for sentence in (measure.meaning, *shared(missing_reasons, rows_of(figures, shown), measure)):
            st.markdown(f":small[{sentence}]")
    with right:
        if selected:
            at_its_level = replace(shown, area_type=area_type_of(selected))
            places.card(rows_of(figures, at_its_level), selected, ranks=ranks_of(figures, at_its_level), since=since)
        else:
            places.extremes(rows_of(figures, shown), measure, ranks=ranks_of(figures, shown))
