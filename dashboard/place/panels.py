"""The panels of the Place screen: heading, table of facts, charts by theme, and the one page to print."""

import html
from functools import partial

import streamlit as st

from charts.catalogue.entry import Answer
from charts.catalogue.view import View
from charts.kit import words
from dashboard import download, kept, panel, tables, tabs
from dashboard.levers.local_action import show_local_action
from dashboard.place.facts import FACTS
from pipeline.answers.deprivation import rows_of
from pipeline.answers.place.profile import Place, long_table, place_of
from pipeline.geography.boundary_changes import CHANGES
from pipeline.processed import Tables

_KINDS = {"region": "Region", "combined-authority": "Combined authority", "utla": "Local authority"}


def _place(figures: Tables, view: View) -> Place:
    return place_of(figures.table("areas"), view.place)


def _figures_of(figures: Tables, view: View) -> bytes:
    rows = long_table(
        _place(figures, view),
        hle=figures.newest("hle"),
        life_expectancy=figures.table("life_expectancy"),
        places=figures.table("places"),
        residuals=figures.table("residuals"),
    )
    return rows.to_csv(index=False).encode("utf-8-sig")


_PLACE = Answer(id="place", needs=("place",), ask=_place)
_FIGURES = Answer(id="figures-of-place", needs=("place",), ask=_figures_of)


def invite() -> None:
    """Say how to choose a place, where none is chosen."""
    st.info(
        "Choose a place above: type the first letters of any of England's 9 regions, 15 combined authorities or 153 local "
        "authorities. A link may name it by its ONS code too, as in `?place=E06000001`.",
        icon=":material/location_on:",
    )


def show(figures: Tables, view: View) -> None:
    """Show a place, as a screen or as the one page to print; little of one without healthy life expectancy."""
    place = kept.answer(_PLACE, figures, view)
    _heading(figures, place)
    if place.no_hle_reason:
        _without_hle(place)
        panel.show("pockets", view)
    elif view.layout == "page":
        with st.container(key="one-page"):
            _facts(figures, view)
            panel.pair("place-hle", view)
            panel.show("pockets", view)
    else:
        _facts(figures, view)
        _charts(figures, view, place)


def _charts(figures: Tables, view: View, place: Place) -> None:
    """Show where a place stands, then its charts by theme."""
    panel.row("place-hle", "place-standing", view=view)
    authority = place.area_type == "utla"
    trends = ("place-le", "place-residuals") if authority else ("place-le",)
    peers = ("place-peers", "place-ranks") if authority else ("place-peers",)
    tabs.show(
        {
            "trends": ("Length of life", partial(panel.row, *trends, view=view)),
            "peers": ("Places like it", partial(panel.row, *peers, view=view)),
            "inside": ("Inside the place", partial(_inside, figures, view, place)),
        }
    )


def _heading(figures: Tables, place: Place) -> None:
    """Show the name of the place, what it is and lies in, its residents, and boundary changes that touch it."""
    residents = rows_of(figures.table("population"), area_code=place.code, sex="persons").iloc[0]
    lies_in = f" in {words.place(place.within[0][1])}" if len(place.within) > 1 else ""
    part = f", part of the combined authority {place.combined_authority}" if place.combined_authority else ""
    st.header(place.name, anchor=False)
    st.markdown(
        f"{_KINDS[place.area_type]}{lies_in}{part}. {residents['population']:,} residents in mid-{residents['year']}. Code "
        f"{place.code}."
    )
    if place.code in CHANGES:
        st.info(f"**Boundary change.** {CHANGES[place.code]}", icon=":material/border_style:")


def _without_hle(place: Place) -> None:
    reason = place.no_hle_reason.removeprefix(f"{place.name}: ")
    st.info(
        f"**No healthy life expectancy is published for {place.name}.** {reason[0].upper()}{reason[1:]}. "
        "It counts in the figures of its region and of England; how deprivation is spread in it is shown below.",
        icon=":material/info:",
    )


def _facts(figures: Tables, view: View) -> None:
    """Show the figures of both sexes side by side, and the settings behind the floor."""
    table, settings = kept.answer(FACTS, figures, view)
    with st.container(key="facts"):
        tables.show(table, label=f"Figures of {table.columns[0]} for women and men, with 95% intervals")
    st.html(f'<p class="chart-foot">Floor and rise needed: {html.escape(settings)} Brackets hold 95% intervals.</p>')


def _inside(figures: Tables, view: View, place: Place) -> None:
    """Show how deprivation is spread inside the place, what has been done there, and its figures to take away."""
    left, right = st.columns(2, gap="large")
    with left:
        panel.show("pockets", view)
    with right:
        st.subheader("Local action that touches it", anchor=False)
        show_local_action(figures, place.code)
        st.subheader("Its figures to take away", anchor=False)
        st.markdown("Every figure of the place, its region and England, all periods, in one table.")
        name = place.name.lower().replace(",", "").replace(" ", "-")
        download.button("Download as CSV", kept.answer(_FIGURES, figures, view), f"{name}-{figures.build}.csv")
