"""Progress: how has the gap moved, which end moved it, and what pace is needed?"""

from functools import partial

import streamlit as st

from charts.catalogue import gap
from charts.catalogue.view import View
from charts.kit import words
from dashboard import controls, kept, panel, shell, tabs
from pipeline.processed import Tables

TERMS = (
    *(
        "hle",
        "le",
        "gap",
        "definition",
        "verdict",
        "interval",
        "period",
        "baseline",
        "target",
        "path",
        "forecast",
        "pace",
    ),
    *("rule", "levelling", "floor", "decomposition", "good-health", "authority", "region", "imd", "income", "decile"),
    *("fifth", "sii", "small-area"),
)


def needed(figures: Tables, view: View) -> None:
    """Show when the figures could tell, and what halving needs of the poorer end and of every place."""
    st.markdown(kept.answer(gap.FIRST_TO_TELL, figures, view))
    panel.row("poor-end-paces", "floor", view=view)


with shell.page(
    "What it would take", "How has the gap moved, which end moved it, and what would halving it take?", terms=TERMS
) as current:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = controls.sex()
        definition = controls.definition(current.table("gaps"))
        baseline = controls.baseline(current, definition)
        target = controls.target_year(current)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        share, rule, path = controls.share_to_close(), controls.rule(), controls.path_shape()
    asked = View(sex=sex, definition=definition, baseline=baseline, target=target, share=share, rule=rule, path=path)
    said = kept.answer(gap.VERDICT, current, asked)
    panel.verdict(said.word, who=words.people(sex))
    panel.explained(said.finding, {**said.more, "Two paces": said.two_paces})
    panel.row("gap-path", "pace-gauge", view=asked)
    tabs.show(
        {
            "ends": ("Both ends", partial(panel.row, "both-ends", "levelling", view=asked)),
            "needed": ("What would it take?", partial(needed, current, asked)),
            "ages": ("Causes and ages", partial(panel.row, "decomposition", "points-by-age", view=asked)),
        }
    )
