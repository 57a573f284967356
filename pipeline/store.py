"""Tables on disk: CSV in, CSV out, whole or not at all."""

import os
import tempfile
from pathlib import Path

import pandas as pd

from pipeline.contracts import check
from pipeline.errors import ContractBroken, StorageFailed
from pipeline.tables import Table

ROOT = Path(__file__).resolve().parents[1]
DATA_FOLDER = Path(os.environ.get("DATA_FOLDER") or ROOT / "data")
"""Folder of the figures; the setting DATA_FOLDER names another one, with `raw` and `processed` in it."""
RAW_FOLDER = DATA_FOLDER / "raw"
PROCESSED_FOLDER = DATA_FOLDER / "processed"
STATIC_FOLDER = ROOT / "static"
DOCS_FOLDER = ROOT / "docs"


def read(table: Table, path: Path) -> pd.DataFrame:
    """A table from its CSV file, typed and checked against its contract.

    Raises:
        ContractBroken: the file is missing, is not UTF-8 CSV, or breaks the contract.
    """
    where = _short(path)
    try:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise ContractBroken(
            f"Table {table.name} is not there.",
            where=where,
            do="Restore the file from version control, or run `python -m pipeline fetch` and `build`.",
        ) from None
    except (pd.errors.EmptyDataError, pd.errors.ParserError, UnicodeDecodeError) as error:
        raise ContractBroken(
            f"Table {table.name} cannot be read as CSV: {error}.",
            where=where,
            do="Restore the file from version control, or run `python -m pipeline fetch` again.",
        ) from None
    return check(table, _typed(table, cells, where=where), where=where)


def _typed(table: Table, cells: pd.DataFrame, *, where: str) -> pd.DataFrame:
    typed = cells.copy()
    for column in table.columns:
        if column.name not in cells:
            continue
        text = cells[column.name]
        try:
            if column.kind == "text":
                typed[column.name] = text.where(text != "", None) if column.optional else text
            elif column.kind == "boolean":
                typed[column.name] = _booleans(text)
            else:
                typed[column.name] = pd.to_numeric(text.where(text != "", None)).astype(column.dtype)
        except (ValueError, TypeError) as error:
            raise ContractBroken(
                f"Table {table.name}, column {column.name}: {error}.",
                where=where,
                do=f"Expected {column.kind} cells{'' if column.optional else ', none empty'}.",
            ) from None
    return typed


def _booleans(text: pd.Series) -> pd.Series:
    unknown = text[~text.isin(["true", "false"])]
    if not unknown.empty:
        raise ValueError(f"{unknown.iloc[0]!r} is neither true nor false")
    return text == "true"


def csv_text(table: Table, frame: pd.DataFrame) -> str:
    """The CSV text of a table: contract columns and order, rows sorted by key, fixed decimals, LF line ends."""
    ordered = frame.sort_values(list(table.key), kind="stable")[list(table.column_names)].copy()
    for column in table.columns:
        if column.kind == "number":
            ordered[column.name] = [_decimal(value, column.decimals) for value in ordered[column.name]]
        elif column.kind == "boolean":
            ordered[column.name] = ordered[column.name].map({True: "true", False: "false"})
    return ordered.to_csv(index=False, lineterminator="\n")


def _decimal(value: float, decimals: int) -> str:
    if pd.isna(value):
        return ""
    # a figure that lies between two roundings but for its fifteenth digit, which differs between processors, is first put there
    text = f"{round(value, decimals + 4):.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write(table: Table, frame: pd.DataFrame, path: Path) -> bool:
    """Check a table and put it at `path`; return False, touching nothing, where the same bytes are already there."""
    return write_text(csv_text(table, check(table, frame, where=f"table {table.name}, before it is written")), path)


def write_text(text: str, path: Path) -> bool:
    """Put text at `path`, whole or not at all; return False, touching nothing, where it is already there."""
    return write_bytes(text.encode("utf-8"), path)


def write_bytes(content: bytes, path: Path) -> bool:
    """Put bytes at `path`, whole or not at all; return False, touching nothing, where they are already there.

    Raises:
        StorageFailed: the disk is full or the folder cannot be written; the file that was there stays.
    """
    if holds(path, content):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(path, error) from error
    temporary = staged(content, path.parent, path)
    try:
        temporary.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    return True


def holds(path: Path, content: bytes) -> bool:
    """Whether these bytes are already there."""
    return path.is_file() and path.read_bytes() == content


def staged(content: bytes, folder: Path, path: Path) -> Path:
    """A hidden file in `folder` that holds, whole and safe on the disk, the bytes meant for `path`.

    Raises:
        StorageFailed: the disk is full or the folder cannot be written; nothing is left there.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_written(path, error) from error
        raise
    return temporary


def _not_written(path: Path, error: OSError) -> StorageFailed:
    return StorageFailed(
        f"Could not write {_short(path)}: {error.strerror or error}.",
        where=_short(path.parent),
        do="Free some space or make the folder writable, then run the command again. Nothing was changed.",
    )


def sweep(folder: Path) -> None:
    """Remove what a run that was killed left half-written under `folder`; no other run may be writing there."""
    for left in folder.rglob(".*.*.????????"):
        left.unlink(missing_ok=True)


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
