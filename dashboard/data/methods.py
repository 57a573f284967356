"""The text on methods, section by section, as it stands in docs/methods.md."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard import link
from dashboard.saving import download

FILE = Path(__file__).resolve().parents[2] / "docs" / "methods.md"

_COMMENT = re.compile(r"[ \t]*<!--.*?-->[ \t]*\n?", re.S)
_HEADING = re.compile(r"^## (?P<number>\d+)\. (?P<title>.+)$", re.M)


def show() -> None:
    """Show a chosen section of the methods, and offer the whole."""
    titles = {number: title for number, (title, _) in sections().items()}
    number = link.selectbox("Section", list(titles), format_func=lambda name: f"{name}. {titles[name]}", key="section")
    title, text = sections()[number]
    st.subheader(f"{number}. {title}", anchor=False)
    st.markdown(text)
    download.button("Download all methods as text", whole_text(), "methods.md", icon=":material/description:")


@cache
def whole_text() -> str:
    """Return the methods without the marks by which their worked numbers are tested."""
    return _COMMENT.sub(_line_end, FILE.read_text(encoding="utf-8"))


def _line_end(comment: re.Match[str]) -> str:
    return "\n" if comment[0].endswith("\n") else ""


@cache
def sections() -> Mapping[str, tuple[str, str]]:
    """Return section number -> title and text, in order."""
    text = whole_text()
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return {
        heading["number"]: (heading["title"], text[heading.end() : end].strip())
        for heading, end in zip(headings, ends, strict=True)
    }
