"""The figures as a spreadsheet that everybody can read: cover, contents, notes, and one table a sheet."""

import io
import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.listing import Listing

NOT_AVAILABLE = "[x]"
"""What stands in a cell without a figure: an empty cell reads as a mistake, and a screen reader skips it."""

INSTRUCTIONS = "This worksheet contains one table. Some column headings and titles refer to notes, which are on the Notes worksheet."
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


def workbook(
    charts: Sequence[Chart | Listing], *, title: str, release: str, build: str, licence: str, address: str = ""
) -> bytes:
    """An .xlsx file by the UK Government Analysis Function's guidance for accessible spreadsheets, one table each.

    `release`: date of the newest figures; `licence`: name of their licence; `address`: where the dashboard runs, "" where
    not known.
    """
    # The library calls pandas in a way that is going out of use, and leaves a file open as it loads, and warns
    # where there are no notes; none of this touches what is written.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.filterwarnings("ignore", "No note text provided")
        import gptables  # noqa: PLC0415 - takes half a second to load, and only workbooks need it

        notes = list(dict.fromkeys(caveat for chart in charts for caveat in chart.caveats))
        references = [f"n{i}" for i in range(1, len(notes) + 1)]
        out = io.BytesIO()
        book = gptables.produce_workbook(
            out,
            {f"Table_{i}": _sheet(gptables, chart, i, notes) for i, chart in enumerate(charts, start=1)},
            cover=_cover(gptables, title, release, build, licence, address),
            contentsheet_label="Contents",
            notes_table=pd.DataFrame({"Reference": references, "Note text": notes}) if notes else None,
            notesheet_label="Notes",
            workbook_options={
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "in_memory": True,
            },
        )
        _finish(book, title=title, release=release)
        return out.getvalue()


def _sheet(gptables: Any, chart: Chart | Listing, number: int, notes: Sequence[str]) -> Any:
    references = "".join(f"$$n{notes.index(caveat) + 1}$$" for caveat in chart.caveats)
    missing = f"{NOT_AVAILABLE} means that no figure is published or applies"
    return gptables.GPTable(
        table=_readable(chart.table),
        table_name=f"table_{number}",
        title=_plain_text(f"Table {number}: {chart.title} ") + references,
        subtitles=[_plain_text(text) for text in (chart.subtitle, chart.settings) if text],
        instructions=INSTRUCTIONS,
        source=_plain_text(chart.source),
        legend=[missing] if chart.table.isna().any(axis=None) else [],
        index_columns={2: 0},
        additional_formatting=_formats(chart.table),
    )


def _cover(gptables: Any, title: str, release: str, build: str, licence: str, address: str) -> Any:
    methods = f"Live figures and methods: {address}" if address else "Methods: file docs/methods.md of the dashboard."
    return gptables.Cover(
        title=title,
        intro=["Tables behind the charts of the dashboard."],
        about=[
            f"Newest figures: released {words.day(release)}. Build {build}.",
            f"Licence: {licence}.",
            "Source: Office for National Statistics, and the publishers named on each sheet.",
            "Each worksheet contains one table. Notes are on the Notes worksheet.",
            f"A cell without a figure shows {NOT_AVAILABLE}.",
        ],
        contact=[methods],
    )


def _finish(book: Any, *, title: str, release: str) -> None:
    """Print every sheet on A4, as wide as the page; describe the file and close it."""
    for sheet in book.worksheets():
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    created = datetime.fromisoformat(release).replace(tzinfo=UTC)
    book.set_properties({"title": title, "subject": "Healthy life expectancy", "created": created})
    book.close()


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    # the library sorts by index, so rows that were put in order must be numbered in it
    table = table.reset_index(drop=True)
    filled = table.astype(object).where(table.notna(), NOT_AVAILABLE)
    filled = filled.map(lambda value: NOT_AVAILABLE if value == "" else value)
    return filled.map(lambda value: _plain_text(value) if isinstance(value, str) else value)


def _plain_text(text: str) -> str:
    """Text in which the spreadsheet library finds neither a link nor a note of its own making, nor a lone sign."""
    if text == "%":
        return "per cent"
    return _LINK.sub(lambda found: found.group().replace("](", "] ("), text).replace("$$", "$ $")


def _formats(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Formats: numbers with the same decimals in every row of a column, words set off from the numbers before."""
    formats = []
    for i, (_, column) in enumerate(table.items()):
        form: dict[str, Any] = {"indent": 1}
        if pd.api.types.is_numeric_dtype(column):
            decimals = max((len(f"{value:.6f}".rstrip("0").split(".")[1]) for value in column.dropna()), default=0)
            form = {"num_format": f"0.{'0' * decimals}" if decimals else "0", "align": "right"}
        if i:
            formats.append({"column": {"columns": [i], "format": form}})
    return formats
