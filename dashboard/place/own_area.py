"""The reader's own area: made from a list of authorities or a map, kept in the address by its name and its codes."""

import streamlit as st

from charts.kit import words
from dashboard import controls, screen
from pipeline.answers.place.groups import BETWEEN, MOST_AUTHORITIES, Group, own_group
from pipeline.errors import UsageError
from pipeline.processed import Tables

CODES = "codes"
_OPENER = "own-area"
_FIRST_NAME = "Your own area"
_GATHERED = "places gathered on the map"
_CHOSEN, _NAME, _REFUSED = "authorities of own area", "name of own area", "own area refused"


def in_address(tables: Tables) -> tuple[Group | None, str]:
    """The own area that the address describes, and why there is none although it holds codes; "" where it holds none."""
    codes = st.query_params.get(CODES, "")
    if not codes:
        return None, ""
    name = st.session_state.get("place") or st.query_params.get("place", "")
    try:
        return own_group(tables.table("areas"), name=str(name), codes=codes.split(BETWEEN)), ""
    except UsageError as error:
        return None, f"{error.what} {error.do}"


def codes_of(own: Group | None, place: str) -> str:
    """Codes of the own area if it is the place chosen, put into the links that leave this screen; "" otherwise."""
    codes = BETWEEN.join(own.authorities) if own and place == own.code else ""
    shown = screen.current()
    shown.controls[CODES] = codes
    if codes:
        shown.chosen[CODES] = codes
    return codes


def forget() -> None:
    """Take the codes out of the address (called when another place is chosen)."""
    if CODES in st.query_params:
        del st.query_params[CODES]


def maker(tables: Tables, own: Group | None) -> None:
    """Let the reader choose authorities and give them a name."""
    popover = st.popover("Make your own area", icon=":material/add_location_alt:", key=_OPENER, on_change="rerun")
    if not popover.open:
        return
    with popover:
        refused = st.session_state.pop(_REFUSED, "")
        if refused:
            st.error(refused, icon=":material/error:")
        _form(tables, own)


def _form(tables: Tables, own: Group | None) -> None:
    areas = tables.table("areas")
    labels = controls.place_labels(areas[areas["area_type"] == "utla"])
    with st.form("own-area-form", border=False):
        st.multiselect(
            "Authorities",
            list(labels),
            default=list(own.authorities) if own else None,
            format_func=labels.__getitem__,
            key=_CHOSEN,
            max_selections=MOST_AUTHORITIES,
        )
        st.text_input("Name", value=own.name if own else "", key=_NAME)
        st.caption(
            "We estimate its figures from those that ONS publishes for its authorities, weighted by residents. The address "
            "of the page keeps your area: bookmark or share it."
        )
        st.form_submit_button("Show this area", on_click=_show, args=(tables,), type="primary")


def _show(tables: Tables) -> None:
    """Make the area the chosen place, or keep why it cannot be used."""
    try:
        group = own_group(tables.table("areas"), name=st.session_state[_NAME], codes=st.session_state[_CHOSEN])
    except UsageError as error:
        st.session_state[_REFUSED] = f"{error.what} {error.do}"
        return
    st.session_state["place"] = group.name
    st.query_params[CODES] = BETWEEN.join(group.authorities)
    st.session_state[_OPENER] = False


def gather(tables: Tables, area_code: str) -> None:
    """Let the reader add places to an own area one by one, as they choose them on a map; `area_code` is the one chosen."""
    gathered: list[str] = st.session_state.setdefault(_GATHERED, [])
    if area_code:
        label = "Take out of your own area" if area_code in gathered else "Add to your own area"
        st.button(label, icon=":material/add_location_alt:", on_click=_add_or_take_out, args=(area_code,))
    if gathered:
        names = tables.table("areas").set_index("area_code")["area_name"]
        st.markdown(f"Your own area: {words.listed([str(names.get(code, code)) for code in gathered])}.")
        st.page_link(
            "pages/place.py",
            label="Show your own area",
            icon=":material/location_on:",
            query_params={"place": _FIRST_NAME, CODES: BETWEEN.join(gathered)},
        )


def _add_or_take_out(area_code: str) -> None:
    gathered: list[str] = st.session_state[_GATHERED]
    rest = [code for code in gathered if code != area_code]
    st.session_state[_GATHERED] = rest if area_code in gathered else [*gathered, area_code]
