"""The project's terms in plain words, read from GLOSSARY.md; any screen can put their explanation a click away."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

FILE = Path(__file__).resolve().parents[1] / "GLOSSARY.md"

_ENTRY = re.compile(r"^## (?P<name>.+)\n<!-- term: (?P<id>[a-z0-9-]+) -->\n(?P<meaning>(?:(?!## ).*\n?)+)", re.M)


@dataclass(frozen=True)
class Term:
    """One term."""

    name: str
    meaning: str


@cache
def terms() -> Mapping[str, Term]:
    """Return term id -> term, in the order of the file."""
    text = FILE.read_text(encoding="utf-8")
    return {
        entry["id"]: Term(entry["name"].strip(), " ".join(entry["meaning"].split())) for entry in _ENTRY.finditer(text)
    }


# A fragment, filled only once opened: no changed control sends explanations that nobody reads.
@st.fragment
def explain(*ids: str, label: str = "Definitions") -> None:
    """Show a button that opens the explanation of some terms.

    Args:
        ids: terms, by the names in GLOSSARY.md; an unknown one is a mistake in the screen and raises KeyError.
        label: words on the button.
    """
    known = terms()
    entries = "".join(
        f"<p><strong>{html.escape(known[one].name)}.</strong> {html.escape(known[one].meaning)}</p>" for one in ids
    )
    popover = st.popover(label, icon=":material/menu_book:", type="tertiary", key="definitions", on_change="rerun")
    if popover.open:
        # in the tab order, so that a long list can be scrolled by keyboard
        popover.html(f'<div role="group" tabindex="0" aria-label="{html.escape(label)}">{entries}</div>')


def as_markdown(*ids: str) -> str:
    """Return the explanation of terms, one paragraph each; of all of them where none is named."""
    known = terms()
    return "\n\n".join(f"**{known[one].name}.** {known[one].meaning}" for one in ids or known)
