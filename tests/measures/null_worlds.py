"""Worlds in which no gap truly changes: what a publisher would print of them, and what the measures then say.

Truth of each authority, region and tenth of small areas is fixed, or wanders with a yearly step, the same for all
authorities of a region. Sampling errors are those of the newest release, made of yearly samples, so that neighbouring
periods share them as real ones do.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pipeline import store
from pipeline.measures.gap.selection import selection_part
from pipeline.measures.gap.verdict import direction
from pipeline.measures.inequality.slope_index import slope_index_of_inequality, slope_weights
from pipeline.measures.trend.trend import gap_covariance, observed_pace, sampling_covariance, wandering_covariance
from tests.measures.regional_figures import MID_POINTS, Z_95

PERIODS, TENTH = 12, 15
SIGMA, TAU = 0.154, 0.140  # of the fit without drift
TAU_DRIFT = 0.140  # of the fit with drift, which the first edition used


@dataclass(frozen=True)
class Level:
    """Published figures of one sex: true values to start from, standard errors (periods, areas), region of each area."""

    truth: np.ndarray
    se: np.ndarray
    region: np.ndarray
    people: np.ndarray


@dataclass(frozen=True)
class Series:
    """One gap in many worlds: gap and standard errors (worlds, periods), sampling covariance, squared weights."""

    gap: np.ndarray
    se: np.ndarray
    covariance: np.ndarray
    squared_weights: float = 2.0


@cache
def levels(sex: str) -> tuple[Level, Level]:
    """Regions, most deprived first, and authorities, most deprived first."""
    hle = pd.read_csv(store.PROCESSED_FOLDER / "hle.csv").query("sex == @sex and release == '2026-02-19'")
    hle = hle.assign(se=(hle["hle_uci_95"] - hle["hle_lci_95"]) / (2 * Z_95))
    areas = pd.read_csv(store.PROCESSED_FOLDER / "areas.csv").set_index("area_code")["region_code"]
    scores = pd.read_csv(store.PROCESSED_FOLDER / "deprivation.csv").assign(
        region=lambda rows: rows["area_code"].map(areas)
    )
    scores["product"] = scores["imd_score"] * scores["population"]
    regions = scores.groupby("region")[["product", "population"]].sum()
    regions = regions.assign(imd_score=regions["product"] / regions["population"], region=regions.index)
    return _level(hle, regions), _level(hle, scores.set_index("area_code"))


def _level(hle: pd.DataFrame, scores: pd.DataFrame) -> Level:
    codes = [code for code in scores.sort_values("imd_score", ascending=False).index if code in set(hle["area_code"])]
    wide = {
        column: hle.pivot_table(index="period", columns="area_code", values=column)[codes]
        for column in ("hle_years", "se")
    }
    values, se = (table.to_numpy() for table in wide.values())
    # the mean of all periods, shrunk to the spread that noise leaves
    spread = np.sqrt(max(values.var(axis=1, ddof=1).mean() - (se**2).mean(), 0))
    mean = values.mean(axis=0)
    truth = mean.mean() + (mean - mean.mean()) * spread / mean.std(ddof=1)
    order = np.unique(scores["region"], return_inverse=True)[1]
    region = pd.Series(order, index=scores.index)[codes].to_numpy()
    return Level(truth, se, region, scores.loc[codes, "population"].to_numpy())


def over_three_years(yearly: np.ndarray) -> np.ndarray:
    """Means of three years running, over the second axis."""
    return (yearly[:, :-2] + yearly[:, 1:-1] + yearly[:, 2:]) / 3


def published(level: Level, worlds: int, sigma: float, generator: np.random.Generator) -> np.ndarray:
    """Figures (worlds, periods, areas): truth, wandering of its region, overlapping sampling error, refitting noise."""
    shape = (worlds, PERIODS + 2, len(level.truth))
    steps = sigma * generator.standard_normal((worlds, PERIODS + 2, 9)).cumsum(axis=1)
    wandering = over_three_years(steps)[..., level.region]
    sampling = np.sqrt(3) * over_three_years(generator.standard_normal(shape)) * level.se
    refitting = TAU * generator.standard_normal((worlds, PERIODS, 9))[..., level.region]
    return level.truth + wandering + sampling + refitting


def pair(values: np.ndarray, se: np.ndarray, better: int, worse: int) -> Series:
    """Two fixed areas."""
    covariance = gap_covariance(se[:, better], se[:, worse], MID_POINTS)
    both = np.hypot(se[:, better], se[:, worse])
    return Series(values[..., better] - values[..., worse], np.broadcast_to(both, values.shape[:2]), covariance)


def extremes(values: np.ndarray, se: np.ndarray, size: int) -> Series:
    """Means of the highest and the lowest areas of each period."""
    order = values.argsort(axis=-1)
    ranked = np.take_along_axis(values, order, axis=-1)
    errors = np.take_along_axis(np.broadcast_to(se, values.shape), order, axis=-1)
    low, high = (np.sqrt((part**2).sum(axis=-1)) / size for part in (errors[..., :size], errors[..., -size:]))
    gap = ranked[..., -size:].mean(axis=-1) - ranked[..., :size].mean(axis=-1)
    return Series(gap, np.hypot(low, high), gap_covariance(high, low, MID_POINTS))


def without_selection(values: np.ndarray, se: np.ndarray, size: int) -> np.ndarray:
    """Part that selection makes, per world and period: a smooth function of the pooled spread, so nine worlds are enough."""
    spread = np.sqrt(np.maximum(values.var(axis=-1, ddof=1) - (se**2).mean(axis=-1), 0).mean(axis=-1))
    chosen = spread.argsort()[np.linspace(0, len(spread) - 1, 9).astype(int)]
    parts = np.array([selection_part(values[world], se, size=size).selection_years for world in chosen])
    return np.array([np.interp(spread, spread[chosen], one) for one in parts.T]).T


def fifths(values: np.ndarray, level: Level) -> Series:
    """Weighted means of the least and the most deprived fifth; areas come most deprived first."""
    fifth = np.arange(len(level.truth)) * 5 // len(level.truth)
    ends, errors = [], []
    for one in (4, 0):
        share = np.where(fifth == one, level.people, 0) / level.people[fifth == one].sum()
        ends.append(values @ share)
        errors.append(np.sqrt((level.se * share) ** 2 @ np.ones(len(share))))
    se = np.broadcast_to(np.hypot(*errors), ends[0].shape)
    return Series(ends[0] - ends[1], se, gap_covariance(*errors, MID_POINTS))


def slope(values: np.ndarray, se: np.ndarray, people: np.ndarray) -> Series:
    """Slope index across groups, most deprived first."""
    index = slope_index_of_inequality(values, se, people)
    weights = float((slope_weights(people) ** 2).sum())
    return Series(index.sii, index.sii_se, sampling_covariance(index.sii_se[0], MID_POINTS), weights)


def every_gap(sex: str, *, worlds: int, sigma: float, seed: int) -> dict[str, Series]:
    """Each kind of definition in worlds without a true change."""
    generator = np.random.default_rng(seed)
    regions, authorities = levels(sex)
    by_region, by_authority = (published(one, worlds, sigma, generator) for one in (regions, authorities))
    # tenths of small areas: a tenth of England's residents each, and no region of their own
    national = np.sqrt(10) * regions.se.mean(axis=1, keepdims=True) / 3
    tenths = Level(np.linspace(50.0, 70.0, 10), np.repeat(national, 10, axis=1), np.arange(10) % 9, np.ones(10))
    by_tenth = published(tenths, worlds, sigma, generator)
    tenth_raw = extremes(by_authority, authorities.se, TENTH)
    net = tenth_raw.gap - without_selection(by_authority, authorities.se, TENTH)
    return {
        "income-regions": pair(by_region, regions.se, *_income_pair()),
        "deprivation-regions": pair(by_region, regions.se, 8, 0),
        "extreme-regions": extremes(by_region, regions.se, 1),
        "deprivation-fifths": fifths(by_authority, authorities),
        "extreme-tenths": Series(net, tenth_raw.se, tenth_raw.covariance),
        "extreme-tenths raw": tenth_raw,
        "deprivation-deciles": pair(by_tenth, tenths.se, 9, 0),
        "slope-deciles": slope(by_tenth, tenths.se, tenths.people),
        "slope-regions": slope(by_region, regions.se, regions.people),
    }


def _income_pair() -> tuple[int, int]:
    # the pair does not matter in worlds without a change, only that it is fixed: second least and most deprived
    return 7, 0


def called_wider_or_narrower(series: Series) -> float:
    """Share of worlds with a direction, by the wandering-aware interval."""
    wandering = wandering_covariance(MID_POINTS, sigma=SIGMA, tau=TAU, squared_weights=series.squared_weights)
    pace = observed_pace(series.gap, series.se, MID_POINTS, series.covariance + wandering)
    limits = zip(pace.pace_lci_95.tolist(), pace.pace_uci_95.tolist(), strict=True)
    words = [direction(pace_lci_95=lower, pace_uci_95=upper) for lower, upper in limits]
    return float(np.mean([word != "No clear change" for word in words]))


def called_by_the_first_edition(series: Series) -> float:
    """Share of worlds in which the interval of sampling and refitting alone leaves out zero."""
    pace = observed_pace(series.gap, series.se, MID_POINTS, series.covariance, nugget_variance=2 * TAU_DRIFT**2)
    return float(np.mean((pace.pace_lci_95 > 0) | (pace.pace_uci_95 < 0)))
