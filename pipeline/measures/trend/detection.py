"""When could one tell? The smallest change that the figures can show, and the first publication that could show it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import number, positive_array, spread
from pipeline.measures.trend.rolling import publication_month
from pipeline.measures.trend.trend import observed_pace, process_covariance, sampling_covariance

LONGEST_WAIT_PERIODS = 60


@dataclass(frozen=True)
class FirstToTell:
    """The first publication in which a pace could be told from standing still.

    Attributes:
        mid_point: mid-point of the last period that is needed, decimal years.
        published: first day of the month in which it appears, if the usual lag holds.
        period_count: periods in the slope, counting the one it starts from.
        pace_se: standard error of the slope by then, years per year.
    """

    mid_point: float
    published: date
    period_count: int
    pace_se: float


def smallest_detectable_change(standard_error: ArrayLike, power: float | None = None) -> FloatArray:
    """Smallest change between two independent periods that stands out: z sqrt(2) SE, years.

    z = 1.96 makes a change of that size significant at 95%; it is then as likely missed as found. With `power`,
    z = 1.96 + the quantile of the power (2.80 at 80%): a true change of that size is found that often.

    Args:
        standard_error: standard error of one period's figure, the same in both, years.
        power: probability of finding it, above one half; None for an even chance.
    """
    return np.asarray(_z(power) * np.sqrt(2) * positive_array(standard_error, name="standard error"))


def first_to_tell(
    pace: float,
    *,
    gap_se: float,
    from_mid_point: float,
    nugget_variance: float = 0.0,
    step_variance: float = 0.0,
    power: float | None = 0.8,
) -> FirstToTell:
    """First publication in which a gap moving at `pace` could be told from one that stands still.

    The slope is taken over every yearly-published period from `from_mid_point` on; its error counts overlap,
    refitting noise and, if given, wandering. The first last-period for which |pace| >= z SE is the answer.

    Args:
        pace: pace to be told, years per year, usually the required one; not zero.
        gap_se: standard error of the gap in one period, assumed to stay as it is, years.
        from_mid_point: period in which the path starts, decimal years.
        nugget_variance: variance of refitting noise of the gap, years squared (2 tau² for two areas).
        step_variance: variance of a yearly step of the true gap (2 sigma² for two areas); 0 asks only whether the
            gap moved, above 0 whether it moved by more than it wanders anyway.
        power: probability of telling, above one half; None for an even chance.

    Raises:
        MeasureRefused: pace zero, no standard error, a negative variance, a power of one half or less, or no publication
            within 60 years.
    """
    speed, start = abs(number(pace, name="pace")), number(from_mid_point, name="mid-point", above=0)
    nugget, step = (spread(variance, name="variance") for variance in (nugget_variance, step_variance))
    se = spread(gap_se, name="standard error")
    if not speed or not se:
        raise MeasureRefused(
            "Standing still cannot be told from standing still, nor anything without a standard error.",
            do="Give a pace other than zero and the standard error of the gap.",
        )
    z = _z(power)
    for count in range(3, LONGEST_WAIT_PERIODS + 1):
        slope_se = _slope_se(count, se, start, nugget, step)
        if speed >= z * slope_se:
            last = start + count - 1
            return FirstToTell(last, publication_month(last), count, slope_se)
    raise MeasureRefused(
        f"A pace of {pace:.2f} years a year could not be told from standing still within"
        f" {LONGEST_WAIT_PERIODS} publications.",
        do="Say so on the screen: this definition cannot show whether the path is kept.",
    )


# The pace to be told is no part of it, so a series of questions about one gap needs it once.
@lru_cache(maxsize=4096)
def _slope_se(count: int, gap_se: float, start: float, nugget_variance: float, step_variance: float) -> float:
    t, se = start + np.arange(count), np.full(count, gap_se)
    C = sampling_covariance(se, t) + step_variance * process_covariance(t, t, t[0] - 1)
    return float(observed_pace(np.zeros(count), se, t, C, nugget_variance=nugget_variance).pace_se)


def _z(power: float | None) -> float:
    if power is None:
        return float(ndtri(0.975))
    # below one half the wanted power would shorten the wait instead of lengthening it
    return float(ndtri(0.975) + ndtri(number(power, name="power", above=0.5, below=1)))
