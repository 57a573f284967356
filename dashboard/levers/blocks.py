"""Views of the Levers screen about building blocks: their gaps, how they go with healthy life, who holds them."""

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from charts.kit.words import number_of
from charts.levers.lever_associations import lever_associations
from charts.levers.lever_departments import lever_departments
from charts.levers.lever_gaps import lever_gaps, with_gaps
from charts.levers.lever_over_time import lever_over_time
from charts.levers.who_can_act import basis_table, holders_table, level_sentence
from charts.levers.words import LEVELS, scope
from dashboard import controls, link, panel, shell, tables
from dashboard.figures import Figures
from dashboard.levers.figures import latest
from dashboard.shared import shared
from pipeline.answers.deprivation import rows_of
from pipeline.measures.places.building_blocks import without_figure
from pipeline.sources.levers import WITHOUT_DIRECTION

ALL = "all"


def _rows(current: Figures) -> pd.DataFrame:
    return shared(with_gaps, current.table("levers"), current.table("lever_gaps"), current.table("lever_changes"))


def _filters(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Let the visitor choose building blocks by part, department, level and term; return them and the choice in words."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        block = _choice("Part of health", rows["block"].unique(), key="part", every="All parts")
        department = _choice("Led by", sorted(rows["department"].unique()), key="department", every="Any department")
        acts = _choice(
            "Who can act",
            LEVELS,
            key="acts",
            every="Any level",
            label=lambda name: LEVELS[name][0].upper() + LEVELS[name][1:],
        )
        term = _choice(
            "Answers within",
            ("short", "long"),
            key="term",
            every="Any time",
            label=lambda name: "About five years (short term)" if name == "short" else "Longer (long term)",
        )
    kept = shared(_kept, rows, block=block, department=department, acts=acts, term=term)
    return kept, scope(len(kept), department=department, level=acts, horizon=term, block=block)


def _kept(rows: pd.DataFrame, *, block: str, department: str, acts: str, term: str) -> pd.DataFrame:
    return rows[
        (rows["block"].eq(block) | (block == ""))
        & (rows["department"].eq(department) | (department == ""))
        & (rows["level"].str.split().map(lambda levels: acts in levels) | (acts == ""))
        & (rows["horizon"].eq(term) | (term == ""))
    ].reset_index(drop=True)


def _choice(heading: str, options: Iterable[str], *, key: str, every: str, label: Callable[[str], str] = str) -> str:
    names = [ALL, *options]
    chosen = link.selectbox(heading, names, key=key, format_func=lambda name: every if name == ALL else label(name))
    return "" if chosen == ALL else str(chosen)


def gaps_view(current: Figures) -> None:
    """Show the gap of every building block, and one of them closely."""
    rows, chosen = _filters(_rows(current))
    if rows.empty:
        st.info("No building block is all of these at once. Widen one of the choices.")
        return
    colours = shell.palette()
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(shared(lever_gaps, rows, chosen=chosen, build=current.build, palette=colours), key="lever-gaps")
    with right:
        names = dict(zip(rows["indicator"], rows["label"], strict=True))
        gaps = current.table("lever_gaps")
        block = link.selectbox(
            "Look closer at",
            list(names),
            key="block",
            format_func=lambda name: names[name],
        )
        lever = shared(_lever, rows, block)
        panel.show(
            shared(
                lever_over_time, lever, shared(rows_of, gaps, indicator=block), build=current.build, palette=colours
            ),
            key="lever-over-time",
        )
        _facts(lever)
        _missing(current, rows)


def _lever(rows: pd.DataFrame, indicator: str) -> pd.Series:
    found: pd.Series = rows[rows["indicator"] == indicator].iloc[0]
    return found


def _facts(lever: pd.Series) -> None:
    levels = ", ".join(LEVELS[name] for name in lever["level"].split())
    st.markdown(
        f"**{lever['counts']}.** Part of {lever['block'].lower()}; {lever['capital']} capital; "
        f"{lever['horizon']} term. Led by the {lever['department']}. Can act: {levels}. Rests on: {lever['basis']}."
    )


def _missing(current: Figures, rows: pd.DataFrame) -> None:
    table = shared(_without_figure, rows, current.table("areas"), latest(current))
    with st.expander(f"Authorities without a figure ({number_of(len(table), 'building block')} of {len(rows)})"):
        if len(table):
            tables.show(table, label="Authorities without a figure, by building block")
        st.markdown(
            "City of London and Isles of Scilly have no healthy life expectancy and stand in neither fifth. Held but not shown: "
            f"{'; '.join(WITHOUT_DIRECTION.values())}."
        )


def _without_figure(rows: pd.DataFrame, areas: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    names = areas[areas["area_type"] == "utla"].set_index("area_code")["area_name"]
    missing = without_figure(held, list(names.index))
    return pd.DataFrame(
        {
            "Building block": row["label"],
            "Period": row["latest_period"],
            "Without a figure": len(missing[row["indicator"]]),
            "Which": ", ".join(sorted(names[code] for code in missing[row["indicator"]])),
        }
        for row in rows.to_dict("records")
        if row["indicator"] in missing
    )


def health_view(current: Figures) -> None:
    """Show how the building blocks go with healthy life."""
    sex = controls.sex()
    rows, chosen = _filters(_rows(current))
    if rows.empty:
        st.info("No building block is all of these at once. Widen one of the choices.")
        return
    levers = current.table("levers")
    panel.show(
        shared(
            lever_associations,
            current.table("lever_associations"),
            shared(_listed_in, levers, rows),
            sex=sex,
            chosen=chosen,
            build=current.build,
            palette=shell.palette(),
        ),
        key="lever-associations",
    )


def _listed_in(levers: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return levers[levers["indicator"].isin(rows["indicator"])]


def holders_view(current: Figures) -> None:
    """Show who leads on the building blocks and who can act on them."""
    rows = _rows(current)
    left, right = st.columns([3, 2], gap="large")
    with left:
        panel.show(
            shared(lever_departments, rows, build=current.build, palette=shell.palette()), key="lever-departments"
        )
    with right:
        st.subheader("Who can act", anchor=False)
        for level in LEVELS:
            st.markdown(level_sentence(rows, level))
            if level != "national":
                st.page_link(
                    "pages/levers.py",
                    label=f"What {LEVELS[level]} can act on",
                    icon=":material/arrow_forward:",
                    query_params={"view": "gaps", "acts": level},
                )
        st.markdown(
            ":small[What one combined authority can do depends on its own order; this is what they can hold. London's mayor holds "
            "like powers under laws of their own; London is shown as a region.]"
        )
    levers = current.table("levers")
    st.subheader("Every building block, who leads and who can act", anchor=False)
    tables.show(
        shared(holders_table, levers),
        label="Building blocks with leading department and the levels of government that can act",
    )
    with st.expander("The law or document that each entry rests on"):
        tables.show(
            shared(basis_table, levers), label="Law or document behind department and levels, by building block"
        )
        st.markdown(
            "The four capitals are the Health Foundation's (The government's levelling up agenda, 2021); which block belongs to "
            "which, and what is short or long term, is our judgement."
        )
