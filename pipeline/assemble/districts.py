"""Districts and the authority that each lies in today: what a visitor who types a district's name is shown."""

import pandas as pd

SUCCESSORS_OF_CUMBRIA = {
    "Allerdale": "E06000063",
    "Carlisle": "E06000063",
    "Copeland": "E06000063",
    "Barrow-in-Furness": "E06000064",
    "Eden": "E06000064",
    "South Lakeland": "E06000064",
}
"""Districts of Cumbria -> authority formed of them in 2023 (The Cumbria (Structural Changes) Order 2022)."""


def districts(*, areas: pd.DataFrame, lookup: pd.DataFrame) -> pd.DataFrame:
    """Table `districts`: raw table `districts` with codes of authorities in force."""
    formed = lookup["district_name"].map(SUCCESSORS_OF_CUMBRIA)
    placed = lookup.assign(area_code=formed.fillna(lookup["area_code"]))
    return placed[placed["area_code"].isin(areas["area_code"])].reset_index(drop=True)
