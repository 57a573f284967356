"""Progress: how has the gap moved, which end moved it, and what pace is needed?"""

import streamlit as st

from charts.gap.both_ends import both_ends
from charts.gap.decomposition import decomposition
from charts.gap.floor import floor_strip
from charts.gap.gap_path import gap_path
from charts.gap.levelling import levelling
from charts.gap.pace_gauge import pace_gauge
from charts.gap.points_by_age import points_by_age
from charts.gap.poor_end_paces import poor_end_paces
from charts.gap.sentences import about, finding, first_to_tell_sentence, two_paces
from charts.kit import words
from dashboard import controls, panel, shell
from dashboard.answers import first_to_tell, standing
from dashboard.shared import shared
from pipeline.answers.gap.what_it_takes import floor, points_needed, rises_seen

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

with shell.page(
    "Progress", "How has the gap moved, which end moved it, and what would halving it take?", terms=TERMS
) as figures:
    gaps, hle = figures.table("gaps"), figures.newest("hle")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = controls.sex()
        definition_id = controls.definition(gaps)
        baseline = controls.baseline(controls.baseline_periods(gaps, definition_id))
        target = controls.target_year(hle)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        share = controls.share_to_close()
        rule = controls.rule()
        shape = controls.path_shape()
    question = controls.question(
        definition_id=definition_id,
        baseline_period=baseline,
        target=target,
        rule_name=rule,
        share_to_close=share,
        shape=shape,
    )
    one = standing(figures, question, sex)
    colours, build = shell.palette(), figures.build

    panel.verdict(one.outlook.verdict, who=words.people(sex))
    panel.explained(finding(one.answer), {**about(one), "Two paces": two_paces(one.answer)})
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(shared(gap_path, one.answer, one.outlook, build=build, palette=colours), key="gap-path")
        panel.show(shared(pace_gauge, one.answer, one.outlook, build=build, palette=colours), key="pace")
    with right:
        panel.show(shared(both_ends, one.answer, build=build, palette=colours), key="both-ends")
        panel.show(shared(levelling, one.answer, build=build, palette=colours), key="levelling")

    st.header("What would it take?", anchor=False)
    st.markdown(first_to_tell_sentence(one.answer, shared(first_to_tell, figures, question, sex)))
    left, right = st.columns(2, gap="large")
    with left:
        rises = shared(rises_seen, figures, one.answer)
        panel.show(shared(poor_end_paces, one.answer, rises, build=build, palette=colours), key="poor-end-paces")
    with right:
        below = shared(floor, figures, one.answer)
        chart = shared(
            floor_strip,
            one.answer,
            below.areas,
            floor_years=below.floor_years,
            people=below.people,
            build=build,
            palette=colours,
        )
        panel.show(chart, key="floor")

    left, right = st.columns(2, gap="large")
    with left:
        table = figures.table("decomposition")
        parts = table[(table["definition"] == definition_id) & (table["sex"] == sex)]
        if parts.empty:
            st.info(
                "This definition cannot be split into shorter lives and poorer health: its groups have no life expectancy."
            )
        else:
            panel.show(shared(decomposition, one.answer, parts, build=build, palette=colours), key="decomposition")
    with right:
        rise = float(one.answer.poor_end.rise_years)
        if rise > 0:
            points = shared(points_needed, figures.table("leverage"), sex=sex, rise_years=rise)
            panel.show(shared(points_by_age, one.answer, points, build=build, palette=colours), key="points-by-age")
