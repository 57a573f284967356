"""Deprivation: how steep is the slope, who does better than it predicts, and what do averages hide?"""

from functools import partial

import streamlit as st

from charts.catalogue import deprivation
from charts.catalogue.view import View
from dashboard import controls, kept, link, panel, settings_line, shell, tables, tabs
from pipeline.processed import Tables

TERMS = (
    *("hle", "le", "imd", "decile", "small-area", "interval", "period", "sii", "rii", "authority", "region"),
    *("combined-authority", "expected", "held", "fifth", "pocket"),
)


def slopes(figures: Tables, view: View) -> None:
    """Show the slope over time, and every other measure of inequality."""
    st.header("Is the slope becoming steeper?", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        groups = controls.buttons("groups", "Slope across")
        index = controls.buttons("index", "Measured by")
    panel.show("slopes", view.with_settings(groups=groups, index=index))
    _measures(figures, view)


# A fragment, filled only once opened.
@st.fragment
def _measures(figures: Tables, view: View) -> None:
    more = st.expander("Every summary measure of inequality across the nine regions", key="measures", on_change="rerun")
    if more.open:
        with more:
            measures = kept.answer(deprivation.SUMMARY, figures, view)
            tables.show(measures, label="Summary measures of inequality across regions, first and latest period")


def places(figures: Tables, view: View) -> None:
    """Show which authorities do better or worse than their deprivation predicts."""
    st.header("Who does better or worse than deprivation predicts?", anchor=False)
    st.markdown(kept.answer(deprivation.SPREAD, figures, view))
    panel.row("against-deprivation", "lasting", view=view)


def inside(figures: Tables, view: View) -> None:
    """Show how deprivation is spread inside one place."""
    st.header("What do averages hide?", anchor=False)
    st.markdown(kept.answer(deprivation.OUTSIDE, figures))
    panel.show("pockets", view)


with shell.page(
    "Deprivation",
    "How many healthy years separate deprived places from the rest?",
    terms=TERMS,
) as current:
    with settings_line.folded():
        sex = controls.sex()
        period = link.selectbox(
            "Period",
            controls.periods_of(current.newest("hle_deciles"))[::-1],
            key="period",
            label_visibility="collapsed",
            width=220,
        )
    asked = View(sex=sex, period=period)
    panel.row("tenths", "two-slopes", view=asked)
    asked = asked.with_settings(
        place=controls.place(
            current,
            default=kept.answer(deprivation.PLAINEST_POCKET, current),
            width=320,
            help="We mark it among the authorities, and show it in detail under What averages hide.",
        )
    )
    tabs.show(
        {
            "slopes": ("Over time", partial(slopes, current, asked)),
            "places": ("Places that break the pattern", partial(places, current, asked)),
            "inside": ("What averages hide", partial(inside, current, asked)),
        }
    )
