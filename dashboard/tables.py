"""Tables on a screen: plain HTML that a screen reader follows; on a phone the cells of a row stand beneath each other."""

import html
from collections.abc import Collection

import pandas as pd
import streamlit as st

PROSE = 80
"""Characters from which on a cell is a sentence, which reads badly in a narrow column."""

MOST_COLUMNS = 3
"""Columns that a phone has room for."""


def show(table: pd.DataFrame, *, label: str, markup: Collection[str] = (), head: str = "", foot: str = "") -> None:
    """Show a table; its first column names the rows.

    On a phone a table of many columns or of sentences shows each row as a short list, each cell with its column's name.
    Between a phone and a desk it scrolls inside its box, with fingers and with the arrow keys.

    Args:
        table: what is shown, as it is to be read.
        label: what the table holds, for those who do not see it.
        markup: columns whose cells are HTML; whoever made them has escaped what is not theirs.
        head: heading above the table.
        foot: words beneath it.
    """
    above = f"<h3>{html.escape(head)}</h3>" if head else ""
    beneath = f'<p class="chart-foot">{html.escape(foot)}</p>' if foot else ""
    st.html(f"{above}{_as_html(table, label=label, markup=markup)}{beneath}")


def _as_html(table: pd.DataFrame, *, label: str, markup: Collection[str]) -> str:
    columns = [(str(name), [str(cell) for cell in table[name].tolist()]) for name in table.columns]
    cells = [[text if name in markup else html.escape(text) for text in column] for name, column in columns]
    wide = [
        ' class="prose"' if name not in markup and max(map(len, column), default=0) > PROSE else ""
        for name, column in columns
    ]
    names = [html.escape(name) for name, _ in columns]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    stacks = len(columns) > MOST_COLUMNS or any(wide)
    marks = [f'{kind} data-name="{name}"' if stacks else kind for kind, name in zip(wide, names, strict=True)]
    body = "".join(f"<tr>{_row(row, marks)}</tr>" for row in zip(*cells, strict=True))
    return (
        f'<div class="data-table{" stacks" * stacks}" role="region" tabindex="0" aria-label="{html.escape(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: tuple[str, ...], marks: list[str]) -> str:
    first, *rest = zip(cells, marks, strict=True)
    return f'<th scope="row"{first[1]}>{first[0]}</th>' + "".join(f"<td{mark}>{text}</td>" for text, mark in rest)


def address(url: str, words: str = "") -> str:
    """Return a link as HTML for a cell."""
    shown = html.escape(words) if words else f'<span class="address">{html.escape(url)}</span>'
    return f'<a href="{html.escape(url)}">{shown}</a>'


def code(text: str) -> str:
    """Return a code, name of a file or checksum as HTML for a cell."""
    return f"<code>{html.escape(text)}</code>"
