"""The processed tables of one build: opened here by screens, exports, commands and tests alike."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

import pandas as pd

from pipeline import store
from pipeline.areas import ENGLAND
from pipeline.errors import NotBuilt
from pipeline.tables import PROCESSED

T = TypeVar("T")

PACKAGE = "datapackage.json"
"""The descriptor beside the tables, with the checksum of each."""


class Tables:
    """The tables of one build, each read once; everybody shares them, so nobody may change what comes out."""

    def __init__(self, folder: Path, package: dict[str, Any]) -> None:
        """Take the folder of the tables and the Frictionless descriptor beside them.

        Raises:
            ValueError: the build's id or date is not one.
        """
        self.folder = folder
        self.package = package
        self.build = str(package["build"])
        self.release = str(package["version"])
        """Date of the newest release of healthy life expectancy."""
        date.fromisoformat(self.release)
        if not self.build.isalnum():
            raise ValueError("the build's id is not one")
        self._digests = {str(one["path"]): str(one["hash"]) for one in package["resources"]}
        self._held: dict[str, object] = {}
        self._lock = RLock()

    @staticmethod
    def open(folder: Path | None = None) -> "Tables":
        """Open the build in `folder`: the same object for as long as its descriptor stays the same on disk.

        Raises:
            NotBuilt: there is no build.
        """
        path = (folder or store.PROCESSED_FOLDER) / PACKAGE
        try:
            state = path.stat()
            with _opening:
                return _opened(path, state.st_mtime_ns, state.st_size)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _not_built("There are no figures to show yet.", str(error)) from error

    @staticmethod
    def open_whole(folder: Path | None = None) -> "Tables":
        """Open the build once every file has been found to be its own: for figures that leave the building.

        Raises:
            NotBuilt: there is no build, or a file is missing, damaged or from another build.
        """
        tables = Tables.open(folder)
        damaged = tables.damaged()
        if damaged:
            raise _not_built("The tables are not all of one build.", f"{', '.join(damaged)}: not of {tables.build}")
        return tables

    def table(self, name: str) -> pd.DataFrame:
        """A processed table.

        Raises:
            NotBuilt: the file is missing, damaged or from another build.
        """
        return self.once(name, lambda: self._read(name))

    def newest(self, name: str) -> pd.DataFrame:
        """The rows of a table's newest release."""
        return self.once(f"newest {name}", lambda: _newest(self.table(name)))

    def england(self) -> pd.DataFrame:
        """England's rows of the newest HLE."""
        return self.once("england", lambda: _of_england(self.newest("hle")))

    def damaged(self) -> list[str]:
        """Names of the files that are missing or not byte for byte those of the build."""
        return [file for file, digest in self._digests.items() if _digest(self.folder / file) != digest]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Make something of these tables once, and keep it as long as they are; its name says all it depends on."""
        with self._lock:
            if name not in self._held:
                self._held[name] = make()
            return cast(T, self._held[name])

    def files(self) -> dict[str, bytes]:
        """File name -> bytes of every table, and of the descriptor that vouches for them.

        Raises:
            NotBuilt: a file is missing, damaged or from another build.
        """
        package = (self.folder / PACKAGE).read_bytes()
        if json.loads(package) != self.package:
            raise _not_built("The figures are being replaced just now.", f"{PACKAGE} is not that of build {self.build}")
        return {PACKAGE: package} | {file: self._content(file) for file in self._digests}

    def _read(self, name: str) -> pd.DataFrame:
        types = {column.name: column.dtype for column in PROCESSED[name].columns}
        content = io.BytesIO(self._content(f"{name}.csv"))
        return pd.read_csv(content, dtype=types, keep_default_na=False, na_values=[""])

    def _content(self, file: str) -> bytes:
        try:
            content = (self.folder / file).read_bytes()
        except OSError as error:
            raise _not_built("There are no figures to show yet.", str(error)) from error
        # The build has checked the table against its contract, so the same bytes need no second check.
        if self._digests.get(file) != f"sha256:{hashlib.sha256(content).hexdigest()}":
            raise _not_built("The figures are being replaced just now.", f"{file} is not that of build {self.build}")
        return content


class ExtendedTables(Tables):
    """The tables of a build with further rows, each worked out when its table is asked for."""

    def __init__(self, of: Tables, further: Mapping[str, Callable[[Tables], pd.DataFrame]]) -> None:
        """Take the tables, and by name of a table what makes its further rows from them."""
        super().__init__(of.folder, of.package)
        self._of = of
        self._further = further

    def _read(self, name: str) -> pd.DataFrame:
        rows = self._of.table(name)
        if name not in self._further:
            return rows
        more = self._further[name](self._of)
        return pd.concat([rows, more], ignore_index=True) if len(more) else rows


def build_on_disk(folder: Path | None = None) -> tuple[str, str]:
    """Build id and release date of the figures that are on disk now; ("", "") where there are none."""
    try:
        tables = Tables.open(folder)
    except NotBuilt:
        return "", ""
    return tables.build, tables.release


def _digest(file: Path) -> str:
    try:
        return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    except OSError:
        return ""


_opening = RLock()


# A server asks at every run of a screen. Two are kept, so that a screen may still draw the build before the newest.
@lru_cache(maxsize=2)
def _opened(path: Path, _changed_at_ns: int, _size: int) -> Tables:
    return Tables(path.parent, json.loads(path.read_text(encoding="utf-8")))


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    newest: pd.DataFrame = rows[rows["release"] == rows["release"].max()].reset_index(drop=True)
    return newest


def _of_england(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[rows["area_code"] == ENGLAND]  # own figures may hold other countries


def _not_built(what: str, why: str) -> NotBuilt:
    return NotBuilt(
        what,
        where=f"data/processed ({why})",
        do="Try again. If that does not help, run `python -m pipeline build` in the folder of the dashboard.",
    )
