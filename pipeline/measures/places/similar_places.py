"""Places of like deprivation: which they are, where a place is weaker than they, and how it has moved beside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, finite_array, number, usable_rows

HOW_MANY = 15
"""How many places count as similar: about a tenth of the authorities."""
FEWEST = 5
"""How many of them need a figure before a place is set beside them."""


@dataclass(frozen=True)
class AgainstSimilar:
    """How one place's change stands beside the changes of similar places; years of HLE.

    Attributes:
        place_change: change of the place.
        similar_change: plain mean of the similar places' changes.
        difference: place_change - similar_change.
        lower: lower 95% limit of the difference.
        upper: upper 95% limit.
    """

    place_change: float
    similar_change: float
    difference: float
    lower: float
    upper: float


def similar_places(scores: pd.DataFrame, place: Collection[str], *, count: int = HOW_MANY) -> list[str]:
    """Codes of the authorities whose average IMD score is nearest to a place's, nearest first.

    Nothing else decides: not region, size or HLE itself. A place of several authorities has the population-weighted
    mean of their scores, and none of them is among the similar ones. Ties fall to the lower code.

    Args:
        scores: area_code, imd_score, population of the authorities that may be chosen; a row without imd_score counts
            as no row.
        place: codes of the place's own authorities.
        count: how many to return.

    Raises:
        MeasureRefused: none of the place's authorities has a score, or too few others are left.
    """
    usable_rows(scores, what="authority", key=["area_code"], or_missing=["imd_score", "population"])
    wanted = count_of(count, name="number of similar places")
    scored = [
        (str(code), score, people)
        for code, score, people in zip(
            *(scores[name].tolist() for name in ("area_code", "imd_score", "population")), strict=True
        )
        if not isnan(score)
    ]
    own = [(score, people) for code, score, people in scored if code in place]
    others = [(code, score) for code, score, _ in scored if code not in place]
    if not own or len(others) < wanted or not sum(people for _, people in own) > 0:
        raise MeasureRefused(
            "No similar places can be chosen: the place has no deprivation score or no people, or too few others have one.",
            do="Choose a local authority.",
        )
    centre = float(np.average([score for score, _ in own], weights=[people for _, people in own]))
    nearest = sorted((abs(score - centre), code) for code, score in others)
    return [code for _, code in nearest[:wanted]]


def weakest_blocks(
    latest: pd.DataFrame, *, area_code: str, similar: Collection[str], signs: Mapping[str, int]
) -> pd.DataFrame:
    """Each indicator of a place against the mean of similar places, weakest first.

    difference_sd = sign x (value - plain mean of similar places) / standard deviation between all authorities;
    negative is weaker. better_than = how many of the similar places with a figure the place is better than.

    Args:
        latest: indicator, area_code, value: latest figures of all authorities, one for an indicator and authority; a
            row without value counts as no row.
        area_code: the place.
        similar: codes of similar places.
        signs: indicator -> +1 or -1.

    Returns:
        indicator, value, similar_mean, similar_areas, difference_sd, better_than; one row per indicator for which the
        place and at least five similar places have a figure.
    """
    _refuse_unusable(latest, similar, signs, key=["indicator", "area_code"])
    figures: dict[str, dict[str, float]] = {}
    for indicator, code, value in zip(
        *(latest[name].tolist() for name in ("indicator", "area_code", "value")), strict=True
    ):
        if not isnan(value):
            figures.setdefault(str(indicator), {})[code] = value
    rows = []
    for indicator, values in sorted(figures.items()):
        beside = np.array([value for code, value in values.items() if code in similar])
        if area_code not in values or len(beside) < FEWEST:
            continue
        sign, value = signs[indicator], values[area_code]
        rows.append(
            {
                "indicator": indicator,
                "value": value,
                "similar_mean": float(beside.mean()),
                "similar_areas": len(beside),
                "difference_sd": sign * (value - float(beside.mean())) / float(np.std(list(values.values()), ddof=1)),
                "better_than": int((sign * value > sign * beside).sum()),
            }
        )
    columns = ["indicator", "value", "similar_mean", "similar_areas", "difference_sd", "better_than"]
    return pd.DataFrame(rows, columns=columns).sort_values(["difference_sd", "indicator"]).reset_index(drop=True)


def moved_beside_similar(
    figures: pd.DataFrame, *, area_code: str, similar: Collection[str], signs: Mapping[str, int]
) -> pd.DataFrame:
    """How each indicator of a place has moved against similar places, between its first period and the latest.

    Figures are in standard deviations of all authorities in their own period, so that rising prices count for nothing; more is
    better. `moved` is "gaining" or "losing ground" where the 95% interval of the difference leaves out zero
    (`change_against_similar`), else "not clear".

    Args:
        figures: indicator, area_code, period, period_start, value of the authorities; a row without value counts as no row.
        area_code: the place.
        similar: codes of similar places.
        signs: indicator -> +1 or -1.

    Returns:
        indicator, first_period, change_sd (the place's change minus theirs), change_sd_lci_95, change_sd_uci_95, moved; one row
        per indicator with two periods for the place and five similar places.

    Raises:
        MeasureRefused: no similar places, an indicator without a sign, an infinite figure or two figures for one period.
    """
    _refuse_unusable(figures, similar, signs, key=["indicator", "area_code", "period_start"])
    rows = []
    for indicator, held in figures.dropna(subset="value").groupby("indicator"):
        own = held[held["area_code"] == area_code].sort_values("period_start")
        first, latest = own["period_start"].min(), held["period_start"].max()
        if not first < latest:  # no figure at all, or one period
            continue
        then, now = (_standardised(held[held["period_start"] == at], signs[str(indicator)]) for at in (first, latest))
        change = (now - then).dropna()
        others = change[change.index.isin(similar)]
        if area_code not in change or len(others) < FEWEST:
            continue
        found = change_against_similar(float(change[area_code]), others)
        rows.append((indicator, own["period"].iloc[0], found.difference, found.lower, found.upper, _moved(found)))
    return pd.DataFrame(
        rows, columns=["indicator", "first_period", "change_sd", "change_sd_lci_95", "change_sd_uci_95", "moved"]
    )


def change_against_similar(
    place_change: float, similar_changes: ArrayLike, *, confidence: float = 0.95
) -> AgainstSimilar:
    """How a place's change differs from the mean change of similar places, with the interval of one case.

    difference ± t_(n-1) s sqrt(1 + 1/n), s the standard deviation of the n similar places' changes. The interval is as
    wide as places that did nothing in common differ among themselves, by sampling and by ordinary ups and downs;
    it holds zero for 95 of 100 such places.

    Args:
        place_change: change of the place, years.
        similar_changes: changes of n similar places between the same periods, years.
        confidence: coverage.

    Raises:
        MeasureRefused: fewer than five similar places, or a change is missing.

    What is not checked: that the place's sampling error is like theirs (for several authorities together it is
    smaller, which makes the interval too wide: the careful side).

    Source: Crawford and Howell (1998), The Clinical Neuropsychologist 12: one case against a small control group.
    """
    changes: FloatArray = finite_array(similar_changes, name="change", element="similar place")
    own, tail = (
        number(place_change, name="change"),
        (1 + number(confidence, name="confidence level", above=0, below=1)) / 2,
    )
    if changes.ndim != 1 or len(changes) < FEWEST:
        raise MeasureRefused(
            f"A place cannot be set beside {changes.size} similar places.",
            do="Give five similar places or more, all with figures in both periods.",
        )
    count = len(changes)
    difference = own - float(changes.mean())
    reach = float(stdtrit(count - 1, tail) * changes.std(ddof=1) * np.sqrt(1 + 1 / count))
    return AgainstSimilar(own, float(changes.mean()), difference, difference - reach, difference + reach)


def _moved(found: AgainstSimilar) -> str:
    if found.lower > 0:
        return "gaining"
    return "losing ground" if found.upper < 0 else "not clear"


def _standardised(figures: pd.DataFrame, sign: int) -> pd.Series:
    values = figures.set_index("area_code")["value"]
    return sign * (values - values.mean()) / values.std()


def _refuse_unusable(
    figures: pd.DataFrame, similar: Collection[str], signs: Mapping[str, int], *, key: Collection[str]
) -> None:
    usable_rows(figures, what="indicator", key=key)
    missing = sorted(set(figures["indicator"]) - set(signs))
    if missing or not similar:
        raise MeasureRefused(
            f"The place has no similar places, or indicators lack a polarity: {', '.join(missing) or 'none'}.",
            do="Give figures of all authorities, and a sign for every indicator.",
        )
    infinite = figures.loc[np.isinf(figures["value"]), "indicator"]
    if len(infinite):
        raise MeasureRefused(f"A figure of {infinite.iloc[0]} is infinite.", do="Leave it out.")
