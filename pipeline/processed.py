"""The processed tables as they stand on disk, for whatever draws or exports them without a screen."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import pandas as pd

from pipeline import store
from pipeline.errors import ContractBroken
from pipeline.tables import PROCESSED


class Tables(Protocol):
    """The processed tables of one build, wherever they are kept; nobody may change what is returned."""

    @property
    def build(self) -> str:
        """Build id."""

    @property
    def release(self) -> str:
        """Date of the newest release of healthy life expectancy."""

    def table(self, name: str) -> pd.DataFrame:
        """Return a processed table."""

    def newest(self, name: str) -> pd.DataFrame:
        """Return the rows of a table's newest release."""

    def england(self) -> pd.DataFrame:
        """Return England's rows of the newest HLE."""


@dataclass(frozen=True)
class ProcessedTables:
    """The tables under one folder, each read and checked once."""

    folder: Path
    package: dict[str, Any]
    """The Frictionless descriptor that stands beside the tables."""
    _held: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path = store.PROCESSED_FOLDER) -> Self:
        """Return the tables under `folder`.

        Raises:
            ContractBroken: there is no build in it.
        """
        try:
            package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ContractBroken(
                f"There is no build to read: {error}.",
                where=folder.name,
                do="Run `python -m pipeline build` first.",
            ) from None
        return cls(folder, package)

    @property
    def build(self) -> str:
        """Build id."""
        return str(self.package["build"])

    @property
    def release(self) -> str:
        """Date of the newest release of healthy life expectancy."""
        return str(self.package["version"])

    def table(self, name: str) -> pd.DataFrame:
        """Return a processed table.

        Raises:
            ContractBroken: the file is missing or breaks its contract.
        """
        if name not in self._held:
            self._held[name] = store.read(PROCESSED[name], self.folder / f"{name}.csv")
        return self._held[name]

    def newest(self, name: str) -> pd.DataFrame:
        """Return the rows of a table's newest release."""
        rows = self.table(name)
        newest: pd.DataFrame = rows[rows["release"] == rows["release"].max()].reset_index(drop=True)
        return newest

    def england(self) -> pd.DataFrame:
        """Return England's rows of the newest HLE."""
        hle = self.newest("hle")
        return hle[hle["area_type"] == "country"]
