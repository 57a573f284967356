"""The processed tables that the repository holds, for tests that ask what they say."""

import pandas as pd

from pipeline import store
from pipeline.tables import PROCESSED


def processed(name: str) -> pd.DataFrame:
    return store.read(PROCESSED[name], store.PROCESSED_FOLDER / f"{name}.csv")
