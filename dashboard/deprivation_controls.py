"""The controls of the Deprivation screen, each tied to one word in the address."""

import pandas as pd
import streamlit as st

from charts.deprivation_slopes import INDICES
from pipeline.deprivation import SLOPE_GROUPS

_LEVEL_WORDS = {"region": "region", "combined-authority": "combined authority"}


def slope_groups() -> str:
    """Let the visitor choose what the slope is fitted through."""
    return _one_of("Slope across", SLOPE_GROUPS, key="groups")


def slope_index() -> str:
    """Let the visitor choose the slope index (years) or the relative index (ratio)."""
    return _one_of("Measured by", INDICES, key="index")


def any_place(areas: pd.DataFrame, *, default: str) -> str:
    """Let the visitor choose a region, a combined authority or an authority; returns its code."""
    names = {
        row["area_code"]: f"{row['area_name']} ({_LEVEL_WORDS[row['area_type']]})"
        if row["area_type"] in _LEVEL_WORDS
        else row["area_name"]
        for row in areas.loc[areas["area_type"] != "country"].to_dict("records")
    }
    codes = sorted(names, key=lambda code: names[code])
    chosen: str = st.selectbox(
        "Place",
        codes,
        index=codes.index(default),
        format_func=lambda code: names[code],
        key="place",
        bind="query-params",
        help="Marked among the authorities, and shown in detail below. Regions and combined authorities can be chosen too.",
    )
    return chosen


def _one_of(label: str, options: dict[str, str], *, key: str) -> str:
    default = next(iter(options))
    chosen = st.segmented_control(
        label,
        list(options),
        default=default,
        required=True,
        format_func=lambda name: options[name],
        key=key,
        bind="query-params",
    )
    return str(chosen or default)
