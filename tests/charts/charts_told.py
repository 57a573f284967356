"""Numbers of a table as a reader finds them: in its cells and in its words."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

_NUMBER = re.compile(r"[-\N{MINUS SIGN}+]?\d[\d,]*\.?\d*")


def numbers_of(row: Iterable[Any]) -> list[float]:
    """Return the numbers of a row, and those told in its words ("4.6 to 7.4")."""
    found: list[float] = []
    for cell in row:
        if isinstance(cell, str):
            found += [float(text.replace("\N{MINUS SIGN}", "-").replace(",", "")) for text in _NUMBER.findall(cell)]
        elif not pd.isna(cell):
            found.append(float(cell))
    return found
