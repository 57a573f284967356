"""Each area's healthy life expectancy beside England's: the same rows for the map on a screen and in a file."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.errors import ContractBroken, UsageError
from pipeline.measures.gap.difference import interval_from_standard_error, standard_error_from_interval


def against_england(hle: pd.DataFrame, areas: pd.DataFrame, *, area_type: str, sex: str, period: str) -> pd.DataFrame:
    """Every area of a level with its HLE (one release) and its difference from England.

    The interval of the difference takes the area's sampling error alone: England's is small, and an area is part of it.
    Columns of `areas`, hle_years with limits, difference_years with limits, against_england in words; areas without a
    published figure are kept, with empty figures.

    Raises:
        UsageError: England has no figure for that sex and period.
    """
    asked = ((hle["sex"] == sex) & (hle["period"] == period)).to_numpy()
    england = hle["hle_years"].to_numpy()[asked & (hle["area_type"] == "country").to_numpy()]
    if not len(england):
        periods = ", ".join(sorted(hle["period"].unique()))
        raise UsageError(f"There is no figure for England in period {period!r}.", do=f"Choose one of {periods}.")
    table = areas[areas["area_type"] == area_type].reset_index(drop=True)
    figures = beside(table["area_code"], hle, np.flatnonzero(asked), ("hle_years", "hle_lci_95", "hle_uci_95"))
    values, lowest, highest = (np.asarray(column) for column in figures.values())
    difference = values - float(england[0])
    lower, upper = interval_from_standard_error(difference, standard_error_from_interval(lowest, highest))
    return table.assign(
        **figures,
        difference_years=difference,
        difference_lci_95=lower,
        difference_uci_95=upper,
        against_england=np.select(
            [np.isnan(difference), lower > 0, upper < 0],
            ["no figure", "higher than England", "lower than England"],
            default="not clearly different",
        ),
    )


def beside(
    codes: pd.Series, table: pd.DataFrame, rows: NDArray[np.intp], columns: Iterable[str]
) -> dict[str, pd.api.extensions.ExtensionArray]:
    """Columns of a table in the order of some area codes, empty where the table holds nothing of one.

    `rows` are the positions of the rows to choose from, one for an area.

    Raises:
        ContractBroken: two of the rows are of one area.
    """
    held = dict(zip(table["area_code"].iloc[rows].tolist(), rows.tolist(), strict=True))
    if len(held) != len(rows):
        raise ContractBroken(
            "Two rows are of one area where there should be one.",
            where="area_code",
            do="Run `python -m pipeline check`, which names the table.",
        )
    at = np.array([held.get(code, -1) for code in codes.tolist()], dtype=np.intp)
    return {name: table[name].array.take(at, allow_fill=True) for name in columns}
