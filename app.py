"""The gap: is the gap in healthy life expectancy being halved?"""

import html
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from charts.catalogue import england, gap, promise
from charts.catalogue.view import View
from charts.kit import words
from dashboard import controls, kept, panel, settings_line, shell, tables, tabs
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
    *("levelling", "income", "imd", "decile", "fifth", "sii", "small-area", "authority", "release"),
    *("early-sign", "building-blocks", "reading"),
)


def settings(figures: Tables) -> View:
    """Let the visitor change what is asked."""
    definition = controls.definition(figures.table("gaps"))
    return View(
        definition=definition,
        baseline=controls.baseline(figures, definition),
        target=controls.target_year(figures),
        model=controls.model(kept.answer(gap.DEFAULT_MODEL, figures)),
    )


def answers(figures: Tables, view: View) -> None:
    """Show the answers for women and men side by side."""
    said = [kept.answer(gap.VERDICT, figures, view.with_settings(sex=sex)) for sex in words.PEOPLE]
    panel.answers(
        panel.Said(
            one.who,
            one.gap,
            one.direction_since,
            (f"{one.course}. {one.since}. {one.chance}.", f"Newest figures: {one.newest}"),
        )
        for one in said
    )
    if changed := kept.answer(gap.PAIR_CHANGED, figures, view):
        st.info(changed, icon=":material/info:")


def strip(figures: Tables, view: View) -> None:
    """Show what else matters at first sight: England as a whole, and the other definitions."""
    agree, counts = kept.answer(gap.DEFINITIONS_AGREE, figures, view)
    parts = {
        "England as a whole has lost healthy years": kept.answer(gap.ENGLAND_FALL, figures, view),
        kept.answer(promise.READINGS_AGREE, figures, view): f"{agree}. {counts}.",
    }
    said = [f"<h3>{html.escape(head)}</h3><p>{html.escape(line)}</p>" for head, line in parts.items()]
    more = urlencode({**st.query_params.to_dict(), "tab": "Readings"})
    said[-1] += f'<p><a href="?{html.escape(more)}">See every reading</a></p>'
    panel.side_by_side(said, key="strip")


def definitions(figures: Tables, view: View) -> None:
    """Show the gap by every definition."""
    st.header("The gap on every definition", anchor=False)
    verdicts = kept.answer(gap.VERDICTS, figures, view)
    tables.show(verdicts, label="Gap now and verdict for women and men under every definition")
    panel.pair("definitions", view)


def readings(view: View) -> None:
    """Show every reading of the promise, or those that share a setting with the visitor's own."""
    st.header("Every reading of the promise", anchor=False)
    panel.pair("readings", view.with_settings(among=controls.among()))


def everyone(figures: Tables, view: View) -> None:
    """Show how everyone fared, not only the two ends."""
    st.header("For everyone", anchor=False)
    st.markdown(kept.answer(england.ROSE_OR_FELL, figures))
    panel.row("england-level", "tenths-change", view=view)


def promises(view: View) -> None:
    """Show what was promised before, and what became of it."""
    st.header("What was promised before?", anchor=False)
    panel.show("promises", view)


def signs(view: View) -> None:
    """Show what may tell before healthy life itself can."""
    st.header("Early signs", anchor=False)
    st.markdown(
        "These are signs, not causes. They can change within about five years; healthy life expectancy takes longer."
    )
    panel.show("early-signs", view)


def lives(view: View) -> None:
    """Show the gap in length of life beside the gap in healthy life."""
    st.header("The gap in length of life", anchor=False)
    panel.pair("lives", view)


def nations(view: View) -> None:
    """Show England beside the other nations of the United Kingdom."""
    st.header("England beside the other nations", anchor=False)
    panel.pair("nations", view)


def changes(figures: Tables, view: View) -> None:
    """Show what the newest release changed."""
    st.header("What changed with the newest figures", anchor=False)
    said = [kept.answer(gap.LATEST_STEP, figures, view.with_settings(sex=sex)) for sex in words.PEOPLE]
    st.markdown("\n\n".join(said))


def history(figures: Tables, view: View) -> None:
    """Show what would have been said at each earlier period, and at each release."""
    st.header("What would have been said before?", anchor=False)
    panel.pair("verdict-history", view)
    said = kept.answer(promise.BY_RELEASE, figures, view)
    if said.empty:
        st.markdown("Earlier releases can be compared only for gaps between regions.")
        return
    st.markdown(
        "**Each release by itself**, by the methods of today. Until 2022 the share in good health came from the survey as it was; "
        "since December 2024 it is modelled."
    )
    tables.show(said, label="What the figures of each release would have given, by the methods of today")


with shell.page("The gap") as current:
    asked = settings_line.show(current, partial(settings, current), terms=TERMS)
    shell.heading(kept.answer(gap.HEADLINE, current, asked))
    answers(current, asked)
    panel.pair("gap-path", asked, title_seen=False)
    strip(current, asked)
    tabs.show(
        {
            "release": ("What changed", partial(changes, current, asked)),
            "definitions": ("Definitions", partial(definitions, current, asked)),
            "readings": ("Readings", partial(readings, asked)),
            "history": ("Verdict history", partial(history, current, asked)),
            "everyone": ("For everyone", partial(everyone, current, asked)),
            "nations": ("Four nations", partial(nations, asked)),
            "lives": ("Length of life", partial(lives, asked)),
            "signs": ("Early signs", partial(signs, asked)),
            "promises": ("Promises", partial(promises, asked)),
        }
    )
