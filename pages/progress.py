"""What it would take: the pace that halving the gap needs, the pace so far, and the forecast."""

from functools import partial

import streamlit as st

from charts.catalogue import england, gap
from charts.catalogue.scenarios import SCENARIOS_SAID
from charts.catalogue.view import View
from dashboard import controls, kept, link, panel, settings_line, shell, tabs
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
    *("fifth", "sii", "small-area", "shortfall", "stage", "combined-authority", "milestone"),
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


def holds(figures: Tables, view: View) -> None:
    """Show who holds the shortfall: how few authorities, and which areas of a level."""
    st.markdown(kept.answer(england.SHORTFALL_WORDS, figures, view))
    panel.row(
        "shortfall",
        "shortfall-areas",
        view=view.with_settings(level=controls.buttons("level", "Areas", label_seen=False)),
    )


def ages(figures: Tables, view: View) -> None:
    """Show at which ages healthy years were lost between two periods, beside what halving asks of each."""
    periods = controls.periods_of(figures.table("age_contributions"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = link.selectbox("From", periods[:-1], default=periods[0], key="since", width=190)
        later = [period for period in periods if period > since]
        period = link.selectbox("To", later, default=later[-1], key="period", width=190)
    panel.row("ages-lost", "points-by-age", view=view.with_settings(since=since, period=period))


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
    shell.heading("What it would take")
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
            "Newest figures": f"{said.gap}, {said.newest}",
            "Two paces": said.two_paces,
        }
    )
    tabs.show(
        {
            "needed": ("What halving needs", partial(needed, current, asked)),
            "milestones": ("What to look for", partial(panel.pair, "milestones", asked)),
            "scenarios": ("Scenarios", partial(scenarios, current, asked)),
            "holds": ("Who holds it", partial(holds, current, asked)),
            "ends": ("Which end moved", partial(ends, current, asked)),
            "forecast": ("How good is the forecast?", partial(panel.show, "forecast-record", asked)),
            "lives": ("Length of life", partial(panel.show, "lives", asked)),
            "ages": ("Which ages", partial(ages, current, asked)),
            "causes": ("Deaths or health", partial(panel.row, "decomposition", "two-levers", view=asked)),
        }
    )
