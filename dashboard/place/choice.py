"""Choosing one place: every region, combined authority and authority by name or code, replaced codes included."""

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard import link
from dashboard.shared import shared
from pipeline.areas import ENDED, SUCCESSORS

_KINDS = {"region": "region", "combined-authority": "combined authority"}


def choose(areas: pd.DataFrame, *, width: int | Literal["stretch"] = "stretch") -> str:
    """Let the visitor choose a place; returns its code, or "" while none is chosen."""
    labels = shared(place_labels, areas)
    chosen = link.selectbox(
        "Place",
        list(labels),
        key="place",
        index=None,
        format_func=lambda code: labels[code],
        others=shared(_other_words, areas),
        explained=_ended(),
        placeholder="Type or choose a name",
        width=width,
    )
    return chosen or ""


def place_labels(areas: pd.DataFrame) -> dict[str, str]:
    """Return code -> name by name; regions and combined authorities say what they are, since they share names."""
    rows = areas[areas["area_type"] != "country"].to_dict("records")
    labels = {
        row["area_code"]: f"{row['area_name']} ({_KINDS[row['area_type']]})"
        if row["area_type"] in _KINDS
        else row["area_name"]
        for row in rows
    }
    return dict(sorted(labels.items(), key=lambda pair: pair[1]))


def _other_words(areas: pd.DataFrame) -> dict[str, str]:
    """Return what else a link may say for a place: a replaced code, a bare name (the region's, where two share it)."""
    rows = areas[areas["area_type"] != "country"]
    order = rows["area_type"].map({"utla": 0, "combined-authority": 1, "region": 2})
    names = rows.assign(order=order).sort_values("order")
    return dict(zip(names["area_name"], names["area_code"], strict=True)) | {
        old: new for old, new in SUCCESSORS.items() if new in set(rows["area_code"])
    }


def _ended() -> dict[str, str]:
    return {code: f"{code} was the code of {what}" for code, what in ENDED.items()}


def invite() -> None:
    """Say how to choose a place, where none is chosen."""
    st.info(
        "Choose a place above: type the first letters of any of England's 9 regions, 15 combined authorities or 153 local "
        "authorities. A link may name it by its ONS code too, as in `?place=E06000001`.",
        icon=":material/location_on:",
    )
