"""Views of the Levers screen about places: one place's building blocks, and what places have done."""

import pandas as pd
import streamlit as st

from charts import words
from charts.chart import Chart, source_line
from charts.levers_action import REPORT, WHAT_IT_SHOWS, action_record
from charts.levers_learning import action_differences, better_than_predicted_chart
from charts.levers_place import weakest_blocks_chart
from charts.levers_words import LEVELS, sources
from charts.vertical_line import vertical_line
from dashboard import controls, link, panel, shell
from dashboard.figures import Figures
from dashboard.levers_figures import latest, scores_with_hle
from dashboard.local_action import show_local_action
from dashboard.shared import shared
from pipeline.areas import ENGLAND
from pipeline.levers import SIGNS
from pipeline.measures.better_than_predicted import better_than_predicted, expected_by_luck
from pipeline.measures.local_action import authorities_of
from pipeline.measures.similar_places import similar_places, weakest_blocks

HLE_MEASURE = "hle"


def place_view(current: Figures) -> None:
    """Show the weakest building blocks of one authority, and one measure from the nation down to it."""
    areas, levers = current.table("areas"), current.table("levers")
    scores = scores_with_hle(current)
    names = areas.set_index("area_code")["area_name"]
    codes = sorted(scores["area_code"], key=lambda code: names[code])
    most_deprived = scores.set_index("area_code")["imd_score"].idxmax()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = link.selectbox(
            "Authority", codes, key="place", index=codes.index(most_deprived), format_func=lambda code: names[code]
        )
        measure = link.selectbox(
            "Measure of the line from the nation down",
            [HLE_MEASURE, *levers["indicator"]],
            key="line",
            format_func=lambda name: (
                "Healthy life expectancy" if name == HLE_MEASURE else levers.set_index("indicator")["label"][name]
            ),
        )
        sex = controls.sex()
    of_authorities = latest(current)
    of_authorities = of_authorities[of_authorities["area_code"].isin(codes)]
    similar = shared(similar_places, scores, [place])
    found = shared(
        weakest_blocks,
        of_authorities,
        area_code=place,
        similar=similar,
        signs=dict(zip(levers["indicator"], _signs(levers), strict=True)),
    )
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(
            shared(
                weakest_blocks_chart,
                found,
                levers,
                place=names[place],
                similar=[names[code] for code in similar],
                build=current.build,
                palette=shell.palette(),
            ),
            key="lever-weakest",
        )
    with right:
        panel.show(_line(current, place, measure, sex), key="vertical-line")
        st.subheader("Local action", anchor=False)
        show_local_action(place)


def _signs(levers: pd.DataFrame) -> list[int]:
    return [SIGNS[polarity] for polarity in levers["polarity"]]


def _line(current: Figures, place: str, measure: str, sex: str) -> Chart:
    rows = current.table("areas").set_index("area_code", drop=False)
    own = rows.loc[place]
    codes = [ENGLAND, *(code for code in (own["region_code"], own["combined_authority_code"]) if pd.notna(code)), place]
    line = rows.loc[[str(code) for code in codes]].reset_index(drop=True)[["area_code", "area_name", "area_type"]]
    if measure == HLE_MEASURE:
        hle = current.newest("hle")
        hle = hle[(hle["sex"] == sex) & (hle["period_end"] == hle["period_end"].max())]
        values = hle.rename(columns={"hle_years": "value", "hle_lci_95": "lci_95", "hle_uci_95": "uci_95"})
        return shared(
            vertical_line,
            line.merge(values[["area_code", "value", "lci_95", "uci_95"]], on="area_code", how="left"),
            measure=f"Healthy life expectancy at birth, {words.people(sex)}",
            unit="years",
            period=str(hle["period"].iloc[0]),
            can_act="",
            source=source_line(release=current.release, build=current.build),
            palette=shell.palette(),
        )
    levers = current.table("levers")
    of_measure = levers[levers["indicator"] == measure]
    lever = of_measure.iloc[0]
    found = latest(current)
    values = found.loc[found["indicator"] == measure, ["area_code", "value", "lci_95", "uci_95"]]
    return shared(
        vertical_line,
        line.merge(values, on="area_code", how="left"),
        measure=str(lever["label"]),
        unit=str(lever["unit"]),
        period=str(lever["latest_period"]),
        can_act=f"Can act: {', '.join(LEVELS[name] for name in lever['level'].split())}.",
        source=sources(of_measure, build=current.build),
        palette=shell.palette(),
    )


def action_view(current: Figures) -> None:
    """Show one case of local action with its record, and the places to learn from."""
    cases = current.table("local_action").set_index("case", drop=False)
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
                cases.reset_index(drop=True),
                records[records["sex"] == sex],
                sex=sex,
                release=current.release,
                build=current.build,
                palette=shell.palette(),
            )
            panel.show(chart, key="local-action-all")
        else:
            panel.show(_record(current, cases.loc[chosen], sex), key="local-action")
        st.info(WHAT_IT_SHOWS)
    st.header("Places to learn from", anchor=False)
    residuals = current.table("residuals")
    residuals = residuals[residuals["sex"] == sex]
    periods = sorted(residuals["period"].unique())
    count = residuals["area_code"].nunique()
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


def _record(current: Figures, case: pd.Series, sex: str) -> Chart:
    series, records = current.table("local_action_series"), current.table("local_action_records")
    record = records[(records["case"] == case["case"]) & (records["sex"] == sex)]
    of_case = series[(series["case"] == case["case"]) & (series["sex"] == sex)].reset_index(drop=True)
    names = current.table("areas").set_index("area_code")["area_name"]
    similar: list[str] = []
    if of_case["similar_years"].notna().all():
        own = authorities_of(case["area_codes"].split(), current.table("areas"))
        similar = [names[code] for code in similar_places(scores_with_hle(current), own)]
    return shared(
        action_record,
        case,
        of_case,
        None if record.empty else record.iloc[0],
        similar=similar,
        sex=sex,
        release=current.release,
        build=current.build,
        palette=shell.palette(),
    )
