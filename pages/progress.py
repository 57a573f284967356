"""What it would take: the pace that halving the gap needs, the pace so far, and the forecast."""

from functools import partial

import streamlit as st

from charts.catalogue import gap
from charts.catalogue.view import View
from dashboard import controls, kept, panel, settings_line, shell, tabs
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
        "crps",
        "selection",
    ),
    *("rule", "levelling", "floor", "decomposition", "good-health", "authority", "region", "imd", "income", "decile"),
    *("fifth", "sii", "small-area"),
)


def needed(figures: Tables, view: View) -> None:
    """Show when the figures could tell, and what halving needs of the poorer end and of every place."""
    st.markdown(kept.answer(gap.FIRST_TO_TELL, figures, view))
    panel.row("poor-end-paces", "floor", view=view)


def ends(figures: Tables, view: View) -> None:
    """Show which end moved, and what England did."""
    st.markdown(kept.answer(gap.ENGLAND_FALL, figures, view))
    panel.row("both-ends", "levelling", view=view)


def settings(figures: Tables, sex: str) -> View:
    """Let the visitor change what is asked."""
    definition = controls.definition(figures.table("gaps"))
    return View(
        sex=sex,
        definition=definition,
        baseline=controls.baseline(figures, definition),
        target=controls.target_year(figures),
        share=controls.share_to_close(),
        rule=controls.rule(),
        path=controls.path_shape(),
        model=controls.model(kept.answer(gap.DEFAULT_MODEL, figures)),
    )


with shell.page("What it would take") as current:
    with st.container(key="question", horizontal=True, vertical_alignment="center"):
        chosen_sex = controls.sex()
        asked = settings_line.show(current, partial(settings, current, chosen_sex), terms=TERMS)
    said = kept.answer(gap.VERDICT, current, asked)
    st.markdown(said.finding)
    panel.row("pace-gauge", "gap-path", view=asked)
    panel.lines(
        {
            "Needed": said.needed,
            "So far": said.moved,
            "Forecast": f"{said.chance}.",
            "Newest figures": said.newest,
            "Two paces": said.two_paces,
        }
    )
    tabs.show(
        {
            "needed": ("What would it take?", partial(needed, current, asked)),
            "ends": ("Which end moved", partial(ends, current, asked)),
            "forecast": ("How good is the forecast?", partial(panel.show, "forecast-record", asked)),
            "lives": ("Length of life", partial(panel.show, "lives", asked)),
            "ages": ("Causes and ages", partial(panel.row, "decomposition", "points-by-age", view=asked)),
        }
    )
