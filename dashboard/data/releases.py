"""How each release told the same gap: the chart, and what changed in method."""

import streamlit as st

from charts.catalogue.view import View
from dashboard import controls, panel
from pipeline.processed import Tables


def show(figures: Tables) -> None:
    """Show the gap of a chosen definition and sex by release."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = View(sex=controls.sex(), definition=controls.definition(figures.table("vintages")))
    st.markdown(
        "ONS works out the whole series again for each release, so the figure for the same three years can differ. We show "
        "releases side by side and never join them in one line. Only definitions between regions can be followed through all "
        "of them; authorities have changed too much."
    )
    panel.show("gap-by-release", view)
    st.markdown("New releases and changes of the verdict can be followed in a feed reader: [Atom feed](feed.xml).")
