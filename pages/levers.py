"""Levers: which building blocks of health are unequal, who is responsible, and what have places done?"""

import streamlit as st

from dashboard import link, shell
from dashboard.levers import blocks, places

TERMS = (
    *("building-blocks", "fifth", "imd", "hle", "interval", "similar", "combined-authority", "local-action"),
    *("expected", "held"),
)
VIEWS = {
    "gaps": ("Gaps", blocks.gaps_view),
    "health": ("Link with health", blocks.health_view),
    "holders": ("Who is responsible", blocks.holders_view),
    "place": ("One place", places.place_view),
    "action": ("Case studies", places.action_view),
}
# words of older addresses -> the view
FORMER_WORDS = {
    "Their gaps": "gaps",
    "And healthy life": "health",
    "Who holds them": "holders",
    "What places did": "action",
}

with shell.page("Levers", "Where are the gaps in what makes people healthy, and who can act?", terms=TERMS) as figures:
    words = st.query_params.to_dict()
    if words.get("case") and not words.get("view"):  # a link that names a case alone opens the view that shows it
        st.switch_page("pages/levers.py", query_params={**words, "view": VIEWS["action"][0]})
    chosen = link.segmented_control(
        "Look at",
        list(VIEWS),
        key="view",
        default="gaps",
        format_func=lambda name: VIEWS[name][0],
        others=FORMER_WORDS,
        label_visibility="collapsed",
    )
    VIEWS[chosen][1](figures)
