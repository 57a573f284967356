"""Levers: which building blocks of health are unequal, who holds them, and what have places done?"""

import streamlit as st

from dashboard import link, shell
from dashboard.levers import blocks, places

TERMS = (
    *("building-blocks", "fifth", "imd", "hle", "interval", "similar", "combined-authority", "local-action"),
    *("expected", "held"),
)
VIEWS = {
    "gaps": ("Their gaps", blocks.gaps_view),
    "health": ("And healthy life", blocks.health_view),
    "holders": ("Who holds them", blocks.holders_view),
    "place": ("One place", places.place_view),
    "action": ("What places did", places.action_view),
}

with shell.page(
    "Levers", "What is healthy life made of, who can act on it, and what have places done?", terms=TERMS
) as figures:
    words = st.query_params.to_dict()
    if words.get("case") and not words.get("view"):  # a link that names a case alone opens the view that shows it
        st.switch_page("pages/levers.py", query_params={**words, "view": VIEWS["action"][0]})
    chosen = link.segmented_control(
        "Look at", list(VIEWS), key="view", default="gaps", format_func=lambda name: VIEWS[name][0]
    )
    VIEWS[chosen][1](figures)
