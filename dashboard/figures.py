"""The processed tables as the screens read them: those of the build that is on disk now."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st

from pipeline.errors import NotBuilt
from pipeline.processed import Tables as Figures

__all__ = ["FOLDER", "Figures", "NotBuilt", "descriptor", "figures", "watch_for_new_build"]

FOLDER = Path(__file__).resolve().parents[1] / "data" / "processed"


def figures() -> Figures:
    """Open the tables of the build that is on disk now.

    Raises:
        NotBuilt: there is none.
    """
    return Figures.open(FOLDER)


def descriptor() -> dict[str, Any]:
    """Read datapackage.json: build, release, and name, size and checksum of every table.

    Raises:
        NotBuilt: there is none.
    """
    return figures().package


@st.fragment(run_every=300)
def watch_for_new_build(shown_build: str) -> None:
    """Look every five minutes whether figures were built anew since this screen was drawn, and offer to show them."""
    with suppress(NotBuilt):
        if figures().build != shown_build:
            st.info("**New figures have come in** since this screen was drawn.", icon=":material/update:")
            if st.button("Show the new figures"):
                st.rerun(scope="app")
