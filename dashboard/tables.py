"""Tables on a screen: plain HTML that a screen reader follows, in a box that scrolls where the screen is too narrow."""

import html
from collections.abc import Collection

import pandas as pd
import streamlit as st

PROSE = 80
"""Characters from which on a cell is a sentence, which reads badly in a narrow column."""

MANY_COLUMNS = 6
"""Columns that no phone has room for."""


def show(table: pd.DataFrame, *, label: str, markup: Collection[str] = ()) -> None:
    """Show a table; its first column names the rows.

    Words are never broken: a table that is too wide for the screen scrolls inside its box, with fingers and with the
    arrow keys.

    Args:
        table: what is shown, as it is to be read.
        label: what the table holds, for those who do not see it.
        markup: columns whose cells are HTML; whoever made them has escaped what is not theirs.
    """
    st.html(_as_html(table, label=label, markup=markup))


def _as_html(table: pd.DataFrame, *, label: str, markup: Collection[str]) -> str:
    columns = [(str(name), [str(cell) for cell in table[name].tolist()]) for name in table.columns]
    cells = [[text if name in markup else html.escape(text) for text in column] for name, column in columns]
    wide = [
        ' class="prose"' if name not in markup and max(map(len, column), default=0) > PROSE else ""
        for name, column in columns
    ]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name, _ in columns)
    body = "".join(f"<tr>{_row(row, wide)}</tr>" for row in zip(*cells, strict=True))
    may_scroll = len(columns) >= MANY_COLUMNS or (any(wide) and len(columns) > 2)
    hint = '<p class="chart-foot more-columns">Move the table sideways to see all columns.</p>'
    return (
        f'<div class="data-table" role="region" tabindex="0" aria-label="{html.escape(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{hint if may_scroll else ''}"
    )


def _row(cells: tuple[str, ...], wide: list[str]) -> str:
    first, *rest = zip(cells, wide, strict=True)
    return f'<th scope="row"{first[1]}>{first[0]}</th>' + "".join(f"<td{width}>{text}</td>" for text, width in rest)


def address(url: str, words: str = "") -> str:
    """Return a link as HTML for a cell."""
    shown = html.escape(words) if words else f'<span class="address">{html.escape(url)}</span>'
    return f'<a href="{html.escape(url)}">{shown}</a>'


def code(text: str) -> str:
    """Return a code, name of a file or checksum as HTML for a cell."""
    return f"<code>{html.escape(text)}</code>"
