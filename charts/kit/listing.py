"""A table without a drawing, with what belongs to it: what a workbook holds beside the tables of charts."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Rows to look up, under headings in words."""

    title: str
    subtitle: str
    settings: str
    source: str
    table: pd.DataFrame
    caveats: tuple[str, ...] = ()
