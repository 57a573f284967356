"""How the true values of both sexes of an area move: a drift that they share, and wandering that is correlated.

Area r, sex s, year t: level_rs + b_r t + walk_rs(t), with b_r ~ N(0, omega²) the same for both sexes and yearly steps of
the walk ~ N(0, sigma²), correlated rho between the sexes. Periods are means of three years. Levels are free.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import covariance_matrices, non_negative_array, number, times
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.trend import process_covariance


@dataclass(frozen=True, kw_only=True)
class VarianceSets:
    """K sets of the unknown spreads of one area, each as an array of K.

    Attributes:
        sigma: standard deviation of a yearly step, years.
        omega: standard deviation of the drift, years per year.
        rho: correlation of the sexes' steps, 0 to 1.
        tau: standard deviation of a published period's refitting noise, years.
        scale_apart: how many times sigma the area apart wanders.
    """

    sigma: FloatArray
    omega: FloatArray
    rho: FloatArray
    tau: FloatArray
    scale_apart: FloatArray

    def __post_init__(self) -> None:
        """Refuse spreads that are negative, missing or of unequal number."""
        arrays = [non_negative_array(value, name=name, element="set") for name, value in vars(self).items()]
        if arrays[0].ndim != 1 or arrays[0].size == 0 or len({array.shape for array in arrays}) > 1:
            raise MeasureRefused("Sets of variances are of unequal number.", do="Give one of each for every set.")
        if np.any(self.rho > 1):
            raise MeasureRefused("A correlation lies above 1.", do="Give correlations from 0 to 1.")

    def __getitem__(self, kept: np.ndarray) -> "VarianceSets":
        """The sets at these positions."""
        return VarianceSets(**{name: value[kept] for name, value in vars(self).items()})


def process_of_sexes(
    first: FloatArray, second: FloatArray, sets: VarianceSets, ends: GapEnds, *, sexes: int, origin: float
) -> FloatArray:
    """Covariance of drift and wandering between the periods `first` and `second` of a gap.

    Args:
        first: n mid-points, decimal years.
        second: m mid-points.
        sets: K sets of variances.
        ends: how many variances of one area the gap carries.
        sexes: 1 or 2, the blocks of rows and of columns.
        origin: a year before all; the free levels make the answer the same for any.

    Returns:
        K by (sexes x n) by (sexes x m), years squared, sexes outermost.

    Raises:
        MeasureRefused: times or origin are missing, infinite or out of order, or there are not one or two sexes.
    """
    start = number(origin, name="origin")
    if sexes not in (1, 2):
        raise MeasureRefused(f"There is no process of {sexes} sexes.", do="Give 1 or 2.")
    walk = process_covariance(first, second, origin)
    line = np.outer(times(first) - start, times(second) - start)
    alike = np.eye(sexes)[None] + sets.rho[:, None, None] * (1 - np.eye(sexes))
    steps = sets.sigma**2 * (ends.ordinary + ends.apart * sets.scale_apart**2)
    wandering = (steps[:, None, None] * alike)[:, :, None, :, None] * walk[None, None, :, None, :]
    drift = (ends.total * sets.omega**2)[:, None, None, None, None] * line[None, None, :, None, :]
    return np.asarray((wandering + drift).reshape(len(sets.sigma), sexes * len(first), sexes * len(second)))


def one_block(covariance: FloatArray) -> FloatArray:
    """Covariances of each sex (..., s, n, n) as one matrix (..., s n, s n), the sexes' errors being independent.

    Raises:
        MeasureRefused: a matrix is not square or symmetric, an entry is missing, or a variance is negative.
    """
    *lead, sexes, n, _ = covariance_matrices(
        covariance, np.shape(covariance)[-1] if np.ndim(covariance) > 2 else 0
    ).shape
    block = np.zeros((*lead, sexes, n, sexes, n))
    for sex in range(sexes):
        block[..., sex, :, sex, :] = covariance[..., sex, :, :]
    return block.reshape(*lead, sexes * n, sexes * n)
