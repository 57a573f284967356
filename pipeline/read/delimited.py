"""Rows of a CSV file as text cells, and what a spreadsheet program leaves behind when it has saved one."""

import csv
import io
from collections.abc import Sequence

import pandas as pd

from pipeline.errors import SourceChanged

PUBLISHERS_OWN = (
    "It may have been opened and saved in a spreadsheet program. Use the publisher's own file: download it again and do not "
    "open it there"
)
"""Remedy for a file that such a program has changed."""


def text_of(content: bytes, *, where: str) -> str:
    """UTF-8 text, with or without a byte-order mark.

    Raises:
        SourceChanged: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceChanged(
            f"The file is not UTF-8 text (byte {error.start:,}).",
            where=where,
            do=f'{PUBLISHERS_OWN}, or save it as "CSV UTF-8". Otherwise the publisher has changed its encoding, or the '
            "address leads elsewhere.",
        ) from None


def csv_rows(content: bytes, *, where: str, needed: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of a CSV file as text cells, without empty rows; every row must have as many cells as the header.

    Where columns are named as `needed`, a shorter row is filled up with empty cells if none of them is cut off.

    Raises:
        SourceChanged: it is not UTF-8, not CSV with commas, a column's name stands twice, or a row is cut short.
    """
    lines = csv.reader(io.StringIO(text_of(content, where=where), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(lines)]
        _refuse_other_separators(header, where=where)
        rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except (csv.Error, StopIteration) as error:
        raise SourceChanged(
            f"The file cannot be read as CSV: {error or 'it has no header'} (line {lines.line_num:,}).",
            where=where,
            do="Look at the file: it may have been cut short.",
        ) from None
    names_once(header, where=where)
    shortest = max((header.index(name) + 1 for name in needed if name in header), default=len(header))
    for number, row in rows:
        if not shortest <= len(row) <= len(header):
            raise SourceChanged(
                f"Row {number:,} has {len(row)} cells, the header {len(header)}.",
                where=where,
                do="Look at the file: it may have been cut short, or there may be a comma inside a cell without quotes.",
            )
    filled = [row + [""] * (len(header) - len(row)) for _, row in rows]
    return pd.DataFrame(filled, columns=header, dtype=str)


def _refuse_other_separators(header: list[str], *, where: str) -> None:
    first = ",".join(header)
    if first.lower().startswith("sep="):
        raise SourceChanged(
            f"The first line is {first!r}, which only a spreadsheet program understands.",
            where=where,
            do=f"{PUBLISHERS_OWN}, or delete that line and save with commas between the cells.",
        )
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if first.count(mark) > len(header):
            raise SourceChanged(
                f"The columns have changed: {name} stand between the cells, not commas.",
                where=where,
                do=f"{PUBLISHERS_OWN}, or save it with commas between the cells and points in the numbers.",
            )


def names_once(header: Sequence[str], *, where: str) -> None:
    """Refuse a header in which a name stands twice.

    Raises:
        SourceChanged: naming it.
    """
    twice = [name for index, name in enumerate(header) if name and name in header[:index]]
    if twice:
        raise SourceChanged(
            f"The columns have changed: {twice[0]!r} stands twice in the header.",
            where=where,
            do="Look at the file: which of the two holds the figures cannot be told.",
        )
