"""Each area's healthy life expectancy beside England's: the same rows for the map on a screen and in a file."""

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval


def against_england(hle: pd.DataFrame, areas: pd.DataFrame, *, area_type: str, sex: str, period: str) -> pd.DataFrame:
    """Return every area of a level with its HLE and its difference from England.

    The interval of the difference takes the area's sampling error alone: England's is small, and an area is part of it.

    Args:
        hle: table `hle`, one release.
        areas: table `areas`.
        area_type: level of the areas.
        sex: "female" or "male".
        period: label of the period.

    Returns:
        One row per area: columns of `areas`, hle_years with limits, difference_years with limits, against_england in
        words. Areas without a published figure are kept, with empty figures.

    Raises:
        UsageError: England has no figure for that sex and period.
    """
    rows = hle[(hle["sex"] == sex) & (hle["period"] == period)]
    england = rows.loc[rows["area_type"] == "country", "hle_years"]
    if england.empty:
        periods = ", ".join(sorted(hle["period"].unique()))
        raise UsageError(f"There is no figure for England in period {period!r}.", do=f"Choose one of {periods}.")
    figures = rows[["area_code", "hle_years", "hle_lci_95", "hle_uci_95"]]
    table = areas[areas["area_type"] == area_type].merge(figures, on="area_code", how="left", validate="one_to_one")
    difference = table["hle_years"] - float(england.iloc[0])
    lower, upper = interval_from_standard_error(
        difference, standard_error_from_interval(table["hle_lci_95"], table["hle_uci_95"])
    )
    return table.assign(
        difference_years=difference,
        difference_lci_95=lower,
        difference_uci_95=upper,
        against_england=np.select(
            [difference.isna(), lower > 0, upper < 0],
            ["no figure", "higher than England", "lower than England"],
            default="not clearly different",
        ),
    )
