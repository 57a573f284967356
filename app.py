"""The gap today: is the gap in healthy life expectancy being halved?"""

import streamlit as st

from charts.definitions import definitions_compared
from charts.gap_path import gap_path
from charts.sentence import finding
from dashboard import controls, panel, shell
from pipeline.answer import answer, answers_by_definition

with shell.page(
    "The gap today",
    "Is the gap in healthy life between England's richest and poorest places being halved?",
) as figures:
    gaps, hle = figures.table("gaps"), figures.newest("hle")
    england = hle[hle["area_type"] == "country"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        definition_id = controls.definition(gaps)
        target = controls.target_year(first=int(hle["period_end"].max()) + 3)
    question = controls.question(
        definition_id=definition_id, baseline_period=controls.first_period(gaps, definition_id), target=target
    )
    colours = shell.palette()

    answers = {sex: answer(gaps, question, sex, england=england) for sex in ("female", "male")}
    for column, (sex, one) in zip(st.columns(2, gap="large"), answers.items(), strict=True):
        with column:
            st.markdown(finding(one))
            panel.show(gap_path(one, build=figures.build, palette=colours), key=f"gap-path-{sex}")

    st.header("The answer depends on what richest and poorest mean", anchor=False)
    st.markdown("No official text says which. These are the meanings in use, all on the same figures.")
    for column, sex in zip(st.columns(2, gap="large"), answers, strict=True):
        with column:
            compared = answers_by_definition(gaps, question, sex, england=england)
            panel.show(definitions_compared(compared, build=figures.build, palette=colours), key=f"definitions-{sex}")
