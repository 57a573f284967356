"""The forecast of a gap for both sexes together, its drift shrunken towards none and its variances integrated over."""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.trend.conditional import JointNormal, conditional
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.inputs import asked_times, covariance_over, seen_times, series_over
from pipeline.measures.trend.prediction import Prediction
from pipeline.measures.trend.two_sex_process import one_block, process_of_sexes
from pipeline.measures.trend.two_sex_variances import IntegratedVariances


def two_sex_forecast(
    gap: ArrayLike,
    covariance: ArrayLike,
    mid_points: ArrayLike,
    asked_mid_points: ArrayLike,
    *,
    variances: IntegratedVariances,
    ends: GapEnds,
) -> Prediction:
    """The true gap of given periods for each sex, learning each sex's movement from the other's too.

    Args:
        gap: one or two sexes by n periods after any leading shape (pairs), years; positive where the better-off end is
            ahead.
        covariance: S, n by n for each of them, sampling covariance (`gap_covariance`), years squared.
        mid_points: n ascending mid-points of three-year periods, decimal years.
        asked_mid_points: m ascending mid-points, not before the first of `mid_points`; past ones are smoothed.
        variances: fitted to the areas (`integrated_variances`).
        ends: what the gap is made of.

    Raises:
        MeasureRefused: fewer than four periods, more than two sexes, missing values, or a period before the first.
    """
    t = seen_times(mid_points)
    y, asked = series_over(gap, t), asked_times(asked_mid_points, t)
    if y.ndim < 2 or y.shape[-2] > 2:
        raise MeasureRefused("A gap must be one or two sexes by periods.", do="Give a row for each sex.")
    S = one_block(covariance_over(covariance, y))
    used = variances.for_ends(ends)
    sets, sexes = used.sets, y.shape[-2]
    nugget = ends.total * sets.tau**2

    def between(first: FloatArray, second: FloatArray) -> FloatArray:
        return process_of_sexes(first, second, sets, ends, sexes=sexes, origin=t[0] - 1)

    found = conditional(
        y.reshape(*y.shape[:-2], 1, -1),
        JointNormal(
            seen=S[..., None, :, :] + between(t, t) + nugget[:, None, None] * np.eye(sexes * len(t)),
            across=between(asked, t),
            asked=between(asked, asked),
            design=_own_levels(sexes, t),
            design_asked=_own_levels(sexes, asked),
        ),
    )
    m = len(asked)
    within = found.covariance.reshape(*found.covariance.shape[:-2], sexes, m, sexes, m)
    own = np.stack([within[..., sex, :, sex, :] for sex in range(sexes)], axis=-3)
    return Prediction(
        weights=used.weights,
        mean=np.moveaxis(found.mean.reshape(*found.mean.shape[:-1], sexes, m), y.ndim - 2, 0),
        covariance=np.moveaxis(own, y.ndim - 2, 0),
        nugget_variance=nugget,
    )


def _own_levels(sexes: int, t: FloatArray) -> FloatArray:
    """A free level for each sex."""
    return np.kron(np.eye(sexes), np.ones((len(t), 1))).astype(float)
