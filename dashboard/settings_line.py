"""What a screen answers, in one line, with the settings behind it a click away."""

from collections.abc import Callable, Sequence

import streamlit as st

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
