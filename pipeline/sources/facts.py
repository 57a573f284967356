"""Reads the facts that are written by hand: pipeline/sources/<name>.csv, each checked against its contract."""

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import store
from pipeline.tables import Table

FOLDER = Path(__file__).parent


def facts(table: Table) -> pd.DataFrame:
    """The facts of a table, in the order in which they are written; empty cells are None.

    Raises:
        ContractBroken: a row breaks the contract.
    """
    return store.read(table, FOLDER / f"{table.name}.csv")


def rows(table: Table) -> list[dict[str, Any]]:
    """The same, one dictionary a row, with "" for an empty cell."""
    filled = facts(table).astype(object).fillna("")
    return [dict(zip(filled.columns, row, strict=True)) for row in filled.itertuples(index=False, name=None)]
