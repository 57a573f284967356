"""Views of the Levers screen about places: one place's building blocks, and what places have done."""

import pandas as pd
import streamlit as st

from charts.catalogue import levers_places
from charts.catalogue.view import HLE_LINE, View
from dashboard import controls, kept, link, panel
from dashboard.levers.local_action import show_local_action
from pipeline.processed import Tables


def place_view(figures: Tables) -> None:
    """Show the weakest building blocks of one authority, and one measure from the nation down to it."""
    names = kept.answer(levers_places.AUTHORITIES, figures)
    most_deprived = kept.answer(levers_places.MOST_DEPRIVED, figures)
    levers = figures.table("levers")
    measures = {HLE_LINE: "Healthy life expectancy", **dict(zip(levers["indicator"], levers["label"], strict=True))}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = link.selectbox(
            "Authority",
            list(names),
            key="place",
            default=most_deprived,
            format_func=names.__getitem__,
        )
        line = link.selectbox(
            "Measure, from the nation down",
            list(measures),
            key="line",
            format_func=measures.__getitem__,
        )
        view = View(sex=controls.sex(), place=place, line=line)
    left, right = st.columns(2, gap="large")
    with left:
        panel.show("lever-weakest", view)
    with right:
        panel.show("vertical-line", view)
        st.subheader("Local action", anchor=False)
        show_local_action(figures, place)


def action_view(figures: Tables) -> None:
    """Show one case of local action with its record, and the places to learn from."""
    cases = figures.table("local_action").set_index("case", drop=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = link.optional_selectbox(
            "Case",
            list(cases.index),
            key="case",
            placeholder="Choose one of the 13 cases",
            format_func=lambda name: f"{name} {cases.loc[name, 'place']}",
        )
        view = View(sex=controls.sex(), case=chosen or "", rows="screen")
    left, right = st.columns([2, 3], gap="large")
    with left:
        if chosen is None:
            _all_cases(cases)
        else:
            st.header(cases.loc[chosen, "place"], anchor=False)
            st.markdown(kept.answer(levers_places.CASE, figures, view))
    with right:
        panel.show("local-action" if chosen is None else "action-record", view)
        st.info(levers_places.CASES_SHOW)
        if chosen:  # below the finding, which a phone shows first; not every case has a chart that names it
            st.markdown(f"**Source of the case.** {levers_places.CASES_FROM}, case {chosen}.")
    st.header("Places to learn from", anchor=False)
    panel.show("better-than-predicted", view)


def _all_cases(cases: pd.DataFrame) -> None:
    st.markdown(
        "Thirteen case studies from a 2021 report. Choose one to see what was done and what has happened since."
    )
    for row in cases.to_dict("records"):
        since = "" if pd.isna(row["since"]) else f", since {row['since']}"
        st.page_link(
            "pages/levers.py",
            label=f"{row['place']}{since}",
            icon=":material/handshake:",
            query_params={"view": "action", "case": row["case"]},
        )
