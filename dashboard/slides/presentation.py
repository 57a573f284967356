"""Presenting a deck: one slide fills the window, arrow keys turn the pages, and every slide has its own address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charts.catalogue.catalogue import Shot
from charts.catalogue.view import SETTINGS, View, view_of
from charts.kit.media import WIDE
from dashboard import kept, link, panel, stage
from dashboard.masthead.masthead import LINKS
from dashboard.shell import ICON, NAME
from dashboard.slides import deck
from dashboard.watching import problem
from pipeline.errors import PipelineError, UsageError
from pipeline.processed import Tables

DECK_WIDE = tuple(name for name in SETTINGS if name not in deck.PER_SLIDE)
"""Settings that hold for the whole deck, as they stand in the address."""

MOST_DIGITS = 4
"""Of the number of a slide; no deck has more."""

_STYLE = """
.st-key-misread {position: fixed; bottom: 6.5rem; right: 12px; width: min(26rem, calc(100vw - 24px)); z-index: 9;}
.st-key-misread details, .st-key-misread summary {background: #fff !important; color: #1b1b1b !important;}
.st-key-misread li, .st-key-misread p {color: #1b1b1b !important;}
.st-key-bar {position: fixed; bottom: 6px; left: 12px; right: 12px; color: #1b1b1b; background: #fff;}
.st-key-bar button, .st-key-bar a, .st-key-bar p {color: #1b1b1b !important;}
.st-key-bar button {background: #fff !important; border: 1px solid #595959 !important; font: inherit;}
.present-button {border-radius: 0.5rem; padding: 0.25rem 0.75rem; min-height: 2.5rem; cursor: pointer;}
.st-key-hidden-buttons {display: none;}
@media (max-width: 640px) {
  .st-key-bar {gap: 0.3rem !important;}
  .st-key-bar > :has(.present-button) {display: none;}
  .st-key-bar p {white-space: nowrap;}
}
"""


def asked_for(address: Mapping[str, str]) -> bool:
    """Return whether an address asks for the presentation."""
    return address.get("present") == "1"


def view_in(address: Mapping[str, str]) -> tuple[View, list[str]]:
    """Return the deck-wide settings of an address, and one sentence for each that is not understood and takes its default."""
    view = View()
    misread = []
    for name in [name for name in DECK_WIDE if name in address]:
        try:
            view = view.with_settings(**{name: getattr(view_of({name: address[name]}), name)})
        except UsageError as error:
            misread.append(f"{link.plain(error.what)} {link.plain(error.do)}")
    return view, misread


def number_in(address: Mapping[str, str], count: int) -> tuple[int, list[str]]:
    """Return the number of the slide that an address asks for, from 1, and a sentence where there is no such slide.

    What is too high becomes the last slide, and what is no number the first.
    """
    text = address.get("slide", "1")
    number = 1 if not text.isdecimal() else int(text) if len(text) <= MOST_DIGITS else count
    nearest = min(max(number, 1), max(count, 1))
    if str(nearest) == text.lstrip("0"):
        return nearest, []
    return nearest, [f"There is no slide “{link.quoted(text)}”, so slide {nearest} is shown."]


def show() -> None:
    """Show the slide that the address asks for, as large as the window, with what turns the pages."""
    st.set_page_config(page_title=f"Slides | {NAME}", page_icon=ICON, layout="wide")
    items, misread = deck.read(st.query_params.get("deck", deck.DEFAULT))
    view, unknown = view_in(st.query_params)
    number, no_slide = number_in(st.query_params, len(items))
    try:
        _show(Tables.open(), items, view, number)
    except PipelineError as error:
        problem.show(error, box=st.error)
    if notes := [*misread, *unknown, *no_slide]:
        with (
            st.container(key="misread"),
            st.expander("Part of this link could not be used", expanded=True, icon=":material/link_off:"),
        ):
            st.markdown("\n".join(f"- {note[:1].upper()}{note[1:]}" for note in notes))


def _show(figures: Tables, items: Sequence[deck.Item], view: View, number: int) -> None:
    stage.set_up(WIDE, more_style=_STYLE)
    st.html(LINKS, unsafe_allow_javascript=True)  # the script is ours, from our own server
    if not items:
        st.warning("This deck has no slides.")
        return
    with st.container(key="stage"):
        _slide(figures, items[number - 1].shot(view))
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        last = len(items)
        st.button("Previous", key="previous", disabled=number == 1, on_click=_go, args=(number - 1,))
        st.button("Next", key="next", disabled=number == last, on_click=_go, args=(number + 1,))
        st.html('<button type="button" class="present-button" data-present="fullscreen">Full screen (F)</button>')
        st.markdown(f"Slide {number} of {last}")
        back = {name: value for name, value in st.query_params.items() if name not in {"present", "slide"}}
        st.page_link("pages/slides.py", label="End", query_params=back)
        with st.container(key="hidden-buttons"):
            st.button("First slide", key="first", on_click=_go, args=(1,))
            st.button("Last slide", key="last", on_click=_go, args=(last,))


def _slide(figures: Tables, shot: Shot) -> None:
    try:
        chart = kept.chart(shot.entry.id, figures, shot.view)
    except PipelineError as error:
        problem.show(error)
        return
    stage.heading(chart)
    panel.framed(chart, WIDE, key="slide-figure")


def _go(number: int) -> None:
    st.query_params["slide"] = str(number)
