"""Place: how does one place stand, and what would halving the gap ask of it?"""

import streamlit as st

from charts.catalogue.view import View
from dashboard import controls, link, shell
from dashboard.place import panels

LAYOUTS = {"screen": "Everything", "page": "One page to print"}
TERMS = (
    *("hle", "le", "interval", "period", "years-not-healthy", "rank-interval", "p-lowest-fifth", "fifth", "floor"),
    *(
        "definition",
        "baseline",
        "target",
        "rule",
        "imd",
        "expected",
        "held",
        "similar",
        "decile",
        "small-area",
        "pocket",
    ),
    *("authority", "combined-authority", "local-action"),
)

with shell.page("Place", "How does one place stand, and what would halving the gap ask of it?", terms=TERMS) as figures:
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        asked = View(
            place=controls.place(figures, width=270),
            sex=controls.sex(),
            definition=controls.definition(figures.table("gaps")),
            target=controls.target_year(figures),
        )
    layout = link.segmented_control(
        "Show", list(LAYOUTS), key="layout", default="screen", format_func=LAYOUTS.__getitem__
    )
    if asked.place:
        panels.show(figures, asked.with_settings(layout="page" if layout == "page" else ""))
    else:
        panels.invite()
