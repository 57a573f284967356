"""Buttons that hand out a file without drawing the screen anew."""

from collections.abc import Callable
from mimetypes import guess_type

import streamlit as st


def button(
    label: str,
    content: bytes | str | Callable[[], bytes],
    file_name: str,
    *,
    key: str | None = None,
    icon: str | None = None,
    help: str | None = None,  # as Streamlit calls it
) -> None:
    """Show a button that hands out a file.

    Args:
        label: words on the button.
        content: the file, or what makes it once it is asked for.
        file_name: its name, whose ending says what it is.
        key: key of the button, where another on the screen has the same words.
        icon: Material symbol, as ":material/table:".
        help: what the file is good for.
    """
    mime = guess_type(file_name)[0] or "application/octet-stream"
    st.download_button(label, content, file_name=file_name, mime=mime, key=key, icon=icon, help=help, on_click="ignore")
