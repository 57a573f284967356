"""The processed tables that the repository holds, for tests that ask what they say."""

from functools import cache

import pandas as pd

from pipeline import store
from pipeline.tables import PROCESSED


@cache
def processed(name: str) -> pd.DataFrame:
    return store.read(PROCESSED[name], store.PROCESSED_FOLDER / f"{name}.csv")
