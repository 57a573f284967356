"""Figures as files for reuse: a chart's as CSV, the processed tables as CSV with a Frictionless data package."""

import io
import re
import zipfile
from collections.abc import Iterator

import pandas as pd

from charts.export.inert import inert

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time written into zip files, so that the same tables give the same bytes."""


_INTERVAL = re.compile(r"([\N{MINUS SIGN}-]?\d[\d,]*(?:\.\d+)?) to ([\N{MINUS SIGN}-]?\d[\d,]*(?:\.\d+)?)")
"""An interval as a reader sees it: "3.1 to 8.5"."""


def chart_csv(table: pd.DataFrame) -> bytes:
    """The figures of a chart as CSV that spreadsheets open; an interval is two columns of numbers, its limits."""
    columns = [column for name, values in table.items() for column in _columns(str(name), values)]
    told = pd.concat(columns, axis=1) if columns else table
    return told.map(inert).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _columns(name: str, values: pd.Series) -> Iterator[pd.Series]:
    limits = [_INTERVAL.fullmatch(value) for value in values if isinstance(value, str)]
    if "interval" not in name.casefold() or not any(limits):
        yield values.rename(name)
        return
    for i, limit in enumerate(("lower limit", "upper limit"), start=1):
        yield values.map(lambda value, i=i: _limit(value, i)).rename(f"{name}, {limit}")


def _limit(value: object, which: int) -> object:
    found = _INTERVAL.fullmatch(value) if isinstance(value, str) else None
    return float(found[which].replace("\N{MINUS SIGN}", "-").replace(",", "")) if found else value


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as one zip archive, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
