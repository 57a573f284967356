"""Beside the map: the chosen place in figures, or, while none is chosen, the lowest and the highest."""

import pandas as pd
import streamlit as st

from charts.catalogue import map as maps
from charts.catalogue.choices import CHOICES
from charts.catalogue.view import View, period_of
from charts.kit import words
from dashboard import kept, tables
from dashboard.levers.local_action import local_action_at
from dashboard.place import own_area
from pipeline.processed import Tables


def show(figures: Tables, view: View) -> None:
    """Show the figures beside the map of a view, and what the reader has gathered from it."""
    _card(figures, view) if view.place else _extremes(figures, view)
    own_area.gather(figures, view.place)


def _extremes(figures: Tables, view: View) -> None:
    found = kept.answer(maps.EXTREMES, figures, view)
    when = f", {period_of(figures.newest('hle'), view)}" if view.periods == "four" else ""
    for heading, table in found.tables:
        if len(table):
            tables.show(table, label=f"{heading} by {CHOICES['measure'][view.measure]}", head=f"{heading}{when}")
        else:
            st.markdown(f"### {heading}\n\nNone.")
    if not found.tables:
        st.info(found.notes[0], icon=":material/info:")
        return
    st.markdown("\n\n".join(found.notes))


def _card(figures: Tables, view: View) -> None:
    place, ranks = kept.answer(maps.SELECTED, figures, view)
    st.subheader(place["area_name"], anchor=False)
    deprivation = f"Deprivation score {words.number(place['imd_score'])} (IMD 2025; higher is more deprived)."
    if pd.isna(place["hle_years"]):
        st.warning(f"{place['no_hle_reason']}.", icon=":material/info:")
        _listed([deprivation])
    else:
        st.metric(
            f"Healthy life expectancy, {words.people(view.sex)}, {period_of(figures.newest('hle'), view)}",
            words.years(place["hle_years"]),
            border=True,
        )
        standing = [_standing(one) for _, one in ranks.iterrows()]
        _listed([*_facts(place, since=view.since), *standing, deprivation])
    st.page_link(
        "pages/place.py",
        label=f"More about {words.place(place['area_name'])}",
        icon=":material/location_on:",
        query_params={"place": view.place},
    )
    _local_action(figures, view.place)


def _facts(place: pd.Series, *, since: str) -> list[str]:
    facts = [
        f"95% interval {words.interval(place['hle_lci_95'], place['hle_uci_95'])} years.",
        f"**{words.signed(place['difference_years'])} years** from England: {place['against_england']}.",
    ]
    if since:
        limits = words.interval(place["change_lci_95"], place["change_uci_95"])
        change = f"**{words.signed(place['change_years'])} years** since {since}"
        facts.append(f"{change}{f' ({limits})' if limits else ''}: {place['changed']}.")
    if pd.notna(place["le_years"]):
        facts.append(f"Life expectancy {words.years(place['le_years'])}.")
    if pd.notna(place["poor_health_years"]):
        facts.append(f"{words.years(place['poor_health_years'])} not in good health.")
    else:
        facts.append(f"No figure for years not in good health: {place['no_poor_health_reason']}.")
    if pd.notna(place["shortfall_percent"]):
        facts.append(f"Holds {words.number(place['shortfall_percent'])}% of England's shortfall.")
    return facts


def _standing(rank: pd.Series) -> str:
    held = f"Rank {rank['rank_lci_95']} to {rank['rank_uci_95']} (95% interval; 1 is the highest)."
    if "p_lowest_fifth" not in rank:  # of its share of the shortfall
        return held
    return f"{held} The chance of being in the lowest fifth is {words.percent(rank['p_lowest_fifth'])}."


def _listed(lines: list[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))


def _local_action(figures: Tables, area_code: str) -> None:
    here = [one for one in local_action_at(figures, area_code) if not one.nationwide]
    if here:
        st.subheader("Local action in this area", anchor=False)
    for one in here:
        st.page_link("pages/levers.py", label=one.label, icon=":material/handshake:", query_params=one.query)
