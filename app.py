"""The gap today: is the gap in healthy life expectancy being halved?"""

import streamlit as st

from charts import words
from charts.definitions import definitions_compared, verdict_table
from charts.ends import levelling
from charts.gap_path import gap_path
from charts.pace import pace_gauge
from charts.sentence import about, finding, latest_step
from dashboard import controls, panel, shell, tables
from dashboard.answers import standing, standings_by_definition
from dashboard.shared import shared

with shell.page(
    "The gap today",
    "Is the gap in healthy life between England's richest and poorest places being halved?",
    terms=(
        "hle",
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
        "levelling",
        "income",
        "imd",
        "decile",
        "fifth",
        "sii",
        "small-area",
        "authority",
        "release",
    ),
) as figures:
    gaps, hle = figures.table("gaps"), figures.newest("hle")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        definition_id = controls.definition(gaps)
        target = controls.target_year(hle)
    question = controls.question(
        definition_id=definition_id, baseline_period=controls.first_period(gaps, definition_id), target=target
    )
    colours = shell.palette()
    standings = {sex: standing(figures, question, sex) for sex in words.PEOPLE}

    for column, (sex, one) in zip(st.columns(2, gap="large"), standings.items(), strict=True):
        with column:
            panel.verdict(one.outlook.verdict, who=words.people(sex))
            panel.explained(finding(one.answer), about(one))
            chart = shared(gap_path, one.answer, one.outlook, build=figures.build, palette=colours)
            panel.show(chart, key=f"gap-path-{sex}")

    st.header("The answer depends on what richest and poorest mean", anchor=False)
    st.markdown("No official text says which. These are the meanings in use, each on the newest figures there are.")
    compared = {sex: standings_by_definition(figures, question, sex) for sex in words.PEOPLE}
    tables.show(shared(verdict_table, compared), label="Gap now and verdict for women and men under every definition")
    for column, (sex, found) in zip(st.columns(2, gap="large"), compared.items(), strict=True):
        with column:
            chart = shared(definitions_compared, found, build=figures.build, palette=colours)
            panel.show(chart, key=f"definitions-{sex}")

    st.header("Is it moving fast enough, and which end moved?", anchor=False)
    for column, (sex, one) in zip(st.columns(2, gap="large"), standings.items(), strict=True):
        with column:
            panel.show(
                shared(pace_gauge, one.answer, one.outlook, build=figures.build, palette=colours), key=f"pace-{sex}"
            )
            panel.show(shared(levelling, one.answer, build=figures.build, palette=colours), key=f"levelling-{sex}")

    st.header(f"What changed with the release of {words.day(figures.release)}", anchor=False)
    for one in standings.values():
        st.markdown(shared(latest_step, one.answer, figures.table("vintages")))
