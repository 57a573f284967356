"""Finding a place: by its name, by the name of a district in it, on a map, or from examples."""

from collections.abc import Mapping

import streamlit as st

from charts.catalogue.entry import Answer
from charts.catalogue.view import View
from dashboard import controls, kept, link, panel, screen
from dashboard.place import own_area
from pipeline.answers.place.groups import Group
from pipeline.processed import Tables

EXAMPLES = {"E06000009": "Blackpool", "E06000002": "Middlesbrough", "E10000030": "Surrey", "E12000001": "North East"}
"""Code -> name of places that a visitor may start with."""
_TYPED = "district typed"


def _districts(tables: Tables, _: View) -> Mapping[str, tuple[str, str]]:
    """Code of every district that is no authority itself -> its name and the code of its authority."""
    rows = tables.table("districts")
    apart = rows[rows["district_code"].str.startswith("E07")].sort_values("district_name")
    return {row["district_code"]: (row["district_name"], row["area_code"]) for row in apart.to_dict("records")}


_DISTRICTS = Answer(id="districts", needs=(), ask=_districts)


def box(figures: Tables) -> tuple[str, str]:
    """Let the visitor type the name of a place or district, or make an own area.

    Returns the code of the place, or its name where it is the visitor's own area, and then the codes of its authorities;
    "" where none is chosen.
    """
    own, refused = own_area.in_address(figures)
    place = _place(figures, own, refused)
    codes = own_area.codes_of(own, place)
    own_area.maker(figures, own if codes else None)
    return place, codes


def _place(figures: Tables, own: Group | None, refused: str) -> str:
    areas = figures.table("areas")
    districts = kept.answer(_DISTRICTS, figures)
    places = controls.place_labels(areas) | controls.group_labels()
    names = {code: f"{name} (district in {places[authority]})" for code, (name, authority) in districts.items()}
    labels = places | names | ({own.code: own.name} if own else {})
    others = _other_words(figures, districts)
    asked = st.query_params.get("place", "")
    explained = controls.explained()
    if refused and asked and asked not in {*labels.values(), *labels, *others}:
        explained[asked] = refused.rstrip(".")
    elif refused:
        screen.current().misread.append(refused)
    _note_district_of_address(districts)
    chosen = link.optional_selectbox(
        "Place",
        list(labels),
        key="place",
        placeholder="Type a place or district",
        format_func=lambda code: labels[str(code)],
        others=others,
        explained=explained,
        on_change=_to_authority,
        kwargs={"districts": districts},
        width=280,
        label_visibility="collapsed",
    )
    return districts[chosen][1] if chosen and chosen in districts else chosen or ""


def district_typed(place: str) -> str:
    """Name of the district whose name led to a place; "" where the place itself was chosen."""
    name, authority = st.session_state.get(_TYPED, ("", ""))
    return name if authority == place else ""


def _to_authority(districts: Mapping[str, tuple[str, str]]) -> None:
    own_area.forget()
    chosen = st.session_state.get("place", "")  # gone already where Back leaves this screen
    st.session_state[_TYPED] = districts.get(chosen, ("", ""))
    if chosen in districts:
        st.session_state["place"] = districts[chosen][1]


def _note_district_of_address(districts: Mapping[str, tuple[str, str]]) -> None:
    asked = st.query_params.get("place", "")
    for code, district in districts.items():
        if asked in (code, district[0]):
            st.session_state[_TYPED] = district


def _other_words(figures: Tables, districts: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """What else a link may say: a replaced code, a bare name, the name or code of a district."""
    by_district = {word: district[1] for code, district in districts.items() for word in (code, district[0])}
    return by_district | controls.other_words(figures.table("areas"))


def invite(view: View) -> None:
    """Show a map to click and a few examples, where no place is chosen."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Or choose on the map, or start with:", width="content")
        for code, name in EXAMPLES.items():
            st.page_link("pages/place.py", label=name, query_params={"place": code})
    panel.show("map", view.with_settings(level="utla"), on_click=controls.choose_place)
