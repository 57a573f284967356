"""The processed tables as the screens read them: once per build, shared between visitors."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from pipeline.tables import PROCESSED

FOLDER = Path(__file__).resolve().parents[1] / "data" / "processed"


class NotBuilt(Exception):
    """The processed tables are not there, or not whole."""


@dataclass(frozen=True)
class Figures:
    """The tables of one build."""

    build: str
    release: str

    def table(self, name: str) -> pd.DataFrame:
        """Return a processed table; read it only, since all visitors share it.

        Raises:
            NotBuilt: the file is missing or lacks a column.
        """
        return _table(name, self.build)

    def newest(self, name: str) -> pd.DataFrame:
        """Return the rows of a table's newest release."""
        return _newest(name, self.build)

    def england(self) -> pd.DataFrame:
        """Return England's rows of the newest HLE."""
        hle = self.newest("hle")
        return hle.loc[hle["area_type"] == "country"]


def figures() -> Figures:
    """Return the tables of the build that now stands on disk.

    Raises:
        NotBuilt: there is none.
    """
    try:
        package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
        return Figures(build=package["build"], release=package["version"])
    except (OSError, ValueError, KeyError) as error:
        raise NotBuilt(str(error)) from error


# The build id is an argument so that a new build is read as soon as it stands on disk. cache_resource, not
# cache_data: one copy for all visitors, without pickling it for each.
@st.cache_resource(max_entries=64, show_spinner=False)
def _table(name: str, build: str) -> pd.DataFrame:
    del build
    contract = PROCESSED[name]
    try:
        return pd.read_csv(
            FOLDER / f"{name}.csv",
            dtype={column.name: column.dtype for column in contract.columns},
            usecols=list(contract.column_names),
            keep_default_na=False,
            na_values=[""],
        )
    except (OSError, ValueError) as error:
        raise NotBuilt(str(error)) from error


@st.cache_resource(max_entries=64, show_spinner=False)
def _newest(name: str, build: str) -> pd.DataFrame:
    rows: pd.DataFrame = _table(name, build)
    newest: pd.DataFrame = rows[rows["release"] == rows["release"].max()].reset_index(drop=True)
    return newest
