"""Map: where is healthy life expectancy high and low?"""

import streamlit as st

from charts.catalogue import map as maps
from dashboard import controls, kept, panel, shell
from dashboard.map import card
from dashboard.map import controls as map_controls

TERMS = (
    *("hle", "le", "interval", "period", "years-not-healthy", "imd", "rank-interval", "p-lowest-fifth", "fifth"),
    *("region", "combined-authority", "authority", "local-action"),
)

with shell.page("Map", "Where do people live longest in good health, and where not?", terms=TERMS) as figures:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level, sex, form = controls.level(), controls.sex(), map_controls.form()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = map_controls.what_and_when(controls.periods_of(figures.newest("hle")))
    left, right = st.columns([3, 2], gap="large")
    with right:
        view = asked.with_settings(level=level, sex=sex, view=form, place=controls.place(figures))
    with left:
        panel.show("map", view, on_click=controls.choose_place)
        for sentence in kept.answer(maps.NOTES, figures, view):
            st.markdown(f":small[{sentence}]")
    with right:
        card.show(figures, view)
