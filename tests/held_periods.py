"""The periods that the newest published healthy life expectancy has, oldest first: tests name none of today's."""

import pandas as pd

from pipeline import store

_NEWEST = max((store.RAW_FOLDER / "hle").glob("*.csv"))
PERIODS: list[str] = sorted(pd.read_csv(_NEWEST, usecols=["period"])["period"].unique())
FIRST, LATEST = PERIODS[0], PERIODS[-1]
