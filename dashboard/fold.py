"""Controls that a phone folds away behind one line, so that the answer is in the first screenful."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def controls() -> DeltaGenerator:
    """Where the controls of a screen go: a row on a desk; on a phone, "Change settings" opens and closes it."""
    # the browser's own part that opens: no run of the screen, and the keyboard works
    st.html('<details class="fold"><summary>Change settings</summary></details>')
    return st.container(key="folded", horizontal=True, vertical_alignment="center")
