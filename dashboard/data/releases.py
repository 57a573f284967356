"""How each release told the same gap: the chart, and what changed in method."""

import streamlit as st

from charts.gap.gap_by_release import gap_by_release
from dashboard import controls, panel, shell
from dashboard.figures import Figures
from pipeline.answers.gap.releases import revisions


def show(figures: Figures) -> None:
    """Show the gap of a chosen definition and sex by release."""
    table = figures.table("vintages")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = controls.sex()
        definition_id = controls.definition(table)
    st.markdown(
        "ONS makes the whole series anew with each release. The same three years can then carry another figure, so the "
        "releases are kept side by side and are never joined to one line. Only definitions between regions can be followed "
        "through all of them; authorities have changed too much."
    )
    found = revisions(table, definition_id=definition_id, sex=sex)
    panel.show(gap_by_release(found, build=figures.build, palette=shell.palette()), key="gap-by-release")
