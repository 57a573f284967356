"""Map: where is healthy life expectancy high and low?"""

import streamlit as st

from charts.area_map import MEASURES, area_map
from dashboard import controls, panel, places, shell
from pipeline.comparison import against_england

with shell.page("Map", "Where do people live longest in good health, and where not?") as figures:
    hle, areas = figures.newest("hle"), figures.table("areas")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area_type = controls.level()
        sex = controls.sex()
        period = controls.period(hle)
        measure_id = controls.map_measure()
    rows = against_england(hle, areas, area_type=area_type, sex=sex, period=period)
    left, right = st.columns([3, 2], gap="large")
    with right:
        selected = controls.place(rows)
    with left:
        panel.show(
            area_map(
                rows,
                measure_id=measure_id,
                area_type=area_type,
                sex=sex,
                period=period,
                release=figures.release,
                build=figures.build,
                selected=selected,
                palette=shell.palette(),
            ),
            key="map",
            on_click=controls.choose_place,
        )
        st.caption(MEASURES[measure_id].meaning)
    with right:
        places.card(rows, selected)
