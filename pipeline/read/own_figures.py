"""Reads an analyst's own estimates from a CSV file, and says of each row what is wrong with it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.contracts import broken_rules
from pipeline.errors import ContractBroken, UsageError
from pipeline.periods import Period
from pipeline.tables.contract import Column
from pipeline.tables.own import OWN_HLE, PERIOD_YEARS

MOST_TOLD = 10
"""Faults that a message lists; it counts the others."""
START_FROM_TEMPLATE = "`python -m pipeline ask --template` prints a file to start from."


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: the line of the file (the header is 1), the column, and why."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        """In one line of a message."""
        return f"line {self.line}, {self.column}: {self.why}"


def read_own_figures(path: Path) -> pd.DataFrame:
    """The rows of the file, typed; table `hle` with areas of any kind (`OWN_HLE`).

    Raises:
        UsageError: there is no such file.
        ContractBroken: the file is no CSV in UTF-8, or a row breaks the contract; every faulty line is told.
    """
    rows = _rows(path)
    _refuse(_cell_faults(rows), path.name)
    typed = rows.astype({column.name: column.dtype for column in OWN_HLE.columns})[list(OWN_HLE.column_names)]
    _refuse(_row_faults(typed), path.name)
    return typed.reset_index(drop=True)


def _rows(path: Path) -> pd.DataFrame:
    """The cells as text, with the number of the line that each row ends on as index."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    header = [name.strip() for name in next(reader, [])]
    _check_header(header, path.name)
    lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    width = len(header)
    ragged = [
        Fault(line, "all", f"{len(row)} cells, the header has {width}") for line, row in lines if len(row) != width
    ]
    _refuse(ragged, path.name)
    if not lines:
        raise ContractBroken("There is no row below the header.", where=path.name, do=START_FROM_TEMPLATE)
    cells = [[cell.strip() for cell in row] for _, row in lines]
    return pd.DataFrame(cells, columns=header, index=[line for line, _ in lines], dtype=str)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"The file of own figures cannot be read: {error.strerror}.", where=str(path), do=START_FROM_TEMPLATE
        ) from None
    except UnicodeDecodeError:
        raise ContractBroken(
            "The file is not text in UTF-8.", where=path.name, do='Save it as "CSV UTF-8", then run again.'
        ) from None


def _check_header(header: list[str], name: str) -> None:
    missing = [column for column in OWN_HLE.column_names if column not in header]
    unknown = [column for column in header if column not in OWN_HLE.column_names or header.count(column) > 1]
    if not missing and not unknown:
        return
    if len(header) == 1 and ";" in header[0]:
        what = "its cells are separated by semicolons; commas are needed"
    else:
        named = [f"{word} {', '.join(columns)}" for word, columns in (("missing", missing), ("not known", unknown))]
        what = "; ".join(part for part, columns in zip(named, (missing, unknown), strict=True) if columns)
    raise ContractBroken(
        f"The columns are not those of own figures: {what}.",
        where=f"{name}, line 1",
        do=f"Give the columns {', '.join(OWN_HLE.column_names)}. {START_FROM_TEMPLATE}",
    )


def _cell_faults(rows: pd.DataFrame) -> Iterator[Fault]:
    for column in OWN_HLE.columns:
        written = rows[column.name]
        told: dict[int, str] = {}
        for why, wrong in _wrong_cells(column, written):
            told = {**{int(line): why for line in wrong.index[wrong]}, **told}
        for line, why in told.items():
            yield Fault(line, column.name, f"{why}; found {written[line]!r}" if written[line] else "the cell is empty")


def _wrong_cells(column: Column, written: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Each rule of a column in words, and the cells that break it, the most basic rule first."""
    if column.kind == "text":
        yield from broken_rules(column, written.where(written != "", None))
        return
    numbers = pd.to_numeric(written, errors="coerce")
    if column.kind == "integer":
        numbers = numbers.where(numbers % 1 == 0)
        yield "must be a whole number", numbers.isna()
    else:
        yield "must be a number with a decimal point, as 61.3", numbers.isna()
    yield from broken_rules(column, numbers.dropna().astype(column.dtype))


def _row_faults(frame: pd.DataFrame) -> Iterator[Fault]:
    """What only shows in a row as a whole, or beside the rows before it."""
    first, last = frame["period_start"], frame["period_end"]
    ordered = frame.sort_values("period_start", kind="stable")
    step = ordered.groupby(list(OWN_HLE.series))["period_start"].diff().reindex(frame.index)
    rules = (
        ("period", f"must be {PERIOD_YEARS} whole years, as 2011 to 2013", last - first != PERIOD_YEARS - 1),
        ("period", "must be period_start and period_end in words", frame["period"] != _labels(frame)),
        ("hle_lci_95", "must not be above hle_years", frame["hle_lci_95"] > frame["hle_years"]),
        ("hle_uci_95", "must not be below hle_years", frame["hle_uci_95"] < frame["hle_years"]),
        ("period", "stands twice for this area, sex and release", frame.duplicated(list(OWN_HLE.key))),
        ("period_start", "must follow the year before it: a series may have no hole", step > 1),
    )
    for column, why, wrong in rules:
        for line in frame.index[wrong]:
            yield Fault(int(line), column, f"{why}; found {frame.loc[line, column]}")


def _labels(frame: pd.DataFrame) -> pd.Series:
    pairs = zip(frame["period_start"], frame["period_end"], strict=True)
    return pd.Series([Period(start, end).label for start, end in pairs], index=frame.index)


def _refuse(faults: Iterable[Fault], name: str) -> None:
    found = sorted(set(faults))
    if not found:
        return
    told = "\n".join(f"  {fault}" for fault in found[:MOST_TOLD])
    more = f"\n  and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
    raise ContractBroken(
        f"Your figures cannot be used yet:\n{told}{more}",
        where=name,
        do=f"Mend these lines and run again; the header is line 1. {START_FROM_TEMPLATE}",
    )
