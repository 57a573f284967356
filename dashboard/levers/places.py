"""Views of the Levers screen about places: one place's building blocks, and what places have done."""

import pandas as pd
import streamlit as st

from charts.catalogue.catalogue import Shot, entry
from charts.catalogue.view import HLE_LINE, View
from charts.kit.chart import Chart
from charts.levers.action_record import REPORT, WHAT_IT_SHOWS
from charts.levers.better_than_predicted import better_than_predicted_chart
from charts.levers.local_action import action_differences
from dashboard import controls, link, panel, shell
from dashboard.figures import Figures
from dashboard.levers.figures import scores_with_hle
from dashboard.levers.local_action import show_local_action
from dashboard.shared import shared
from dashboard.slides.deck import chart_of
from pipeline.answers.deprivation import rows_of
from pipeline.areas import number_of_areas
from pipeline.measures.places.better_than_predicted import better_than_predicted, expected_by_luck


def place_view(current: Figures) -> None:
    """Show the weakest building blocks of one authority, and one measure from the nation down to it."""
    areas, levers = current.table("areas"), current.table("levers")
    scores = scores_with_hle(current)
    names = shared(_names_of, areas, scores)
    codes, most_deprived = list(names), shared(_most_deprived, scores)
    measures = shared(_measures, levers)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = link.selectbox(
            "Authority", codes, key="place", index=codes.index(most_deprived), format_func=lambda code: names[code]
        )
        measure = link.selectbox(
            "Measure of the line from the nation down",
            list(measures),
            key="line",
            format_func=lambda name: measures[name],
        )
        sex = controls.sex()
    shown = View(sex=sex, place=place, line=measure)
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(_drawn("lever-weakest", shown, current), key="lever-weakest")
    with right:
        panel.show(_drawn("vertical-line", shown, current), key="vertical-line")
        st.subheader("Local action", anchor=False)
        show_local_action(place)


def _names_of(areas: pd.DataFrame, scores: pd.DataFrame) -> dict[str, str]:
    """Return code -> name of the authorities in a table, by name."""
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    return {code: names[code] for code in sorted(scores["area_code"], key=lambda code: names[code])}


def _most_deprived(scores: pd.DataFrame) -> str:
    return str(scores.set_index("area_code")["imd_score"].idxmax())


def _measures(levers: pd.DataFrame) -> dict[str, str]:
    """Return name -> words of what can be followed from the nation down to a place."""
    return {HLE_LINE: "Healthy life expectancy", **dict(zip(levers["indicator"], levers["label"], strict=True))}


def _drawn(chart_id: str, shown: View, current: Figures) -> Chart:
    return shared(chart_of, Shot(entry=entry(chart_id), view=shown), current, shell.palette())


def action_view(current: Figures) -> None:
    """Show one case of local action with its record, and the places to learn from."""
    cases = shared(_by_case, current.table("local_action"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = link.selectbox(
            "Case",
            list(cases.index),
            key="case",
            index=None,
            placeholder="Choose one of the 13 cases",
            format_func=lambda name: f"{name} {cases.loc[name, 'place']}",
        )
        sex = controls.sex()
    left, right = st.columns([2, 3], gap="large")
    with left:
        _all_cases(cases) if chosen is None else _case(cases.loc[chosen])
    with right:
        if chosen is None:
            records = current.table("local_action_records")
            chart = shared(
                action_differences,
                current.table("local_action"),
                shared(rows_of, records, sex=sex),
                sex=sex,
                release=current.release,
                build=current.build,
                palette=shell.palette(),
            )
            panel.show(chart, key="local-action-all")
        else:
            panel.show(_drawn("action-record", View(sex=sex, case=chosen), current), key="local-action")
        st.info(WHAT_IT_SHOWS)
    st.header("Places to learn from", anchor=False)
    residuals = shared(rows_of, current.table("residuals"), sex=sex)
    periods = controls.periods_of(residuals)
    count = shared(number_of_areas, residuals)
    panel.show(
        shared(
            better_than_predicted_chart,
            shared(better_than_predicted, residuals),
            areas=count,
            by_luck=expected_by_luck(count, len(periods)),
            periods=periods,
            sex=sex,
            release=current.release,
            build=current.build,
            palette=shell.palette(),
        ),
        key="better-than-predicted",
    )


def _by_case(cases: pd.DataFrame) -> pd.DataFrame:
    return cases.set_index("case", drop=False)


def _all_cases(cases: pd.DataFrame) -> None:
    st.markdown(
        "Thirteen cases that a report of 2021 tells of. Choose one to see what was done and how the place has fared."
    )
    for row in cases.to_dict("records"):
        since = "" if pd.isna(row["since"]) else f", since {row['since']}"
        st.page_link(
            "pages/levers.py",
            label=f"{row['place']}{since}",
            icon=":material/handshake:",
            query_params={"view": "action", "case": row["case"]},
        )


def _case(case: pd.Series) -> None:
    st.subheader(case["place"], anchor=False)
    recorded = case["what_is_recorded"] if pd.notna(case["what_is_recorded"]) else "The report gives no figure"
    since = case["since"] if pd.notna(case["since"]) else "The report gives no year"
    st.markdown(
        f"**What was done.** {case['action']}.\n\n**Who acted.** {case['sector']}.\n\n**Since.** {since}.\n\n"
        f"**What the report records.** {recorded}.\n\n**Source.** {REPORT}, case {case['case']}. Its account, not proof of an "
        "effect."
    )
