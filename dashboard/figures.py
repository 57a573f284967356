"""The processed tables as the screens read them: once per build, shared between visitors."""

import hashlib
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.shared import shared
from pipeline.errors import PipelineError
from pipeline.tables import PROCESSED

FOLDER = Path(__file__).resolve().parents[1] / "data" / "processed"


class NotBuilt(PipelineError):
    """The processed tables are not there, or not whole."""

    def __init__(self, why: str, *, what: str = "There are no figures to show yet.") -> None:
        """Say what is wrong and how to mend it; `why` is for whoever runs the dashboard."""
        super().__init__(
            what,
            where=f"data/processed ({why})",
            do="Reload this page. If that does not help, run `python -m pipeline build` in the folder of the dashboard.",
        )


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
        return shared(_table, name, self.build)

    def newest(self, name: str) -> pd.DataFrame:
        """Return the rows of a table's newest release."""
        return shared(_newest, name, self.build)

    def england(self) -> pd.DataFrame:
        """Return England's rows of the newest HLE."""
        return shared(_england, self.newest("hle"))


def figures() -> Figures:
    """Return the tables of the build that now stands on disk.

    Raises:
        NotBuilt: there is none.
    """
    package = descriptor()
    return Figures(build=package["build"], release=package["version"])


def descriptor() -> dict[str, Any]:
    """Return datapackage.json: build, release, and name, size and checksum of every table.

    Raises:
        NotBuilt: there is none.
    """
    path = FOLDER / "datapackage.json"
    try:
        state = path.stat()
        return _read_descriptor(path, state.st_mtime_ns, state.st_size)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotBuilt(str(error)) from error


# Asked for at every run of a screen, so read once for each state of the file.
@lru_cache(maxsize=4)
def _read_descriptor(path: Path, changed_at: int, size: int) -> dict[str, Any]:
    del changed_at, size
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    _ = package["build"], package["version"], package["resources"]
    return package


@st.fragment(run_every=300)
def watch_for_new_build(shown_build: str) -> None:
    """Look every five minutes whether figures were built anew since this screen was drawn, and offer to show them."""
    with suppress(NotBuilt):
        if figures().build != shown_build:
            st.info("**New figures have come in** since this screen was drawn.", icon=":material/update:")
            if st.button("Show the new figures"):
                st.rerun(scope="app")


# The build id is an argument so that a new build is read as soon as it stands on disk.
def _table(name: str, build: str) -> pd.DataFrame:
    contract = PROCESSED[name]
    try:
        content = (FOLDER / f"{name}.csv").read_bytes()
        _refuse_another_build(f"{name}.csv", content, build)
        return pd.read_csv(
            io.BytesIO(content),
            dtype={column.name: column.dtype for column in contract.columns},
            usecols=list(contract.column_names),
            keep_default_na=False,
            na_values=[""],
        )
    except (OSError, ValueError) as error:
        raise NotBuilt(str(error)) from error


def _refuse_another_build(file: str, content: bytes, build: str) -> None:
    package = descriptor()
    vouched = {resource["path"]: resource["hash"] for resource in package["resources"]}
    if package["build"] != build or vouched.get(file) != f"sha256:{hashlib.sha256(content).hexdigest()}":
        raise NotBuilt(f"{file} is not that of build {build}", what="The figures are being replaced just now.")


def _newest(name: str, build: str) -> pd.DataFrame:
    rows: pd.DataFrame = shared(_table, name, build)
    newest: pd.DataFrame = rows[rows["release"] == rows["release"].max()].reset_index(drop=True)
    return newest


def _england(hle: pd.DataFrame) -> pd.DataFrame:
    return hle.loc[hle["area_type"] == "country"]
