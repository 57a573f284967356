"""Each area's healthy life expectancy beside England's: the same rows for the map on a screen and in a file."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pipeline.errors import ContractBroken, UsageError
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval
from pipeline.processed import Tables


def against_england(hle: pd.DataFrame, areas: pd.DataFrame, *, area_type: str, sex: str, period: str) -> pd.DataFrame:
    """Every area of a level with its HLE (one release) and its difference from England.

    The interval of the difference takes the area's sampling error alone: England's is small, and an area is part of it.
    Columns of `areas`, hle_years with limits, difference_years with limits, against_england in words; areas without a
    published figure are kept, with empty figures.

    Raises:
        UsageError: England has no figure for that sex and period.
    """
    asked = hle[(hle["sex"] == sex) & (hle["period"] == period)]
    england = asked.loc[asked["area_type"] == "country", "hle_years"]
    if england.empty:
        periods = ", ".join(sorted(hle["period"].unique()))
        raise UsageError(f"There is no figure for England in period {period!r}.", do=f"Choose one of {periods}.")
    table = areas[areas["area_type"] == area_type].reset_index(drop=True)
    table = table.join(beside(table["area_code"], asked, ("hle_years", "hle_lci_95", "hle_uci_95")))
    difference = table["hle_years"] - float(england.iloc[0])
    se = standard_error_from_interval(table["hle_lci_95"], table["hle_uci_95"])
    lower, upper = interval_from_standard_error(difference, se)
    return table.assign(
        difference_years=difference,
        difference_lci_95=lower,
        difference_uci_95=upper,
        against_england=np.select(
            [np.isnan(difference), lower > 0, upper < 0],
            ["no figure", "higher than England", "lower than England"],
            default="not clearly different",
        ),
    )


def level_against_england(tables: Tables, *, area_type: str, sex: str, period: str) -> pd.DataFrame:
    """`against_england` of the newest healthy life expectancy; read it only, since all visitors share it.

    Raises:
        UsageError: England has no figure for that sex and period.
    """
    hle, areas = tables.newest("hle"), tables.table("areas")
    return tables.once(
        f"against England {area_type} {sex} {period}",
        lambda: against_england(hle, areas, area_type=area_type, sex=sex, period=period),
    )


def beside(codes: pd.Series, rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Columns of some rows in the order (and with the index) of area codes, empty where an area has no row.

    Raises:
        ContractBroken: two of the rows are of one area.
    """
    by_area = rows.set_index("area_code")[list(columns)]
    if not by_area.index.is_unique:
        raise ContractBroken(
            "Two rows are of one area where there should be one.",
            where="area_code",
            do="Run `python -m pipeline check`, which names the table.",
        )
    return by_area.reindex(codes).set_axis(codes.index)
