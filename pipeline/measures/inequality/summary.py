"""Summary measures of inequality across groups, each with its standard error where one is defined.

Groups stand on the last axis; every other axis is a series, and all series are computed at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.inequality.slope_index import ridits, slope_index_of_inequality
from pipeline.measures.refusals import FloatArray, finite_array, non_negative_array, positive_array, together

Unit = Literal["units", "units squared", "ratio", "per cent", "per thousand", "share"]


@dataclass(frozen=True)
class MeasureNotes:
    """What a measure is: its label, its unit ("units" are those of the values), whether groups must be ordered."""

    label: str
    unit: Unit
    ordered: bool = False


@dataclass(frozen=True)
class Summary:
    """One measure of many series: estimate and standard error (...), NaN where no standard error is defined."""

    estimate: FloatArray
    standard_error: FloatArray


SUMMARY_MEASURES: Mapping[str, MeasureNotes] = MappingProxyType(
    {
        "difference": MeasureNotes("Difference", "units"),
        "ratio": MeasureNotes("Ratio", "ratio"),
        "between-group-variance": MeasureNotes("Between-group variance", "units squared"),
        "between-group-standard-deviation": MeasureNotes("Between-group standard deviation", "units"),
        "coefficient-of-variation": MeasureNotes("Coefficient of variation", "per cent"),
        "mean-difference-from-mean": MeasureNotes("Mean difference from mean", "units"),
        "mean-difference-from-mean-weighted": MeasureNotes("Mean difference from mean, weighted", "units"),
        "mean-difference-from-best": MeasureNotes("Mean difference from best", "units"),
        "mean-difference-from-best-weighted": MeasureNotes("Mean difference from best, weighted", "units"),
        "index-of-disparity": MeasureNotes("Index of disparity", "per cent"),
        "index-of-disparity-weighted": MeasureNotes("Index of disparity, weighted", "per cent"),
        "theil": MeasureNotes("Theil index", "per thousand"),
        "mean-log-deviation": MeasureNotes("Mean log deviation", "per thousand"),
        "population-attributable-risk": MeasureNotes("Population attributable risk", "units"),
        "population-attributable-fraction": MeasureNotes("Population attributable fraction", "per cent"),
        "slope-index": MeasureNotes("Slope index of inequality", "units", ordered=True),
        "relative-index": MeasureNotes("Relative index of inequality", "ratio", ordered=True),
        "absolute-concentration-index": MeasureNotes("Absolute concentration index", "units", ordered=True),
        "relative-concentration-index": MeasureNotes("Relative concentration index", "share", ordered=True),
    }
)


def summary_measures(
    values: ArrayLike, standard_errors: ArrayLike, populations: ArrayLike, *, order: ArrayLike | None = None
) -> dict[str, Summary]:
    """Every summary measure that the groups allow.

    Notation: y values, p population shares, J groups, μ = Σ p y, b the best group, w the worst, x ridits.
        difference y_b - y_w; ratio y_b / y_w;
        between-group variance V = Σ p (y - μ)²; standard deviation √V; coefficient of variation 100 √V / μ;
        mean difference from mean Σ |y - μ| / J, weighted Σ p |y - μ|; from best Σ (max y - y) / J, weighted
        Σ p (max y - y); index of disparity the mean difference from mean as 100 / μ, weighted and not;
        Theil 1000 Σ p (y/μ) ln(y/μ); mean log deviation -1000 Σ p ln(y/μ);
        population attributable risk y_b - μ, at least 0; fraction 100 (y_b - μ) / μ;
        slope and relative index by `slope_index_of_inequality`, linear;
        absolute concentration index A = Σ p (2x - 1) y, relative A / μ.
    With `order`, b and w are the most and the least advantaged group; without, the highest and the lowest value.

    Standard errors: from the groups' own by the delta method; exact for measures linear in y, and for V including
    the second-order term, 4 Σ p² (y - μ)² SE² + 2 [(Σ p² SE²)² + Σ p² (1 - 2p) SE⁴]. Measures built on absolute
    differences have none: noise always adds to them. The best group is taken as known.

    Polarity: high values are good. Not checked: independence of groups; that the order is a social one. Every
    measure of spread is too large when values carry noise, most of all with few people per group.

    Args:
        values: one positive value per group (..., groups); standard errors and people in a shape that broadcasts.
        order: rank of each group (groups), lowest for the least advantaged; numbers without ties. Needed for the
            measures marked `ordered` in `SUMMARY_MEASURES`, which are left out without it.

    Returns:
        Measure id, as in `SUMMARY_MEASURES`, to Summary of arrays (...).

    Raises:
        MeasureRefused: fewer than two groups; a value or population missing, zero or negative; a standard error
            missing or negative; an order with ties or of another length. The position is named.

    Source: definitions as in WHO, Handbook on Health Inequality Monitoring, and Schlotheuber and Hosseinpoor (2022),
    Int J Environ Res Public Health 19(6); standard errors as in Ahn and others (2018), JCO Clin Cancer Inform 2,
    with Theil and mean log deviation on the scale of their estimates.
    """
    y = positive_array(np.atleast_1d(values), name="value", element="group")
    se = non_negative_array(standard_errors, name="standard error", element="group")
    people = positive_array(populations, name="population", element="group")
    y, se, people = together(y, se, people)
    if y.shape[-1] < 2:
        raise MeasureRefused("Inequality needs at least two groups.", do="Put the groups on the last axis.")
    if order is not None:
        ranks = _ranks(order, y.shape[-1])
        y, se, people = y[..., ranks], se[..., ranks], people[..., ranks]
    shares = people / people.sum(axis=-1, keepdims=True)
    best, worst = _ends(y, ordered=order is not None)
    summaries = (
        _between_ends(y, se, best, worst)
        | _spread(y, se, shares)
        | _absolute_differences(y, se, shares)
        | _entropies(y, se, shares)
        | _attributable(y, se, shares, best)
    )
    if order is not None:
        summaries |= _along_the_order(y, se, people, shares)
    return summaries


def _ranks(order: ArrayLike, groups: int) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    ranks = finite_array(order, name="rank", element="group")
    if ranks.shape != (groups,) or np.unique(ranks).size != groups:
        raise MeasureRefused(
            f"An order of {groups} groups needs {groups} different ranks.",
            do="Give one rank per group, lowest for the least advantaged, without ties.",
        )
    return np.argsort(ranks)


def _ends(y: FloatArray, *, ordered: bool) -> tuple[FloatArray, FloatArray]:
    """Indicators (..., groups), 1 for the best and for the worst group, 0 for the others."""
    groups = np.arange(y.shape[-1])
    best = np.asarray(groups[-1]) if ordered else y.argmax(axis=-1)
    worst = np.asarray(groups[0]) if ordered else y.argmin(axis=-1)
    shape = y.shape
    return (
        np.broadcast_to(groups == best[..., None], shape).astype(float),
        np.broadcast_to(groups == worst[..., None], shape).astype(float),
    )


def _with_error(estimate: FloatArray, gradient: FloatArray, se: FloatArray) -> Summary:
    return Summary(np.asarray(estimate), np.asarray(np.sqrt(((gradient * se) ** 2).sum(axis=-1))))


def _between_ends(y: FloatArray, se: FloatArray, best: FloatArray, worst: FloatArray) -> dict[str, Summary]:
    top, bottom = (best * y).sum(axis=-1), (worst * y).sum(axis=-1)
    ratio = top / bottom
    return {
        "difference": _with_error(top - bottom, best - worst, se),
        "ratio": _with_error(ratio, ratio[..., None] * (best - worst) / y, se),
    }


def _spread(y: FloatArray, se: FloatArray, shares: FloatArray) -> dict[str, Summary]:
    mean = (shares * y).sum(axis=-1, keepdims=True)
    variance = (shares * (y - mean) ** 2).sum(axis=-1)
    first_order = 4 * (shares**2 * (y - mean) ** 2 * se**2).sum(axis=-1)
    second_order = (shares**2 * se**2).sum(axis=-1) ** 2 + (shares**2 * (1 - 2 * shares) * se**4).sum(axis=-1)
    deviation = np.sqrt(variance)
    with np.errstate(divide="ignore", invalid="ignore"):  # no spread, no slope of its root
        slope = shares * (y - mean) / deviation[..., None]
    relative_slope = (slope - deviation[..., None] / mean * shares) / mean
    return {
        "between-group-variance": Summary(variance, np.asarray(np.sqrt(first_order + 2 * second_order))),
        "between-group-standard-deviation": _with_error(deviation, slope, se),
        "coefficient-of-variation": _with_error(100 * deviation / mean[..., 0], 100 * relative_slope, se),
    }


def _absolute_differences(y: FloatArray, se: FloatArray, shares: FloatArray) -> dict[str, Summary]:
    mean, best = (shares * y).sum(axis=-1, keepdims=True), y.max(axis=-1, keepdims=True)
    equal = np.full_like(shares, 1 / y.shape[-1])
    at_best, _ = _ends(y, ordered=False)
    unknown = np.full(y.shape[:-1], np.nan)
    summaries = {}
    for suffix, weights in (("", equal), ("-weighted", shares)):
        from_mean = (weights * np.abs(y - mean)).sum(axis=-1)
        from_best = (weights * (best - y)).sum(axis=-1)
        summaries[f"mean-difference-from-mean{suffix}"] = Summary(from_mean, unknown)
        summaries[f"mean-difference-from-best{suffix}"] = _with_error(from_best, at_best - weights, se)
        summaries[f"index-of-disparity{suffix}"] = Summary(100 * from_mean / mean[..., 0], unknown)
    return summaries


def _entropies(y: FloatArray, se: FloatArray, shares: FloatArray) -> dict[str, Summary]:
    mean = (shares * y).sum(axis=-1, keepdims=True)
    relative = y / mean
    logs = np.log(relative)
    theil = (shares * relative * logs).sum(axis=-1, keepdims=True)
    return {
        # Σ p (y/μ) = 1, so the mean of 1 + ln(y/μ) weighted by p y/μ is 1 + theil.
        "theil": _with_error(1000 * theil[..., 0], 1000 * shares / mean * (logs - theil), se),
        "mean-log-deviation": _with_error(-1000 * (shares * logs).sum(axis=-1), 1000 * shares * (1 / mean - 1 / y), se),
    }


def _attributable(y: FloatArray, se: FloatArray, shares: FloatArray, best: FloatArray) -> dict[str, Summary]:
    mean, top = (shares * y).sum(axis=-1), (best * y).sum(axis=-1)
    risk = np.maximum(top - mean, 0)
    risk_slope = np.where(risk[..., None] > 0, best - shares, 0)
    fraction = risk / mean
    fraction_slope = (risk_slope - fraction[..., None] * shares) / mean[..., None]
    return {
        "population-attributable-risk": _with_error(risk, risk_slope, se),
        "population-attributable-fraction": _with_error(100 * fraction, 100 * fraction_slope, se),
    }


def _along_the_order(y: FloatArray, se: FloatArray, people: FloatArray, shares: FloatArray) -> dict[str, Summary]:
    slope = slope_index_of_inequality(y, se, people)
    mean = (shares * y).sum(axis=-1)
    weights = shares * (2 * ridits(people) - 1)
    absolute = (weights * y).sum(axis=-1)
    relative = absolute / mean
    return {
        "slope-index": Summary(slope.sii, slope.sii_se),
        "relative-index": Summary(slope.rii, slope.rii_se),
        "absolute-concentration-index": _with_error(absolute, weights, se),
        "relative-concentration-index": _with_error(
            relative, (weights - relative[..., None] * shares) / mean[..., None], se
        ),
    }
