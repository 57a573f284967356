"""The settings of a screen, a click away: behind the question in one line, or folded on a phone."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.catalogue import gap
from charts.catalogue.view import View
from dashboard import glossary, kept
from pipeline.processed import Tables


def show(figures: Tables, choose: Callable[[], View], *, terms: Sequence[str] = ()) -> View:
    """Let the visitor change a question about the gap, and say the question as it is now.

    Args:
        figures: the processed tables.
        choose: shows the controls, and gives what they say.
        terms: terms explained beside the line, by their names in GLOSSARY.md; none where the screen explains them itself.
    """
    with st.container(key="settings-line", horizontal=True, vertical_alignment="center", gap="small"):
        line = st.container(key="settings-said")
        with st.popover("Change settings", icon=":material/tune:", type="tertiary"):
            asked = choose()
        if terms:
            glossary.explain(*terms)
        line.markdown(kept.answer(gap.ASKED, figures, asked))
    return asked


def folded() -> DeltaGenerator:
    """Where controls go that are a row on a desk; on a phone "Change settings" opens and closes it."""
    place = st.container(key="folded", horizontal=True, vertical_alignment="center")
    # the browser's own part that opens: no run of the screen, and the keyboard works
    place.html('<details class="fold"><summary>Change settings</summary></details>')
    return place
