"""Reads the statistical neighbours of ONS: one file a kind, one row an area, its neighbours from left to right, nearest first.

Quirks: the files start with a byte-order mark; areas with few others like them leave the last cells of their row empty.
"""

import pandas as pd

from pipeline.areas import code_in_force
from pipeline.read.delimited import csv_rows
from pipeline.read.reading import Asked, Reading, in_force, same_names, tidy

_NEAREST_FIRST = tuple(str(place) for place in range(1, 21))


def read_neighbours(content: bytes, asked: Asked) -> Reading:
    """The part of table `neighbours` that the source names: every English area that we use with its neighbours.

    Raises:
        SourceChanged: columns or codes are not those we know.
    """
    where = asked.where
    rows = csv_rows(content, where=where)
    same_names(pd.Series(rows.columns), {"AREACD", *_NEAREST_FIRST}, what="column", where=where)
    rows, replaced = in_force(rows.rename(columns={"AREACD": "area_code"}), where=where)
    found = rows[list(_NEAREST_FIRST)].to_numpy().tolist()
    codes = [" ".join(code_in_force(code) for code in row if code) for row in found]
    return Reading(tidy(rows.assign(kind=asked.source.part, neighbour_codes=codes), asked), replaced)
