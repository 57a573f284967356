"""The forecasts that compete, by id: each is fitted to the areas once and then asked about any gap between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.forecast import wandering_prediction
from pipeline.measures.trend.prediction import Prediction
from pipeline.measures.trend.rules_of_thumb import LAST_THREE, least_squares_line, mean_of_last
from pipeline.measures.trend.two_sex_forecast import two_sex_forecast
from pipeline.measures.trend.two_sex_variances import IntegratedVariances, integrated_variances
from pipeline.measures.trend.variances import WanderingVariances, pooled_variances


@dataclass(frozen=True, kw_only=True)
class Fits:
    """The variances of every candidate, fitted to one set of periods."""

    drift: WanderingVariances
    no_drift: WanderingVariances
    shrunken_drift: WanderingVariances
    two_sex: IntegratedVariances


@dataclass(frozen=True, kw_only=True)
class GapSeries:
    """One gap as it was published, for one or two sexes, or several with the same ends; and the periods asked for."""

    gap: ArrayLike
    """Sexes by n periods after any leading shape (pairs), years."""
    covariance: ArrayLike
    """n by n for each of them, sampling covariance, years squared."""
    mid_points: ArrayLike
    """n, decimal years."""
    asked_mid_points: ArrayLike
    """m, ascending; seen ones are smoothed, later ones are forecast."""
    ends: GapEnds

    @property
    def parts(self) -> tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike]:
        """Everything but the ends, in the order in which forecasts take it."""
        return self.gap, self.covariance, self.mid_points, self.asked_mid_points


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One way to forecast, in words that a screen can print."""

    id: str
    label: str
    predict: Callable[[GapSeries, Fits], Prediction]


def fit_candidates(values: ArrayLike, standard_errors: ArrayLike, mid_points: ArrayLike, *, apart: int | None) -> Fits:
    """Fit the variances of every candidate to the same areas and periods.

    Args:
        values: sexes by areas by n periods, HLE in years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points, decimal years.
        apart: position of the area whose wandering has a scale of its own.

    Raises:
        MeasureRefused: as `pooled_variances` and `integrated_variances`.
    """
    areas = (values, standard_errors, mid_points)
    return Fits(
        drift=pooled_variances(*areas, drift=True),
        no_drift=pooled_variances(*areas, drift=False),
        shrunken_drift=pooled_variances(*areas, drift=False, shrunken=True),
        two_sex=integrated_variances(*areas, apart=apart),
    )


def predict(candidate_id: str, series: GapSeries, fits: Fits) -> Prediction:
    """What one candidate says of a gap.

    Raises:
        MeasureRefused: no such candidate, or the series is one that no forecast can use.
    """
    if candidate_id not in CANDIDATES:
        raise MeasureRefused(f"There is no forecast {candidate_id}.", do=f"Choose one of {', '.join(CANDIDATES)}.")
    return CANDIDATES[candidate_id].predict(series, fits)


def _wandering(series: GapSeries, variances: WanderingVariances) -> Prediction:
    return wandering_prediction(*series.parts, variances=variances, ends=series.ends.total)


def _last(series: GapSeries, fits: Fits, count: int) -> Prediction:
    return mean_of_last(*series.parts, nugget_variance=series.ends.total * fits.no_drift.tau**2, count=count)


_ALL = (
    Candidate(
        id="two-sex",
        label="Both sexes together, a slight trend",
        predict=lambda series, fits: two_sex_forecast(*series.parts, variances=fits.two_sex, ends=series.ends),
    ),
    Candidate(
        id="shrunken-drift",
        label="Each sex alone, a slight trend",
        predict=lambda series, fits: _wandering(series, fits.shrunken_drift),
    ),
    Candidate(
        id="no-drift",
        label="No trend, only ups and downs",
        predict=lambda series, fits: _wandering(series, fits.no_drift),
    ),
    Candidate(
        id="mean-of-three",
        label="The average of the last three figures stays",
        predict=lambda series, fits: _last(series, fits, LAST_THREE),
    ),
    Candidate(id="last-value", label="The last figure stays", predict=lambda series, fits: _last(series, fits, 1)),
    Candidate(
        id="drift",
        label="The trend goes on, with the ups and downs seen so far",
        predict=lambda series, fits: _wandering(series, fits.drift),
    ),
    Candidate(
        id="least-squares",
        label="A straight line through the figures goes on",
        predict=lambda series, _: least_squares_line(*series.parts),
    ),
)

CANDIDATES: Mapping[str, Candidate] = {candidate.id: candidate for candidate in _ALL}
"""Candidate id -> candidate, simplest last; ties of the record go to the first."""
