"""The hand-made samples as a publisher would send them: files as bytes, folders of sheets as workbooks."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd

from pipeline.read.reading import Asked
from pipeline.sources import SOURCES

FOLDER = Path(__file__).resolve().parents[1] / "samples"


def sample(name: str, change: Callable[[str], str] = lambda text: text) -> bytes:
    """Return a sample's bytes, its text changed where a test wants it so."""
    return change((FOLDER / name).read_bytes().decode("utf-8")).encode("utf-8")


def workbook(name: str, change: Callable[[str], str] = lambda text: text) -> bytes:
    """Return a folder of sheets as the bytes of a workbook; cells that are numbers are stored as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet("Cover sheet").append(["Notes about this workbook"])
    for path in sorted((FOLDER / name).glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        for row in csv.reader(io.StringIO(change(path.read_text(encoding="utf-8")))):
            sheet.append([_cell(text) for text in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(text: str) -> str | float | None:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None


def asked(source_id: str, *, held: pd.DataFrame | None = None) -> Asked:
    """Return the question that a reader is asked, for the newest release of a source."""
    source = SOURCES[source_id]

    def table(name: str) -> pd.DataFrame:
        assert held is not None, f"the reader asked for {name}"
        return held

    return Asked(source=source, release=source.releases[-1].date, held=table)
