"""Deprivation: how steep is the slope, who does better than it predicts, and what do averages hide?"""

import streamlit as st

from charts.deprivation.against_deprivation import against_deprivation
from charts.deprivation.lasting import lasting
from charts.deprivation.pockets import pockets_profile
from charts.deprivation.sentences import pockets_sentence, spread_sentence, summary_table
from charts.deprivation.slopes import slopes_over_time
from charts.deprivation.tenths import tenths
from charts.deprivation.two_slopes import two_slopes
from dashboard import controls, deprivation_controls, panel, shell, tables
from dashboard.shared import shared
from pipeline.answers.deprivation import (
    furthest_from_prediction,
    held_in_every_period,
    outside_most_deprived_fifth,
    rows_of,
    slope_trend,
    with_the_most_deprived_small_area,
)
from pipeline.answers.place.profile import place_of

TERMS = (
    *("hle", "le", "imd", "decile", "small-area", "interval", "period", "sii", "rii", "authority", "region"),
    *("combined-authority", "expected", "held", "fifth", "pocket"),
)

with shell.page(
    "Deprivation",
    "How much less healthy life do people in deprived places have, and which places break the pattern?",
    terms=TERMS,
) as figures:
    deciles, slopes, areas = figures.newest("hle_deciles"), figures.table("slopes"), figures.table("areas")
    residuals, scores, pockets = figures.table("residuals"), figures.table("deprivation"), figures.table("pockets")
    colours, build = shell.palette(), figures.build
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sex = controls.sex()
        period = controls.period(deciles)
    by_tenth = shared(rows_of, deciles, sex=sex, period=period)
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(shared(tenths, by_tenth, build=build, palette=colours), key="tenths")
    with right:
        lines = shared(rows_of, slopes, groups="deciles", sex=sex, period=period)
        panel.show(shared(two_slopes, by_tenth, lines, build=build, palette=colours), key="two-slopes")

    st.header("Is the slope becoming steeper?", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        groups = deprivation_controls.slope_groups()
        index = deprivation_controls.slope_index()
    chart = shared(
        slopes_over_time,
        shared(rows_of, slopes, groups=groups, sex=sex),
        index=index,
        trend=shared(slope_trend, figures.table("trends"), groups=groups, sex=sex),
        release=str(deciles["release"].iloc[0]) if groups == "deciles" else figures.release,
        build=build,
        palette=colours,
    )
    panel.show(chart, key="slopes")
    with st.expander("Every summary measure of inequality across the nine regions"):
        measures = shared(summary_table, shared(rows_of, figures.table("inequality"), sex=sex))
        tables.show(measures, label="Summary measures of inequality across regions, first and latest period")

    st.header("Who does better or worse than deprivation predicts?", anchor=False)
    latest = controls.periods_of(residuals)[-1]
    st.markdown(spread_sentence(shared(rows_of, figures.table("spread"), sex=sex, period=latest).iloc[0]))
    place = deprivation_controls.any_place(areas, default=shared(with_the_most_deprived_small_area, pockets, areas))
    left, right = st.columns(2, gap="large")
    with left:
        now = shared(rows_of, residuals, sex=sex, period=latest)
        chart = shared(against_deprivation, now, scores, selected=place, build=build, palette=colours)
        panel.show(chart, key="against-deprivation")
    with right:
        held = shared(held_in_every_period, figures.table("places"), sex=sex)
        furthest = shared(furthest_from_prediction, residuals, sex=sex)
        panel.show(shared(lasting, furthest, held, build=build, palette=colours), key="lasting")

    st.header("What do averages hide?", anchor=False)
    st.markdown(pockets_sentence(shared(outside_most_deprived_fifth, pockets, scores)))
    chart = shared(
        pockets_profile,
        shared(rows_of, pockets, area_code=place),
        name=shared(place_of, areas, place).name,
        release=str(scores["release"].iloc[0]),
        build=build,
        palette=colours,
    )
    panel.show(chart, key="pockets")
