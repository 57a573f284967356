"""How far the answers can be trusted: purpose, limits and checks in words, assumptions and sensitivity as tables."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.catalogue import promise
from dashboard import kept, tables
from dashboard.saving import download
from pipeline.processed import Tables
from pipeline.sources.facts import facts
from pipeline.tables.authored import ASSUMPTIONS

FILE = Path(__file__).resolve().parents[2] / "docs" / "assurance.md"
BEFORE_THE_TABLES = ("Purpose", "What it is fit for", "What it is not fit for")


@cache
def sections() -> Mapping[str, str]:
    """Heading -> text, in the order of docs/assurance.md."""
    _, *parts = re.split(r"(?m)^## (.+)$", FILE.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


@cache
def assumptions() -> pd.DataFrame:
    """Table `assumptions` under headings in words."""
    return facts(ASSUMPTIONS).set_axis(["Number", "Choice", "Why", "Effect if wrong"], axis="columns")


def show(figures: Tables) -> None:
    """Show all parts, the tables between what it is for and how it was checked."""
    for heading, text in sections().items():
        if heading not in BEFORE_THE_TABLES:
            continue
        _part(heading, text)
    st.header("Assumptions", anchor=False)
    tables.show(assumptions(), label="Assumptions, why they were made, and what changes if they are wrong")
    content = assumptions().to_csv(index=False).encode("utf-8-sig")
    download.button("Download the assumptions as CSV", content, "assumptions.csv")
    st.header("Sensitivity", anchor=False)
    st.markdown("What each forecast says of every reading of the promise, and of the default setting.")
    tables.show(kept.answer(promise.SENSITIVITY, figures), label="Chances of halving by each forecast")
    for heading, text in sections().items():
        if heading not in BEFORE_THE_TABLES:
            _part(heading, text)


def _part(heading: str, text: str) -> None:
    st.header(heading, anchor=False)
    st.markdown(text)
