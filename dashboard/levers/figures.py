"""Figures that several views of the Levers screen share, worked out once per build."""

import pandas as pd

from dashboard.figures import Figures
from dashboard.shared import shared
from pipeline.measures.places.building_blocks import latest_figures


def latest(current: Figures) -> pd.DataFrame:
    """Return the latest figures of every building block, all areas; read them only, since visitors share them."""
    return shared(latest_figures, current.table("building_blocks"))


def scores_with_hle(current: Figures) -> pd.DataFrame:
    """Return the deprivation scores of the authorities that have healthy life expectancy."""
    return shared(_with_hle, current.table("areas"), current.table("deprivation"))


def _with_hle(areas: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    without = areas.loc[areas["no_hle_reason"].notna(), "area_code"]
    return scores[~scores["area_code"].isin(without)]
