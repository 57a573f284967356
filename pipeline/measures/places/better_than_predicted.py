"""Places that do better than their deprivation predicts, in every period without a common year: the list to learn from."""

import numpy as np
import pandas as pd

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval
from pipeline.measures.refusals import count_of, usable_rows


def better_than_predicted(residuals: pd.DataFrame) -> pd.DataFrame:
    """Authorities whose HLE lay above what their IMD score predicts in every period, largest mean first.

    The mean of k residuals has the standard error sqrt(sum SE²) / k, periods without a common year being independent.

    Args:
        residuals: one sex of table `residuals`: periods without a common year.

    Returns:
        area_code, area_name, mean_residual_years with 95% limits, lowest_residual_years, stands_out_periods (in how many
        periods it survives control of the false discovery rate), periods.

    Raises:
        MeasureRefused: an authority lacks a period, or there is only one.

    By luck alone one authority in 2^k would be above in all of k independent periods: one in sixteen of four. The
    fitted line knows deprivation only; London, for one, lies above it for reasons that the score does not hold.
    """
    usable_rows(
        residuals, what="authority", key=["area_code", "period"],
        finite=["residual_years", "residual_lci_95", "residual_uci_95"],
    )  # fmt: skip
    periods = residuals["period"].nunique()
    rows = residuals.assign(
        variance=standard_error_from_interval(residuals["residual_lci_95"], residuals["residual_uci_95"]) ** 2
    ).groupby(["area_code", "area_name"])
    if periods < 2 or (rows.size() != periods).any():
        raise MeasureRefused(
            f"Not every authority has a residual in each of {periods} period(s).",
            do="Give two periods or more, complete.",
        )
    table = rows.agg(
        mean_residual_years=("residual_years", "mean"),
        lowest_residual_years=("residual_years", "min"),
        variance=("variance", "sum"),
        stands_out_periods=("stands_out", "sum"),
    ).reset_index()
    lower, upper = interval_from_standard_error(table["mean_residual_years"], np.sqrt(table["variance"]) / periods)
    table = table.assign(mean_residual_lci_95=lower, mean_residual_uci_95=upper, periods=periods)
    above = table.loc[table["lowest_residual_years"] > 0].drop(columns="variance")
    return above.sort_values("mean_residual_years", ascending=False).reset_index(drop=True)


def expected_by_luck(areas: int, periods: int) -> float:
    """How many of `areas` would lie above the line in each of `periods` independent periods by luck alone."""
    return float(count_of(areas, name="number of areas") / 2 ** count_of(periods, name="number of periods"))
