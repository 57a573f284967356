"""What can be said of single places when most of the differences between them are noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, finite_array, number, positive_array


@dataclass(frozen=True)
class RankUncertainty:
    """How firmly each area holds its rank; one value per area, rank 1 is the highest HLE.

    Attributes:
        p_lowest_fifth: probability of being among the lowest fifth of areas.
        rank_lci_95: lower end of the 95% rank interval (the better rank).
        rank_uci_95: upper end of the 95% rank interval (the worse rank).
    """

    p_lowest_fifth: FloatArray
    rank_lci_95: FloatArray
    rank_uci_95: FloatArray


@dataclass(frozen=True)
class Spread:
    """The spread between areas as published and with the part that is noise taken out.

    Attributes:
        raw_range_years: highest minus lowest published value.
        raw_sd_years: standard deviation of the published values.
        adjusted_range_years: the range after shrinking values to the adjusted standard deviation.
        adjusted_sd_years: sqrt(observed variance - mean SE²); 0 if noise explains everything.
    """

    raw_range_years: float
    raw_sd_years: float
    adjusted_range_years: float
    adjusted_sd_years: float


@dataclass(frozen=True)
class DeprivationResidual:
    """HLE against what deprivation predicts; the last axis is areas.

    Attributes:
        expected_hle_years: fitted value, years.
        residual_years: observed minus expected; positive is better than deprivation predicts.
        residual_se: standard error of the residual, sqrt(SE² - x (X'WX)⁻¹ x').
        residual_z: residual divided by its own standard error.
        stands_out: whether it survives control of the false discovery rate.
        slope_years_per_point: change of HLE per point of IMD score.
    """

    expected_hle_years: FloatArray
    residual_years: FloatArray
    residual_se: FloatArray
    residual_z: FloatArray
    stands_out: NDArray[np.bool_]
    slope_years_per_point: FloatArray


def rank_uncertainty(
    values: ArrayLike,
    standard_errors: ArrayLike,
    *,
    generator: np.random.Generator,
    draws: int = 10_000,
    lowest_share: float = 0.2,
) -> RankUncertainty:
    """Probability of being in the lowest fifth and a 95% rank interval for each area, by simulation.

    Values are shrunk first (empirical Bayes): with s² the noise-adjusted variance between areas and B = s² / (s² + SE²),
    each draw gives an area N(m + B (value - m), B SE²), independent between areas, and ranks them. Draws round the
    published values would carry two helpings of noise and hold the true rank 92% of the time. The interval is the
    narrowest run of ranks that holds 95% of the draws. The lowest fifth holds round(share * n) areas.

    Args:
        values: HLE of n areas of one sex and period, years.
        standard_errors: same shape, years.
        generator: seeded random generator, so that a rebuild gives the same figures.
        draws: number of draws, 100 or more; 10,000 give a probability to within 0.01.
        lowest_share: share of the areas that counts as lowest, between 0 and 1.

    Raises:
        MeasureRefused: fewer than five areas, a missing value or standard error, too few draws, or no share.
    """
    hle, se = _areas(values, standard_errors)
    lowest = round(number(lowest_share, name="share of areas", above=0, below=1) * _one_row(hle).size)
    drawn = true_values_drawn(hle, se, generator=generator, draws=draws)
    ranks = (-drawn).argsort(axis=-1).argsort(axis=-1) + 1
    lower, upper = rank_interval(ranks)
    return RankUncertainty((ranks > hle.size - lowest).mean(axis=0), lower, upper)


def true_values_drawn(
    values: ArrayLike, standard_errors: ArrayLike, *, generator: np.random.Generator, draws: int = 10_000
) -> FloatArray:
    """Draws of the true values of n areas (draws, areas): published values shrunk as `rank_uncertainty` says, with their noise.

    Raises:
        MeasureRefused: fewer than five areas, a missing value or standard error, or fewer than 100 draws.
    """
    hle, se = _areas(values, standard_errors)
    centre, sd = _shrunk(_one_row(hle), se)
    return generator.normal(centre, sd, size=(count_of(draws, name="number of draws", at_least=100), hle.size))


def rank_interval(ranks: ArrayLike, *, share: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Lower and upper rank of each area: the narrowest run of ranks that holds this share of the draws.

    `ranks` are those of each draw (draws, areas).

    Raises:
        MeasureRefused: fewer than 100 draws, a rank is missing, below 1 or above the number of areas, or the share is not between 0 and 1.
    """
    drawn = positive_array(ranks, name="rank", element="area")
    if drawn.ndim != 2 or len(drawn) < 100 or drawn.max() > drawn.shape[1]:
        raise MeasureRefused(
            f"Ranks of shape {drawn.shape} are no draws of ranks.", do="Give 100 draws or more, a row each."
        )
    return _narrowest(np.sort(drawn, axis=0), number(share, name="share of draws", above=0, below=1))


def _shrunk(hle: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of each area's true value, given the published ones."""
    # where noise explains all, a hair of spread is left: areas are then alike, and any order is as good as another
    between = max(hle.var(ddof=1) - (se**2).mean(), 1e-9 * (se**2).mean())
    mean = np.average(hle, weights=1 / (between + se**2))
    kept = between / (between + se**2)
    return np.asarray(mean + kept * (hle - mean)), np.asarray(np.sqrt(kept) * se)


def _narrowest(ordered: FloatArray, share: float) -> tuple[FloatArray, FloatArray]:
    """Narrowest range that holds the share of each column of ordered draws; the first of several."""
    held = int(np.ceil(share * len(ordered)))
    first, last = ordered[: len(ordered) - held + 1], ordered[held - 1 :]
    start = np.argmin(last - first, axis=0)
    area = np.arange(ordered.shape[1])
    return first[start, area], last[start, area]


def _one_row(hle: FloatArray) -> FloatArray:
    if hle.ndim != 1:
        raise MeasureRefused(f"Figures of shape {hle.shape} are not one row of areas.", do="Give one sex and period.")
    return hle


def noise_adjusted_spread(values: ArrayLike, standard_errors: ArrayLike) -> Spread:
    """Spread of the true values of n areas: observed variance minus mean SE², and the range that goes with it.

    The published values are shrunk to their mean by adjusted sd / raw sd, which matches their variance to that of the
    true values (variance matching); the adjusted range is the range of the shrunk values.

    Raises:
        MeasureRefused: fewer than five areas, or a missing value or standard error.
    """
    hle, se = _areas(values, standard_errors)
    raw_sd, raw_range = float(_one_row(hle).std(ddof=1)), float(np.ptp(hle))
    adjusted_sd = float(np.sqrt(max(0.0, raw_sd**2 - float((se**2).mean()))))
    shrink = adjusted_sd / raw_sd if raw_sd > 0 else 0.0
    return Spread(raw_range, raw_sd, raw_range * shrink, adjusted_sd)


def deprivation_residual(
    values: ArrayLike,
    standard_errors: ArrayLike,
    imd_scores: ArrayLike,
    *,
    false_discovery_rate: float = 0.05,
) -> DeprivationResidual:
    """How much better or worse each area does than its deprivation predicts, and whether that stands out.

    Weighted least squares of HLE on IMD score, weights 1/SE². z = residual / sqrt(SE² - x (X'WX)⁻¹ x'), so it asks
    whether noise alone could explain the residual. Two-sided p-values go through Benjamini and Hochberg (1995):
    among the areas that stand out, the expected share of false alarms is at most the given rate.

    Args:
        values: HLE, years, periods by n areas (any leading shape).
        standard_errors: same shape, years.
        imd_scores: n average scores; high is deprived.
        false_discovery_rate: between 0 and 1.

    Raises:
        MeasureRefused: fewer than five areas, a missing value, standard error or score, or scores all alike.

    What it cannot say: ONS's model lets age vary with region, not with authority, so residuals lean towards their
    region's.
    """
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - half a second, which only a build needs

    hle, se = _areas(values, standard_errors)
    rate = number(false_discovery_rate, name="false discovery rate", above=0, below=1)
    score = np.asarray(imd_scores, dtype=float)
    if score.shape != hle.shape[-1:] or not np.all(np.isfinite(score)):
        raise MeasureRefused("An area has no IMD score.", do="Join the scores again; mind successor codes.")
    if np.any(score < 0) or np.ptp(score) == 0:
        raise MeasureRefused("IMD scores are negative or all alike.", do="Give the average scores as published.")
    X = np.column_stack([np.ones_like(score), score - score.mean()])
    XtW = X.T / se[..., None, :] ** 2
    covariance = np.linalg.inv(XtW @ X)
    coefficients = (covariance @ (XtW @ hle[..., None]))[..., 0]
    expected = (X @ coefficients[..., None])[..., 0]
    fit_variance = ((X @ covariance) * X).sum(axis=-1)
    residual_se = np.sqrt(se**2 - fit_variance)
    z = (hle - expected) / residual_se
    adjusted_p = false_discovery_control(2 * ndtr(-np.abs(z)), axis=-1, method="bh")
    return DeprivationResidual(
        expected, hle - expected, residual_se, z, np.asarray(adjusted_p <= rate), coefficients[..., 1]
    )


def held_in_every_period(residuals: ArrayLike) -> NDArray[np.bool_]:
    """Whether each area's residual kept its sign in every period.

    Args:
        residuals: periods by n areas, years; periods without a common year, or the agreement is built in.

    Raises:
        MeasureRefused: a residual is missing, or there is only one period.

    A sign kept over four independent periods happens by luck to one area in eight.
    """
    signs = np.sign(finite_array(residuals, name="residual", element="area"))
    if signs.ndim != 2 or len(signs) < 2:
        raise MeasureRefused("One period cannot hold a sign.", do="Give two periods or more, one row each.")
    return np.asarray((signs == signs[-1]).all(axis=0) & (signs[-1] != 0))


def _areas(values: ArrayLike, standard_errors: ArrayLike) -> tuple[FloatArray, FloatArray]:
    hle, se = np.asarray(values, dtype=float), np.asarray(standard_errors, dtype=float)
    if hle.shape != se.shape or not hle.ndim or hle.shape[-1] < 5:
        raise MeasureRefused(
            f"Values of shape {hle.shape} came with standard errors of shape {se.shape}; five areas or more are needed.",
            do="Give one standard error per area.",
        )
    if not (np.all(np.isfinite(hle)) and np.all(se > 0) and np.all(np.isfinite(se))):
        raise MeasureRefused(
            "An area has no value or no standard error.",
            do="Leave out areas without published figures (City of London, Isles of Scilly).",
        )
    return hle, se
