"""Which end moved away from the rest: each end's change beside England's, and its pace against the other areas."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import finite_array, number, positive_array, spread, times, together
from pipeline.measures.trend.trend import Pace, observed_pace, process_covariance, sampling_covariance

MovedAway = Literal["both ends", "better-off end", "worse-off end", "neither end"]


@dataclass(frozen=True)
class ChangeOfEnd:
    """The change of one end, split into what England did and what the end did beside it; years.

    Attributes:
        change_years: change of the end.
        england_years: change of England.
        own_years: change of the end minus England's; negative is falling further, or rising less.
    """

    change_years: FloatArray
    england_years: FloatArray
    own_years: FloatArray


def change_beside_england(
    *, end_start: ArrayLike, end_now: ArrayLike, england_start: ArrayLike, england_now: ArrayLike
) -> ChangeOfEnd:
    """Split an end's change between two periods into England's change and its own.

    The own part is a little too small: the end is a part of England.

    Raises:
        MeasureRefused: a figure is missing.
    """
    start, now, england_then, england = together(
        *(positive_array(years, name="value") for years in (end_start, end_now, england_start, england_now))
    )
    change, common = np.asarray(now - start), np.asarray(england - england_then)
    return ChangeOfEnd(change, common, np.asarray(change - common))


def pace_against_the_rest(
    end: ArrayLike,
    end_se: ArrayLike,
    rest: ArrayLike,
    rest_se: ArrayLike,
    mid_points: ArrayLike,
    *,
    tau: float,
    sigma: float = 0.0,
) -> Pace:
    """Pace of one end minus the plain mean of the other areas, years per year; positive is moving up, away from them.

    The mean of k areas adds 1/k of an area's variance, so refitting noise and wandering count (1 + 1/k) times.

    Args:
        end: HLE of the end, n periods, years.
        end_se: its standard errors.
        rest: HLE of the k areas that are in neither end, k by n, years.
        rest_se: their standard errors.
        mid_points: n mid-points, decimal years.
        tau: refitting noise of one area's period, years.
        sigma: yearly step of one area's true value; above 0 for the wandering-aware interval.

    Raises:
        MeasureRefused: as `observed_pace`, or no other area is given.
    """
    t = times(mid_points)
    others, others_se = together(
        finite_array(rest, name="value", element="period"),
        positive_array(rest_se, name="standard error", element="period"),
    )
    own, own_se = together(
        finite_array(end, name="value", element="period"),
        positive_array(end_se, name="standard error", element="period"),
    )
    if others.ndim != 2 or own.ndim != 1 or others.shape[1] != own.size:
        raise MeasureRefused(
            f"An end of shape {own.shape} cannot be set beside others of shape {others.shape}.",
            do="Give one row for the end and one row for each other area, over the same periods.",
        )
    k = len(others)
    step, nugget = ((1 + 1 / k) * spread(sd, name="standard deviation") ** 2 for sd in (sigma, tau))
    C = sampling_covariance(own_se, t) + sampling_covariance(others_se, t).sum(axis=0) / k**2
    wandering = step * process_covariance(t, t, t[0] - 1)
    se = np.sqrt(np.diagonal(C))
    return observed_pace(own - others.mean(axis=0), se, t, C + wandering, nugget_variance=nugget)


def moved_away(*, better_off: Pace, worse_off: Pace) -> MovedAway:
    """Which end the figures show moving away from the rest: the better-off end up or the worse-off end down.

    Args:
        better_off: pace of the better-off end against the rest (`pace_against_the_rest`).
        worse_off: of the worse-off end.

    Raises:
        MeasureRefused: a pace has no interval.
    """
    up, down = (
        number(limit.item() if np.ndim(limit) == 0 else np.nan, name="limit of a pace")
        for limit in (better_off.pace_lci_95, worse_off.pace_uci_95)
    )
    words: dict[tuple[bool, bool], MovedAway] = {
        (True, True): "both ends",
        (True, False): "better-off end",
        (False, True): "worse-off end",
        (False, False): "neither end",
    }
    return words[up > 0, down < 0]
