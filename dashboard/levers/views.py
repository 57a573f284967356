"""The Levers screen: which of its views is shown."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import link
from dashboard.levers.blocks import gaps_view, health_view, holders_view
from dashboard.levers.places import action_view, place_view
from pipeline.processed import Tables

VIEWS: Mapping[str, tuple[str, Callable[[Tables], None]]] = {
    "gaps": ("Their gaps", gaps_view),
    "health": ("And healthy life", health_view),
    "holders": ("Who holds them", holders_view),
    "place": ("One place", place_view),
    "action": ("What places did", action_view),
}
"""Name in the address -> words on the button, and what shows it."""


def view() -> str:
    """Let the visitor choose which part of the screen is shown."""
    asked = st.query_params.to_dict()
    if asked.get("case") and not asked.get("view"):  # a link that names a case alone opens the view that shows it
        st.switch_page("pages/levers.py", query_params={**asked, "view": VIEWS["action"][0]})
    return str(
        link.segmented_control(
            "Look at",
            list(VIEWS),
            key="view",
            default="gaps",
            format_func=lambda name: VIEWS[name][0],
        )
    )


def show(chosen: str, figures: Tables) -> None:
    """Show one part of the screen."""
    VIEWS[chosen][1](figures)
