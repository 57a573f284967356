"""Tabs of the Place screen about places that the reader chooses: compared, inside, and a gap of their own."""

from collections.abc import Mapping

import streamlit as st

from charts.catalogue.own_place import PAIR_VERDICT, PAIRS
from charts.catalogue.view import View
from charts.kit import words
from dashboard import controls, kept, link, panel, screen, tables
from pipeline.answers.place.compared import MOST_PLACES, QUANTITIES
from pipeline.answers.place.groups import BETWEEN
from pipeline.areas import ENGLAND
from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION, OWN_PAIR
from pipeline.processed import Tables


def _others(figures: Tables, view: View) -> Mapping[str, str]:
    """Code -> name of every place to set beside the place of a view, England first."""
    areas = figures.table("areas")
    known = areas[areas["no_hle_reason"].isna()]
    labels = {ENGLAND: "England"} | controls.place_labels(known) | controls.group_labels()
    return {code: label for code, label in labels.items() if code != view.place}


def compared(figures: Tables, view: View) -> None:
    """Show the place beside up to three others, by a measure that the reader chooses."""
    labels = _others(figures, view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = link.multiselect(
            "Compare with",
            list(labels),
            key="compare",
            most=MOST_PLACES - 1,
            between=BETWEEN,
            format_func=labels.__getitem__,
            placeholder="England, or up to three places",
        )
        quantity = controls.buttons("quantity", "Compare by")
    asked = view.with_settings(compare=BETWEEN.join(chosen), quantity=quantity)
    panel.show("places-compared", asked)
    period, table = kept.answer(PAIRS, figures, asked)
    if len(table):
        name = QUANTITIES[quantity]
        st.subheader(f"Do any two clearly differ? {name}, {words.people(view.sex)}, {period}", anchor=False)
        tables.show(table, label=f"Difference of each two places, {name.lower()}, {period}, with 95% intervals")


def authorities(view: View) -> None:
    """Show every authority of the place, now and over time."""
    panel.show("inside", view.with_settings(rows="screen"))
    panel.show("inside-over-time", view.with_settings(rows="screen"))


def pair(figures: Tables, view: View) -> None:
    """Show the gap between the place and another, with its path, pace, course and direction."""
    labels = _others(figures, view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        against = link.selectbox(
            "Gap with", list(labels), key="against", default=ENGLAND, format_func=labels.__getitem__, width=320
        )
        baseline = controls.baseline(figures, DEFAULT_DEFINITION)
    asked = view.with_settings(against="" if against == ENGLAND else against, baseline=baseline)
    st.html(f'<p class="chart-foot">{OWN_PAIR.caveat}</p>')
    verdicts = {sex: _verdict(figures, asked.with_settings(sex=sex)) for sex in words.PEOPLE}
    panel.answers(verdicts.values())
    who = words.sentence_start(words.people(view.sex))
    if verdicts[view.sex].direction or screen.current().only:
        st.subheader(f"{who}: path and pace", anchor=False)
        panel.row("own-pair-path", "own-pair-pace", view=asked)


def _verdict(figures: Tables, asked: View) -> panel.Said:
    try:
        said = kept.answer(PAIR_VERDICT, figures, asked)
    except UsageError as error:
        return panel.Said(words.sentence_start(words.people(asked.sex)), "", "", (error.what,))
    return panel.Said(said.who, said.gap, said.direction, (f"{said.course}. {said.since}. {said.chance}.",))
