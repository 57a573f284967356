"""Buttons that hand out a file without drawing the screen anew."""

from collections.abc import Callable
from pathlib import PurePath

import streamlit as st

from dashboard.turns import QUICK, Turns, in_turn

_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""Ending of a file -> what it is; Python's own list leaves half of them to the system it runs on."""


def button(
    label: str,
    content: bytes | str | Callable[[], bytes],
    file_name: str,
    *,
    key: str | None = None,
    icon: str | None = None,
    help: str | None = None,  # as Streamlit calls it
    turns: Turns = QUICK,
) -> None:
    """Show a button that hands out a file.

    Args:
        label: words on the button.
        content: the file, or what makes it once it is asked for.
        file_name: its name, whose ending says what it is.
        key: key of the button, where another on the screen has the same words.
        icon: Material symbol, as ":material/table:".
        help: what the file is good for.
        turns: with whose files it takes turns in being made.
    """
    data = in_turn(content, turns) if callable(content) else content
    mime = TYPES[PurePath(file_name).suffix]
    st.download_button(label, data, file_name=file_name, mime=mime, key=key, icon=icon, help=help, on_click="ignore")
