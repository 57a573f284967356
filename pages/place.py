"""Place: one place beside its region, England and similar places, and what halving the gap would need there."""

import streamlit as st

from charts.catalogue.view import View
from dashboard import controls, glossary, settings_line, shell
from dashboard.place import panels, search
from pipeline.areas import area_type_of

TERMS = (
    *("hle", "le", "interval", "period", "years-not-healthy", "rank-interval", "p-lowest-fifth", "fifth", "floor"),
    *("definition", "baseline", "target", "rule", "imd", "expected", "held", "similar", "decile", "small-area"),
    *("pocket", "authority", "combined-authority", "local-action", "shortfall", "early-sign", "own-area", "own-pair"),
)

with shell.page("Place") as figures:
    with st.container(horizontal=True, vertical_alignment="bottom", key="place-row"):
        place, codes = search.box(figures)
        with settings_line.folded():
            asked = View(place=place, codes=codes, sex=controls.sex())
            if area_type_of(place) not in {"", "region"}:  # ONS publishes no neighbours of groups and regions
                asked = asked.with_settings(alike=controls.alike())
        glossary.explain(*TERMS)
    if asked.place:
        panels.show(figures, asked)
    else:
        shell.heading("How many healthy years can people expect where you live?")
        search.invite(asked)
