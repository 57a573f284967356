"""Figures that several views of the Levers screen share, worked out once per build."""

import pandas as pd
import streamlit as st

from dashboard.figures import Figures
from pipeline.measures.building_blocks import latest_figures


def latest(current: Figures) -> pd.DataFrame:
    """Return the latest figures of every building block, all areas; read them only, since visitors share them."""
    return _latest(current, current.build)


def scores_with_hle(current: Figures) -> pd.DataFrame:
    """Return the deprivation scores of the authorities that have healthy life expectancy."""
    areas, scores = current.table("areas"), current.table("deprivation")
    without = areas.loc[areas["no_hle_reason"].notna(), "area_code"]
    return scores[~scores["area_code"].isin(without)]


# The build id is an argument so that a new build is never answered from an old one.
@st.cache_resource(max_entries=4, show_spinner=False)
def _latest(_current: Figures, build: str) -> pd.DataFrame:
    del build
    return latest_figures(_current.table("building_blocks"))
