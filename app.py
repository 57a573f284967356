"""The gap today: is the gap in healthy life expectancy being halved?"""

from functools import partial

import streamlit as st

from charts.catalogue import gap
from charts.catalogue.view import View
from charts.kit import words
from dashboard import controls, kept, panel, shell, tables, tabs
from pipeline.processed import Tables

TERMS = (
    *("hle", "gap", "definition", "verdict", "interval", "period", "baseline", "target", "path", "forecast", "pace"),
    *("levelling", "income", "imd", "decile", "fifth", "sii", "small-area", "authority", "release"),
)


def verdict(figures: Tables, view: View) -> None:
    """Show the verdict of one sex."""
    said = kept.answer(gap.VERDICT, figures, view)
    panel.verdict(said.word, who=words.people(view.sex))
    panel.explained(said.finding, said.more)


def definitions(figures: Tables, view: View) -> None:
    """Show the gap by every definition."""
    st.header("The answer depends on what richest and poorest mean", anchor=False)
    st.markdown("No official text says which. These are the meanings in use, each on the newest figures there are.")
    verdicts = kept.answer(gap.VERDICTS, figures, view)
    tables.show(verdicts, label="Gap now and verdict for women and men under every definition")
    panel.pair("definitions", view)


def pace(view: View) -> None:
    """Show the pace seen and the pace needed."""
    st.header("Is it moving fast enough?", anchor=False)
    panel.pair("pace-gauge", view)


def ends(view: View) -> None:
    """Show which end of the gap moved."""
    st.header("Which end moved?", anchor=False)
    panel.pair("levelling", view)


def changes(figures: Tables, view: View) -> None:
    """Show what the newest release changed."""
    st.header(f"What changed with the release of {words.day(figures.release)}", anchor=False)
    for sex in words.PEOPLE:
        st.markdown(kept.answer(gap.LATEST_STEP, figures, view.with_settings(sex=sex)))


with shell.page(
    "The gap today",
    "Is the gap in healthy life between England's richest and poorest places being halved?",
    terms=TERMS,
) as current:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = View(definition=controls.definition(current.table("gaps")), target=controls.target_year(current))
    panel.pair("gap-path", asked, above=partial(verdict, current))
    tabs.show(
        {
            "definitions": ("By definition", partial(definitions, current, asked)),
            "pace": ("Pace", partial(pace, asked)),
            "ends": ("Which end moved", partial(ends, asked)),
            "release": ("What changed", partial(changes, current, asked)),
        }
    )
