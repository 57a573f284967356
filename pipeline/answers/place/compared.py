"""A few places beside each other: one measure of each over time, and whether any two clearly differ."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.difference import difference, interval_from_standard_error, standard_error_from_interval
from pipeline.measures.trend.rolling import mid_point
from pipeline.processed import Tables

MOST_PLACES = 4
QUANTITIES: Mapping[str, str] = {
    "hle": "Healthy life expectancy",
    "le": "Life expectancy",
    "poor-health": "Years not in good health",
    "share": "Share of life in good health",
}
"""What places are compared by -> its name. Years, but for the share, which is per cent."""
_KEY = ["area_code", "sex", "period"]
_KEPT = [*_KEY, "area_name", "period_start", "period_end", "release", "value", "se", "lci_95", "uci_95", "mid_point"]


def compared(tables: Tables, codes: Sequence[str], *, sex: str, quantity: str) -> pd.DataFrame:
    """One measure of QUANTITIES for some places and one sex, in the order of the codes and of time.

    Columns area_code, area_name, sex, period columns, mid_point, release, value, se, lci_95, uci_95. Limits of the years not
    in good health and of the share take the error of healthy life expectancy alone, which is much the larger: SE, and
    100 SE / LE. A place without life expectancy has no rows of the last three.

    Raises:
        UsageError: more than `MOST_PLACES` places, one of them twice, no such measure, or no figures for any.
    """
    if len(codes) > MOST_PLACES or len(set(codes)) < len(codes):
        raise UsageError(
            f"{len(codes)} places were to be compared.", do=f"Choose up to {MOST_PLACES} different places."
        )
    if quantity not in QUANTITIES:
        raise UsageError(f"Places cannot be compared by {quantity!r}.", do=f"Choose one of {', '.join(QUANTITIES)}.")
    rows = _quantity(
        _own(tables.newest("hle"), codes, sex), _own(tables.table("life_expectancy"), codes, sex), quantity
    )
    if rows.empty:
        raise UsageError(
            f"There are no figures on {QUANTITIES[quantity].lower()} for these places.", do="Choose others."
        )
    lower, upper = interval_from_standard_error(rows["value"], rows["se"])
    middle = mid_point(rows["period_start"], rows["period_end"])
    rows = rows.assign(lci_95=lower, uci_95=upper, mid_point=middle)[_KEPT]
    order = rows["area_code"].map(list(codes).index)
    return rows.iloc[np.lexsort((rows["period_start"], order))].reset_index(drop=True)


def _own(table: pd.DataFrame, codes: Sequence[str], sex: str) -> pd.DataFrame:
    return table[(table["sex"] == sex) & table["area_code"].isin(codes)]


def _quantity(hle: pd.DataFrame, life: pd.DataFrame, quantity: str) -> pd.DataFrame:
    if quantity == "le":
        return life.assign(
            value=life["le_years"], se=standard_error_from_interval(life["le_lci_95"], life["le_uci_95"])
        )
    se = standard_error_from_interval(hle["hle_lci_95"], hle["hle_uci_95"])
    healthy = hle.assign(value=hle["hle_years"], se=se)
    if quantity == "hle":
        return healthy
    both = healthy.merge(life[[*_KEY, "le_years"]], on=_KEY, validate="one_to_one")
    if quantity == "poor-health":
        return both.assign(value=both["le_years"] - both["hle_years"])
    return both.assign(value=100 * both["hle_years"] / both["le_years"], se=100 * both["se"] / both["le_years"])


def latest_of_all(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `compared` of the latest period that every place has; no rows where they share none."""
    shared = rows.groupby("period_end")["area_code"].nunique()
    ends = shared[shared == rows["area_code"].nunique()].index
    return rows[rows["period_end"] == (max(ends) if len(ends) else None)].reset_index(drop=True)


def pairs(latest: pd.DataFrame) -> pd.DataFrame:
    """Each two places of `latest_of_all`: the difference with its 95% interval, and whether it leaves out zero.

    Places are taken as independent; where one holds the other, the interval is a little too wide. Columns one, other (names),
    difference (the first minus the second), lci_95, uci_95 (NaN where a place has no interval) and clearly.
    """
    rows = latest.to_dict("records")
    found = []
    for one, other in combinations(rows, 2):
        change, se = difference(one["value"], other["value"], one["se"], other["se"])
        lower, upper = interval_from_standard_error(change, se)
        names = {"one": one["area_name"], "other": other["area_name"], "difference": float(change)}
        clearly = bool(lower > 0 or upper < 0)
        found.append({**names, "lci_95": float(lower), "uci_95": float(upper), "clearly": clearly})
    return pd.DataFrame(found, columns=["one", "other", "difference", "lci_95", "uci_95", "clearly"])
