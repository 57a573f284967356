"""Simulated worlds: the published tables of healthy life expectancy as they would look if we knew the truth.

Every area keeps its own level and its own published standard errors. Its true value may wander from year to year or
drift; surveys of single years, averaged over three, give errors that overlap as the real ones do; each period is
refitted with noise of its own. Feed the tables to `gaps` and to everything after it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

Z_95 = 1.959964
SIGMA_WITH_DRIFT, SIGMA_WITHOUT_DRIFT, TAU = 0.087, 0.154, 0.140


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is true in a world: yearly wandering and refitting noise of one area (standard deviations), and its drift."""

    sigma: float = 0.0
    """Years; 0 where nothing changes."""
    tau: float = TAU
    """Years."""
    drift: float = 0.0
    """Years per year, the same for every area."""


NO_CHANGE = Truth()
WANDERING_A_LITTLE = Truth(sigma=SIGMA_WITH_DRIFT)
WANDERING = Truth(sigma=SIGMA_WITHOUT_DRIFT)


def world_of_areas(hle: pd.DataFrame, generator: np.random.Generator, truth: Truth = NO_CHANGE) -> pd.DataFrame:
    """One release of table `hle` in a simulated world: the same rows, with figures and intervals redrawn.

    Levels are the areas' means over all periods, drawn towards the mean of their kind by the noise in those means, so
    that the simulated spread between authorities is the true one and not the noise over again.
    """
    drawn = [
        _redrawn(kind.sort_values(["area_code", "period_start"]), generator, truth)
        for _, kind in hle.groupby(["area_type", "sex"], sort=True)
    ]
    return pd.concat(drawn).loc[hle.index]


def world_of_deciles(
    deciles: pd.DataFrame, hle: pd.DataFrame, generator: np.random.Generator, truth: Truth = NO_CHANGE
) -> pd.DataFrame:
    """One release of table `hle_deciles` likewise; a tenth has England's standard error times sqrt(10)."""
    england = hle[hle["area_type"] == "country"].set_index(["sex", "period"])
    se = (england["hle_uci_95"] - england["hle_lci_95"]) / (2 * Z_95) * np.sqrt(10)
    keys = pd.MultiIndex.from_frame(deciles[["sex", "period"]])
    errors = pd.Series(se.reindex(keys).to_numpy(), index=deciles.index)
    errors = errors.fillna(errors.groupby(deciles["sex"]).transform("last")).fillna(errors.mean())
    assumed = deciles.assign(
        hle_lci_95=deciles["hle_years"] - Z_95 * errors,
        hle_uci_95=deciles["hle_years"] + Z_95 * errors,
        area_code=deciles["imd_decile"],
    )
    drawn = [
        _redrawn(kind.sort_values(["area_code", "period_start"]), generator, truth)
        for _, kind in assumed.groupby("sex", sort=True)
    ]
    years = pd.concat(drawn).loc[deciles.index, "hle_years"]
    return deciles.assign(hle_years=years)


def _redrawn(rows: pd.DataFrame, generator: np.random.Generator, truth: Truth) -> pd.DataFrame:
    """Rows of areas of one kind and sex, in order of area and period, every area with the same periods."""
    count = rows["area_code"].nunique()
    published = rows["hle_years"].to_numpy().reshape(count, -1)
    below, above = (np.abs(rows[name] - rows["hle_years"]).to_numpy() for name in ("hle_lci_95", "hle_uci_95"))
    errors = ((below + above) / (2 * Z_95)).reshape(published.shape)
    values = _levels(published, errors, truth)[:, None] + _movement(published.shape, generator, truth)
    values = values + errors * _overlapping(published.shape, generator)
    figures = np.round(values + generator.normal(0, truth.tau, size=values.shape), 1).ravel()
    return rows.assign(hle_years=figures, hle_lci_95=figures - below, hle_uci_95=figures + above)


def _levels(published: np.ndarray, errors: np.ndarray, truth: Truth) -> np.ndarray:
    means, n = published.mean(axis=1), published.shape[1]
    if len(means) < 3:
        return means
    shared = np.maximum(0, 1 - np.abs(np.subtract.outer(np.arange(n), np.arange(n))) / 3)
    noise = np.einsum("ai,ij,aj->a", errors, shared, errors).mean() / n**2 + truth.tau**2 / n
    return means.mean() + (means - means.mean()) * np.sqrt(max(0.0, 1 - noise / means.var(ddof=1)))


def _movement(shape: tuple[int, ...], generator: np.random.Generator, truth: Truth) -> np.ndarray:
    years = shape[1] + 2
    walk = generator.normal(0, truth.sigma, size=(shape[0], years)).cumsum(axis=1) + truth.drift * np.arange(years)
    return _three_year_means(walk)


def _overlapping(shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
    """Standard normal errors of three-year periods, correlated 2/3 and 1/3 with the next two."""
    return _three_year_means(generator.normal(0, np.sqrt(3), size=(shape[0], shape[1] + 2)))


def _three_year_means(yearly: np.ndarray) -> np.ndarray:
    return np.lib.stride_tricks.sliding_window_view(yearly, 3, axis=-1).mean(axis=-1)
