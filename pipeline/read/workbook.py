"""Opens a publisher's workbook with care and finds the table on a sheet by its header."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.errors import SourceChanged
from pipeline.read.delimited import names_once

_LARGEST_UNPACKED_MEGABYTES = 400
_ROWS_BEFORE_HEADER = 20


def sheet_table(content: bytes, sheet: str, *, header_has: Sequence[str], where: str) -> pd.DataFrame:
    """The table of a sheet as text cells, the header being the first row that holds all of `header_has`.

    Publishers put a varying number of notes above the header, so its row is found, not counted. Rows differ in length; what
    is written beside the table (under no column name) or below it (in one cell) is left out.

    Raises:
        SourceChanged: it is no workbook, it would unpack to an absurd size, sheet or header is not there, or a column's name
            stands twice.
    """
    _refuse_bomb(content, where=where)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _not_a_workbook(where, str(error)) from None
    try:
        if sheet not in book.sheetnames:
            raise SourceChanged(
                f"The workbook has no sheet {sheet!r}.", where=where, do=f"Found: {', '.join(book.sheetnames)}."
            )
        # a sheet may state a size that is not its own
        book[sheet].reset_dimensions()
        rows = [[_text(cell) for cell in row] for row in book[sheet].iter_rows(values_only=True)]
    except (zipfile.BadZipFile, EOFError, SyntaxError) as error:
        raise _not_a_workbook(where, str(error)) from None
    finally:
        book.close()
    for index, row in enumerate(rows[:_ROWS_BEFORE_HEADER]):
        if set(header_has) <= set(row):
            names_once(row, where=where)
            body = [(cells + [""] * len(row))[: len(row)] for cells in rows[index + 1 :]]
            table = pd.DataFrame(body, columns=row, dtype=str).loc[:, [name != "" for name in row]]
            return table[(table != "").sum(axis=1) > 1].reset_index(drop=True)
    raise SourceChanged(
        f"Sheet {sheet!r} has no header with {', '.join(header_has)}.",
        where=where,
        do=f"The first rows are: {' | '.join(' '.join(filter(None, row)) for row in rows[:8])[:300]}",
    )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    # a line break inside a header cell is layout, not name
    return " ".join(str(cell).split())


def _refuse_bomb(content: bytes, *, where: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _not_a_workbook(where, str(error)) from None
    if unpacked > _LARGEST_UNPACKED_MEGABYTES * 1_000_000:
        raise SourceChanged(
            f"The workbook would unpack to {unpacked / 1_000_000:,.0f} MB.",
            where=where,
            do="No publisher's table is that large; do not open it before you have looked into it.",
        )


def _not_a_workbook(where: str, why: str) -> SourceChanged:
    return SourceChanged(
        f"The file is not a workbook that can be read: {why}.",
        where=where,
        do="Try again; if it stays so, look at the publisher's page.",
    )
