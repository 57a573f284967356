"""Progress: how has the gap moved, which end moved it, and what pace is needed?"""

import streamlit as st

from charts.ends import both_ends, levelling
from charts.gap_path import gap_path
from charts.sentence import finding
from dashboard import controls, panel, shell
from pipeline.answer import answer

with shell.page("Progress", "How has the gap moved, which end moved it, and what would halving it take?") as figures:
    gaps, hle = figures.table("gaps"), figures.newest("hle")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = controls.sex()
        definition_id = controls.definition(gaps)
        baseline = controls.baseline(controls.baseline_periods(gaps, definition_id))
        target = controls.target_year(first=int(hle["period_end"].max()) + 3)
        rule = controls.rule()
    question = controls.question(definition_id=definition_id, baseline_period=baseline, target=target, rule_name=rule)
    one = answer(gaps, question, sex, england=hle[hle["area_type"] == "country"])
    colours = shell.palette()

    st.markdown(finding(one))
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(both_ends(one, build=figures.build, palette=colours), key="both-ends")
    with right:
        panel.show(gap_path(one, build=figures.build, palette=colours), key="gap-path")
    st.header("Levelling up or levelling down?", anchor=False)
    panel.show(levelling(one, build=figures.build, palette=colours), key="levelling")
