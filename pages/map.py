"""Map: where is healthy life expectancy high and low?"""

import streamlit as st

from charts.catalogue import map as maps
from dashboard import controls, kept, panel, shell
from dashboard.map import card
from dashboard.map import controls as map_controls

TERMS = (
    *("hle", "le", "interval", "period", "years-not-healthy", "imd", "rank-interval", "p-lowest-fifth", "fifth"),
    *("region", "combined-authority", "authority", "local-action", "shortfall"),
)

with shell.page("Map", "Where do people have the most and the fewest healthy years?", terms=TERMS) as figures:
    asked = map_controls.choose(controls.periods_of(figures.newest("hle")))
    left, right = st.columns([2, 1], gap="large")
    with right:
        view = asked.with_settings(place=controls.place(figures))
    with left:
        panel.show("map", view, on_click=controls.choose_place)
        st.markdown("\n\n".join(f":small[{sentence}]" for sentence in kept.answer(maps.NOTES, figures, view)))
    with right:
        card.show(figures, view)
