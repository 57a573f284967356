"""Views of the Levers screen about building blocks: their gaps, how they go with healthy life, who holds them."""

import pandas as pd
import streamlit as st

from charts.catalogue import levers, levers_places
from charts.catalogue.choices import CHOICES
from charts.catalogue.entry import Answer
from charts.catalogue.view import View
from charts.kit import words
from dashboard import controls, kept, link, panel, tables
from pipeline.errors import UsageError
from pipeline.measures.places.building_blocks import latest_figures, without_figure
from pipeline.processed import Tables
from pipeline.sources.levers import WITHOUT_DIRECTION


def _filters(figures: Tables) -> View:
    """Let the visitor choose building blocks by part, department, level and term."""
    rows = kept.answer(levers.BLOCKS, figures)
    with st.popover("Filter building blocks", icon=":material/filter_list:", key="lever-filters"):
        return View(
            part=controls.filters("part", "Part of health", list(rows["block"].unique()), every="All parts"),
            department=controls.filters(
                "department", "Department", sorted(rows["department"].unique()), every="Any department"
            ),
            acts=controls.filters("acts", "Who can act", list(CHOICES["acts"]), every="Any level"),
            term=controls.filters("term", "Time to act", list(CHOICES["term"]), every="Any time"),
            rows="screen",
        )


def gaps_view(figures: Tables) -> None:
    """Show the gap of every building block, and one of them closely."""
    left, right = st.columns([3, 2], gap="large")
    with right, st.container(horizontal=True, vertical_alignment="center"):
        view = _filters(figures)
        if not st.toggle("Show every building block", key="every-block"):
            view = view.with_settings(rows="")
    try:
        rows = kept.answer(levers.BLOCKS, figures, view)
    except UsageError as error:
        left.info(error.what)
        return
    with left:
        panel.show("lever-gaps", view)
    with right:
        st.markdown(f":small[{kept.answer(levers.SCOPE, figures, view)}]")
        names = dict(zip(rows["indicator"], rows["label"], strict=True))
        block = link.selectbox("Look closer at", list(names), key="block", format_func=names.__getitem__)
        panel.show("lever-over-time", View(block=block))
        st.markdown(kept.answer(levers_places.ABOUT_BLOCK, figures, View(block=block)))
        _missing(figures, view, of=len(rows))


# A fragment, filled only once opened.
@st.fragment
def _missing(figures: Tables, view: View, *, of: int) -> None:
    table = kept.answer(_WITHOUT_FIGURE, figures, view)
    label = f"Authorities without a figure ({words.number_of(len(table), 'building block')} of {of})"
    more = st.expander(label, key="without-figure", on_change="rerun")
    if not more.open:
        return
    with more:
        if len(table):
            tables.show(table, label="Authorities without a figure, by building block")
        st.markdown(
            "City of London and Isles of Scilly have no healthy life expectancy and are in neither fifth. We hold but do not show: "
            f"{'; '.join(WITHOUT_DIRECTION.values())}."
        )


def _without_figure(figures: Tables, view: View) -> pd.DataFrame:
    areas, rows = figures.table("areas"), levers.BLOCKS.of(figures, view)
    names = areas[areas["area_type"] == "utla"].set_index("area_code")["area_name"]
    missing = without_figure(latest_figures(figures.table("building_blocks")), list(names.index))
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


_WITHOUT_FIGURE = Answer(id="without-figure", needs=levers.CHOSEN, ask=_without_figure)


def health_view(figures: Tables) -> None:
    """Show how the building blocks go with healthy life."""
    sex = controls.sex()
    panel.show("lever-associations", _filters(figures).with_settings(sex=sex))


def holders_view(figures: Tables) -> None:
    """Show each department's widest gap, and who can act on the building blocks."""
    st.header("Widest gap of each department", anchor=False)
    tables.show(kept.answer(levers.DEPARTMENTS, figures), label="Departments, the one with the widest gap first")
    st.markdown(":small[A minus: the most deprived fifth is better off.]")
    left, right = st.columns([3, 2], gap="large")
    with left:
        panel.show("lever-departments", View())
    with right:
        st.header("Who can act", anchor=False)
        for level, who in CHOICES["acts"].items():
            st.markdown(kept.answer(levers.CAN_ACT, figures, View(acts=level)))
            if level != "national":
                st.page_link(
                    "pages/levers.py",
                    label=f"What {who[0].lower()}{who[1:]} can act on",
                    icon=":material/arrow_forward:",
                    query_params={"view": "gaps", "acts": level},
                )
        st.markdown(
            ":small[What one combined authority can do depends on its own order; this is what they can hold. London's mayor holds "
            "similar powers under other laws; we show London as a region.]"
        )
    st.header("Who leads and who can act on each building block", anchor=False)
    tables.show(
        kept.answer(levers.HOLDERS, figures),
        label="Building blocks with leading department and the levels of government that can act",
    )
    with st.expander("The law or document behind each entry"):
        tables.show(
            kept.answer(levers.BASIS, figures),
            label="Law or document behind department and levels, by building block",
        )
        st.markdown(
            "The four capitals are the Health Foundation's (The government's levelling up agenda, 2021); which block belongs to "
            "which, and what is short or long term, is our judgement."
        )
