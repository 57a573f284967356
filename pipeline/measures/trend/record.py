"""How good each forecast would have been: made at past periods with the figures up to then, scored by what came.

Every pair of areas and both sexes, at five origins, three periods ahead and more (so that no survey year of the
outcome was seen). The variances are fitted to the periods up to the origin; nothing later is known to a forecast
except how precise the outcome's own figure is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import count_of, finite_array, positive_array
from pipeline.measures.trend.candidates import CANDIDATES, Fits, GapSeries, fit_candidates, predict
from pipeline.measures.trend.default_forecast import RecordSummary
from pipeline.measures.trend.ends import ends_of_pair
from pipeline.measures.trend.inputs import area_apart, seen_times, series_over
from pipeline.measures.trend.scoring import BoolArray, score
from pipeline.measures.trend.trend import gap_covariance

FIRST_ORIGIN_PERIODS = 5
"""Periods up to the first origin: 2011-13 to 2015-17."""
SHORTEST_HORIZON = 3
"""Periods ahead from which no year is shared with the origin."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Forecasts of one candidate from one origin, scored: arrays are pairs by sexes by the periods ahead."""

    candidate_id: str
    origin: int
    """Position of the last period that was seen."""
    pairs: tuple[tuple[int, int], ...]
    """Positions of the two areas, the one with the higher mean first."""
    periods: tuple[int, ...]
    """Positions of the periods that were forecast."""
    forecast: FloatArray
    sd: FloatArray
    """Of the published figure: true gap, refitting noise and sampling error."""
    outcome: FloatArray
    crps: FloatArray
    in_80: BoolArray
    in_95: BoolArray

    def __post_init__(self) -> None:
        """Refuse scores that are missing or not one for each pair, sex and period, and positions that are none."""
        for position in (self.origin, *self.periods, *np.ravel(self.pairs)):
            count_of(position, name="position", at_least=0)
        positive_array(self.sd, name="standard deviation", element="period")
        shapes = {
            finite_array(getattr(self, name), name=name, element="period").shape
            for name in ("forecast", "sd", "outcome", "crps", "in_80", "in_95")
        }
        pairs, shape = np.shape(self.pairs), shapes.pop()
        if shapes or pairs != (shape[0], 2) or shape[-1] != len(self.periods):
            raise MeasureRefused(
                "Scores do not fit their pairs and periods.", do="Give one for each pair, sex and period."
            )


@dataclass(frozen=True)
class _Areas:
    values: FloatArray
    standard_errors: FloatArray
    mid_points: FloatArray
    apart: int | None

    def pairs(self) -> list[tuple[tuple[int, int], ...]]:
        """Every pair, the end with the higher mean first: those without the area apart, and those with it."""
        level = self.values.mean(axis=(0, 2))
        ordered = [(a, b) if level[a] >= level[b] else (b, a) for a, b in combinations(range(len(level)), 2)]
        groups = (tuple(pair for pair in ordered if (self.apart in pair) is held) for held in (False, True))
        return [group for group in groups if group]

    def fits(self, origin: int) -> Fits:
        """Variances of all candidates, fitted to the periods up to the origin."""
        seen = slice(origin + 1)
        return fit_candidates(
            self.values[..., seen], self.standard_errors[..., seen], self.mid_points[seen], apart=self.apart
        )


def forecast_record(
    values: ArrayLike,
    standard_errors: ArrayLike,
    mid_points: ArrayLike,
    *,
    apart: int | None,
    fits: Mapping[int, Fits] = MappingProxyType({}),
) -> list[Scored]:
    """Score every candidate for every pair of areas from every origin.

    Args:
        values: two sexes by areas by n periods, HLE in years.
        standard_errors: same shape, years.
        mid_points: n ascending mid-points, decimal years.
        apart: position of the area whose wandering has a scale of its own.
        fits: variances fitted to the periods up to a position, by that position; fitted here where they are not given.

    Raises:
        MeasureRefused: fewer than eight periods, fewer than two areas, or missing values.
    """
    t = seen_times(mid_points, at_least=FIRST_ORIGIN_PERIODS + SHORTEST_HORIZON)
    y = series_over(values, t, name="HLE")
    se = positive_array(standard_errors, name="standard error", element="period")
    if y.ndim != 3 or y.shape != se.shape or y.shape[1] < 2:
        raise MeasureRefused("A record needs sexes by two areas or more by periods.", do="Give all areas of the group.")
    areas = _Areas(y, se, t, area_apart(apart, y.shape[1]))
    origins = range(FIRST_ORIGIN_PERIODS - 1, len(t) - SHORTEST_HORIZON)
    return [one for origin in origins for one in _from_origin(areas, origin, fits.get(origin))]


def _from_origin(areas: _Areas, origin: int, known: Fits | None) -> Iterator[Scored]:
    fits = known or areas.fits(origin)
    for candidate_id in CANDIDATES:
        for pairs in areas.pairs():
            yield _scored(candidate_id, areas, fits, origin, pairs)


def _scored(candidate_id: str, areas: _Areas, fits: Fits, origin: int, pairs: tuple[tuple[int, int], ...]) -> Scored:
    t, (better, worse) = areas.mid_points, np.array(pairs).T
    # sexes by pairs by periods -> pairs by sexes by periods
    gap = (areas.values[:, better] - areas.values[:, worse]).swapaxes(0, 1)
    better_se, worse_se = (areas.standard_errors[:, end].swapaxes(0, 1) for end in (better, worse))
    seen, ahead = slice(origin + 1), slice(origin + SHORTEST_HORIZON, None)
    series = GapSeries(
        gap=gap[..., seen],
        covariance=gap_covariance(better_se[..., seen], worse_se[..., seen], t[seen]),
        mid_points=t[seen],
        asked_mid_points=t[ahead],
        ends=ends_of_pair(*pairs[0], apart=areas.apart),
    )
    sampling = better_se[..., ahead] ** 2 + worse_se[..., ahead] ** 2
    found, outcome = predict(candidate_id, series, fits).published_gap(sampling), gap[..., ahead]
    return Scored(
        candidate_id=candidate_id,
        origin=origin,
        pairs=pairs,
        periods=tuple(range(len(t))[ahead]),
        forecast=found.mean,
        sd=found.sd,
        outcome=outcome,
        **vars(score(found, outcome)),
    )


def summaries(record: Sequence[Scored], *, default_pair: tuple[int, int]) -> list[RecordSummary]:
    """Mean score and coverage of each candidate, in the order in which they were scored.

    Args:
        record: `forecast_record`.
        default_pair: positions of the two areas of the default definition, in any order.

    Raises:
        MeasureRefused: nothing was scored, or not this pair.
    """
    by_id = {one.candidate_id: [other for other in record if other.candidate_id == one.candidate_id] for one in record}
    asked = set(default_pair)
    if len(default_pair) != 2 or not any(set(pair) == asked for one in record for pair in one.pairs):
        raise MeasureRefused("The record does not hold the default pair.", do="Score every pair of areas.")
    return [
        RecordSummary(
            candidate_id=candidate_id,
            crps=_mean(one.crps for one in own),
            coverage_80=_mean(one.in_80 for one in own),
            coverage_95=_mean(one.in_95 for one in own),
            crps_default_pair=_mean(
                one.crps[position] for one in own for position, pair in enumerate(one.pairs) if set(pair) == asked
            ),
        )
        for candidate_id, own in by_id.items()
    ]


def _mean(scores: Iterable[FloatArray | BoolArray]) -> float:
    return float(np.concatenate([np.ravel(one) for one in scores]).mean())
