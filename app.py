"""The gap today: is the gap in healthy life expectancy being halved?"""

import streamlit as st

from charts.gap.definitions import definitions_compared, verdict_table
from charts.gap.gap_path import gap_path
from charts.gap.levelling import levelling
from charts.gap.pace_gauge import pace_gauge
from charts.gap.sentences import about, finding, latest_step
from charts.kit import words
from charts.kit.scales import on_one_scale
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

    paths = shared(
        on_one_scale,
        [shared(gap_path, one.answer, one.outlook, build=figures.build, palette=colours) for one in standings.values()],
    )
    for column, (sex, one), chart in zip(st.columns(2, gap="large"), standings.items(), paths, strict=True):
        with column:
            panel.verdict(one.outlook.verdict, who=words.people(sex))
            panel.explained(finding(one.answer), about(one))
            panel.show(chart, key=f"gap-path-{sex}")

    st.header("The answer depends on what richest and poorest mean", anchor=False)
    st.markdown("No official text says which. These are the meanings in use, each on the newest figures there are.")
    compared = {sex: standings_by_definition(figures, question, sex) for sex in words.PEOPLE}
    tables.show(shared(verdict_table, compared), label="Gap now and verdict for women and men under every definition")
    by_definition = shared(
        on_one_scale,
        [shared(definitions_compared, found, build=figures.build, palette=colours) for found in compared.values()],
    )
    for column, sex, chart in zip(st.columns(2, gap="large"), compared, by_definition, strict=True):
        with column:
            panel.show(chart, key=f"definitions-{sex}")

    st.header("Is it moving fast enough, and which end moved?", anchor=False)
    paces = shared(
        on_one_scale,
        [
            shared(pace_gauge, one.answer, one.outlook, build=figures.build, palette=colours)
            for one in standings.values()
        ],
    )
    moves = shared(
        on_one_scale,
        [shared(levelling, one.answer, build=figures.build, palette=colours) for one in standings.values()],
    )
    for column, sex, pace, move in zip(st.columns(2, gap="large"), standings, paces, moves, strict=True):
        with column:
            panel.show(pace, key=f"pace-{sex}")
            panel.show(move, key=f"levelling-{sex}")

    st.header(f"What changed with the release of {words.day(figures.release)}", anchor=False)
    for one in standings.values():
        st.markdown(shared(latest_step, one.answer, figures.table("vintages")))
