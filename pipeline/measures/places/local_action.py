"""The record of a place since local action began there, beside similar places; never the effect of the action."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from pipeline.areas import area_type_of
from pipeline.errors import MeasureRefused
from pipeline.measures.difference import interval_from_standard_error, weighted_mean
from pipeline.measures.gap.gaps import with_standard_error
from pipeline.measures.places.similar_places import AgainstSimilar, change_against_similar
from pipeline.measures.refusals import number, positive_array, usable_rows


def place_series(hle: pd.DataFrame, codes: Collection[str], population: pd.Series) -> pd.DataFrame:
    """HLE of a place over time: the published series of one area, or the mean of several by population.

    Args:
        hle: one release and one sex of table `hle`.
        codes: area codes of the place.
        population: residents by area code, needed where there are several.

    Returns:
        period, period_start, period_end, place_years with 95% limits, in time order.

    Raises:
        MeasureRefused: an area has no figures.
    """
    rows = hle[hle["area_code"].isin(list(codes))]
    missing = sorted(set(codes) - set(rows["area_code"]))
    if missing or not codes or rows.groupby("period_start").size().nunique() > 1:
        raise MeasureRefused(
            f"No healthy life expectancy, or not in every period, for {', '.join(missing) or 'the place'}.",
            do="Map replaced codes to those in force.",
        )
    usable_rows(rows, what="area", positive=["hle_years", "period_end"], key=["area_code", "period_start"])
    series = []
    for (period, start, end), group in with_standard_error(rows).groupby(["period", "period_start", "period_end"]):
        weights = population.reindex(group["area_code"]) if len(group) > 1 else np.ones(1)
        mean, se = weighted_mean(group["hle_years"], group["hle_se"], weights)
        lower, upper = interval_from_standard_error(mean, se)
        series.append((period, start, end, float(mean), float(lower), float(upper)))
    columns = ["period", "period_start", "period_end", "place_years", "place_lci_95", "place_uci_95"]
    return pd.DataFrame(series, columns=columns).sort_values("period_start").reset_index(drop=True)


def baseline_period(series: pd.DataFrame, since: int) -> str:
    """Latest period that ended before the action began, or the first published one where none did.

    Args:
        series: period, period_start, period_end.
        since: year in which the action began.

    Raises:
        MeasureRefused: no later period is free of common years with it, so there is no change to tell.
    """
    usable_rows(series, what="period", positive=["period_end"], key=["period_start"])
    before = series[series["period_end"] < number(since, name="year", above=0)]
    baseline = series.iloc[0] if before.empty else before.iloc[-1]
    if baseline["period_end"] >= series["period_start"].max():
        raise MeasureRefused(
            f"Nothing can be said since {since}: the latest period shares years with the one before the action.",
            do="Wait for later figures.",
        )
    return str(baseline["period"])


def record_since(series: pd.DataFrame, similar: pd.DataFrame, baseline: str) -> AgainstSimilar:
    """Change of a place since its baseline against the changes of similar places over the same time.

    Args:
        series: from `place_series`.
        similar: HLE of the similar places, periods (index) by area code (columns).
        baseline: label of the baseline period.

    Raises:
        MeasureRefused: the place or a similar place has no figures for the baseline or the latest period.
    """
    usable_rows(series, what="period", positive=["place_years"], key=["period"])
    latest = str(series["period"].iloc[-1])
    if (
        baseline == latest
        or not {baseline, latest} <= set(series["period"]) & set(similar.index)
        or similar.index.has_duplicates
    ):
        raise MeasureRefused(
            f"There is no change from {baseline} to {latest} of the place and of the similar places.",
            do="Give figures of both for both periods, each once.",
        )
    positive_array(similar.loc[[baseline, latest]], name="value", element="similar place")
    place = series.set_index("period")["place_years"]
    return change_against_similar(
        float(place[latest] - place[baseline]), (similar.loc[latest] - similar.loc[baseline]).to_numpy()
    )


def authorities_of(codes: list[str], areas: pd.DataFrame) -> list[str]:
    """Authorities that make up a place: itself, or a combined authority's members; none for a country."""
    usable_rows(areas, what="area", key=["area_code"])
    own: list[str] = []
    for code in codes:
        if area_type_of(code) == "combined-authority":
            own += areas.loc[areas["combined_authority_code"] == code, "area_code"].tolist()
        elif area_type_of(code) == "utla":
            own.append(code)
    return own
