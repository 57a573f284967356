"""Every table to look at and take away, with the meaning of each column."""

import io
import zipfile
from functools import partial

import pandas as pd
import streamlit as st

from charts.catalogue.packs import PACKS
from charts.catalogue.view import View
from charts.export.workbook import workbook
from dashboard import link, tables
from dashboard.data.citation import NAME
from dashboard.saving import download
from pipeline.processed import Tables
from pipeline.tables import PROCESSED, Column, Table
from pipeline.tables.metadata import LICENCE


def show(figures: Tables) -> None:
    """Show the list of tables; of a chosen one its columns, first rows and downloads."""
    st.markdown(
        "All figures on all screens, as plain tables. CSV opens in any spreadsheet; Parquet keeps types and is quicker to "
        "read in R or Python. The whole carries its own description (a Frictionless data package)."
    )
    whole = f"healthy-life-expectancy-gap-{figures.build}"
    with st.container(horizontal=True, gap="small"):
        download.button(
            "Download all tables (ZIP)",
            partial(whole_package, figures),
            f"{whole}.zip",
            icon=":material/folder_zip:",
        )
        download.button(
            "Download the national figures as a workbook (XLSX)",
            partial(national_workbook, figures, address=st.context.url or ""),
            f"{whole}.xlsx",
            icon=":material/table_view:",
        )
    name = link.selectbox("Table", list(PROCESSED), key="table")
    contract, rows = PROCESSED[name], figures.table(name)
    st.markdown(f"{contract.meaning} {len(rows):,} rows; {_once(contract.key)}.")
    with st.container(horizontal=True, gap="small"):
        file = f"{name}-{figures.build}"
        download.button("Download as CSV", (figures.folder / f"{name}.csv").read_bytes, f"{file}.csv", key="table-csv")
        download.button("Download as Parquet", partial(parquet, rows), f"{file}.parquet", key="table-parquet")
    st.subheader("What each column means", anchor=False)
    tables.show(
        dictionary(contract, example=rows.iloc[0]),
        label=f"Columns of table {name} with meaning, unit and range, and the values of its first row",
    )


def dictionary(contract: Table, *, example: pd.Series) -> pd.DataFrame:
    """Return the columns of a table, explained as in the data dictionary, each with its value in an example row."""
    return pd.DataFrame(
        [
            (
                column.name,
                column.meaning,
                ", ".join(part for part in (column.unit, _range(column)) if part) or f"any {column.kind}",
                "empty" if pd.isna(example[column.name]) else str(example[column.name]),
            )
            for column in contract.columns
        ],
        columns=["Column", "Meaning", "Unit and range", "First row"],
    )


def _once(key: tuple[str, ...]) -> str:
    """That no two rows have the same key."""
    return f"each {key[0]} appears once" if len(key) == 1 else f"each combination of {_listed(key)} appears once"


def _range(column: Column) -> str:
    parts = []
    if column.lowest is not None or column.highest is not None:
        lowest = "" if column.lowest is None else f"from {column.lowest:g}"
        highest = "" if column.highest is None else f"to {column.highest:g}"
        parts.append(f"{lowest} {highest}".strip())
    if column.allowed:
        parts.append(_listed(column.allowed))
    if column.optional:
        parts.append("may be empty")
    return "; ".join(parts)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def parquet(rows: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    buffer = io.BytesIO()
    rows.to_parquet(buffer, index=False)
    return buffer.getvalue()


def national_workbook(figures: Tables, *, address: str) -> bytes:
    """Return the tables behind the national charts as one spreadsheet, laid out so that a screen reader can follow it."""
    charts = [shot.chart(figures) for shot in PACKS["national"](figures, View())]
    return workbook(
        charts, title=NAME, release=figures.release, build=figures.build, licence=LICENCE["title"], address=address
    )


def whole_package(figures: Tables) -> bytes:
    """Return all tables with their description as the bytes of a ZIP file, the same for the same build.

    Raises:
        NotBuilt: a table is missing, damaged or from another build.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in figures.files().items():
            entry = zipfile.ZipInfo(name)  # without a time of day, so that the same tables give the same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content)
    return buffer.getvalue()
