"""What it would take: the pace that halving the gap needs, the pace so far, and the forecast."""

from functools import partial

import streamlit as st

from charts.catalogue import gap
from charts.catalogue.scenarios import SCENARIOS_SAID
from charts.catalogue.view import View
from dashboard import controls, kept, panel, shell, tabs
from pipeline.errors import UsageError
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
    *("fifth", "sii", "small-area", "milestone"),
)


def needed(figures: Tables, view: View) -> None:
    """Show when the figures could tell, and what halving needs of the poorer end and of every place."""
    st.markdown(kept.answer(gap.FIRST_TO_TELL, figures, view))
    panel.row("poor-end-paces", "floor", view=view)


def scenarios(figures: Tables, view: View) -> None:
    """Show the visitor's settings beside others, in words and on one chart."""
    both = view.with_settings(beside=controls.beside())
    try:
        said = kept.answer(SCENARIOS_SAID, figures, both)
    except UsageError as error:
        st.info(error.explain(), icon=":material/info:")
        return
    st.markdown("\n".join(f"- **{name}:** {line}" for name, line in said.items()))
    panel.show("scenarios", both)


def ends(figures: Tables, view: View) -> None:
    """Show which end moved, and what England did."""
    st.markdown(kept.answer(gap.ENGLAND_FALL, figures, view))
    panel.row("both-ends", "levelling", view=view)


with shell.page(
    "What it would take", "How fast must the gap narrow, how fast has it moved, and where is it heading?", terms=TERMS
) as current:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = controls.sex()
        definition = controls.definition(current.table("gaps"))
        baseline = controls.baseline(current, definition)
        target = controls.target_year(current)
    with st.expander("More settings"), st.container(horizontal=True, vertical_alignment="bottom"):
        share, rule, path = controls.share_to_close(), controls.rule(), controls.path_shape()
        model = controls.model(kept.answer(gap.DEFAULT_MODEL, current))
    asked = View(
        sex=sex,
        definition=definition,
        baseline=baseline,
        target=target,
        share=share,
        rule=rule,
        path=path,
        model=model,
    )
    said = kept.answer(gap.VERDICT, current, asked)
    st.header(f"{said.who}: {said.course.lower()}, {said.direction.lower()}", anchor=False)
    panel.explained(
        said.finding,
        {
            "Needed": said.needed,
            "So far": said.moved,
            "Forecast": f"{said.chance}.",
            "Newest figures": said.newest,
            "Two paces": said.two_paces,
        },
    )
    panel.row("pace-gauge", "gap-path", view=asked)
    tabs.show(
        {
            "needed": ("What would it take?", partial(needed, current, asked)),
            "milestones": ("What to look for", partial(panel.pair, "milestones", asked)),
            "scenarios": ("Scenarios", partial(scenarios, current, asked)),
            "ends": ("Which end moved", partial(ends, current, asked)),
            "forecast": ("How good is the forecast?", partial(panel.show, "forecast-record", asked)),
            "lives": ("Length of life", partial(panel.show, "lives", asked)),
            "ages": ("Causes and ages", partial(panel.row, "decomposition", "points-by-age", view=asked)),
        }
    )
