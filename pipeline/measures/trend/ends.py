"""How much of the areas' wandering a gap carries: the squared weights of its ends."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from pipeline.errors import MeasureRefused
from pipeline.measures.refusals import count_of, finite_array, number, spread
from pipeline.measures.trend.inputs import area_apart


@dataclass(frozen=True, kw_only=True)
class GapEnds:
    """Sums of squared weights of the areas in a gap: one area's variances times these are the gap's.

    Attributes:
        ordinary: of the areas that share one scale of wandering; 2 for two of them.
        apart: of the area whose scale is its own; 1 for a gap between it and another, else 0.
        borrowed: whether the ends are no areas that the variances were learnt from (fifths, tenths): then every area's
            scale is taken as alike, and the forecast is labelled so.
    """

    ordinary: float = 2.0
    apart: float = 0.0
    borrowed: bool = False

    def __post_init__(self) -> None:
        """Refuse negative, missing or infinite sums, and a gap without ends."""
        spread(self.ordinary, name="sum of squared weights")
        spread(self.apart, name="sum of squared weights")
        number(self.total, name="sum of squared weights", above=0.0)

    @property
    def total(self) -> float:
        """All ends together."""
        return self.ordinary + self.apart


BORROWED = GapEnds(borrowed=True)
"""A gap whose ends are groups of authorities or of small areas: two ends with the variances of regions."""


def ends_of_pair(first: int, second: int, *, apart: int | None) -> GapEnds:
    """Ends of a gap between two areas, given by their positions, one of which may be the area apart.

    Raises:
        MeasureRefused: an area against itself, or a position that is no whole number from 0.
    """
    given = [first, second] if apart is None else [first, second, apart]
    positions = [count_of(one, name="position of an area", at_least=0) for one in given]
    if first == second:
        raise MeasureRefused("An area has no gap to itself.", do="Give two different areas.")
    return GapEnds(ordinary=1.0, apart=1.0) if apart in positions[:2] else GapEnds()


def ends_of_weights(weights: ArrayLike, *, apart: int | None) -> GapEnds:
    """Ends of a gap that is a known combination of areas, such as the slope index across nine regions.

    Args:
        weights: weight of each area; they sum to zero.
        apart: position of the area whose scale is its own.

    Raises:
        MeasureRefused: weights are missing, do not sum to zero, or there is no such position.
    """
    w = finite_array(weights, name="weight", element="area")
    if w.ndim != 1 or len(w) < 2 or abs(w.sum()) > 1e-6 * abs(w).sum():
        raise MeasureRefused(
            "A gap between areas needs two weights or more that sum to zero.", do="Give one weight for each area."
        )
    position = area_apart(apart, len(w))
    own = 0.0 if position is None else float(w[position] ** 2)
    return GapEnds(ordinary=float((w**2).sum()) - own, apart=own)
