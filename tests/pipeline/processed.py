"""The processed tables that the repository holds, for tests that ask what they say."""

import pandas as pd

from pipeline.processed import Tables


def processed(name: str) -> pd.DataFrame:
    return Tables.open().table(name)
