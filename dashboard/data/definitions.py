"""What each definition of the gap means, and who its two ends are now."""

import pandas as pd
import streamlit as st

from charts.kit import words
from dashboard import tables
from pipeline.measures.gap.definitions import DEFINITIONS


def show(gaps: pd.DataFrame) -> None:
    """Show every definition with its two ends in the latest period.

    Args:
        gaps: table `gaps`.
    """
    st.markdown(
        "The promise is to halve the gap between the richest and poorest regions. No official text says which regions "
        "these are, so you can choose any definition in use, and each chart names the one it shows."
    )
    tables.show(in_words(gaps), label="Definitions of the gap: meaning, two ends now, caveat")


def in_words(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return one row per definition: name, meaning, ends by sex in the latest period, caveat."""
    latest = gaps[gaps["period_end"] == gaps["period_end"].max()]
    rows = []
    for name, definition in DEFINITIONS.items():
        pairs = (
            latest[latest["definition"] == name].set_index("sex")[["better_off", "worse_off"]].agg(" and ".join, axis=1)
        )
        same = pairs.nunique() == 1
        now = pairs.iloc[0] if same else "; ".join(f"{words.people(str(sex))}: {pair}" for sex, pair in pairs.items())
        rows.append((definition.label, definition.ends, now, definition.caveat or "none"))
    return pd.DataFrame(rows, columns=["Definition", "How the two ends are chosen", "The two ends now", "Limitations"])
