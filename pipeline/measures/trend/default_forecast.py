"""Which forecast is shown first: chosen by its record, by a rule fixed beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import MeasureRefused
from pipeline.measures.refusals import probability, spread

COVERAGE_80 = (0.75, 0.90)
LEAST_COVERAGE_95 = 0.90
BENCHMARK = "last-value"
"""The forecast that costs nothing: the default may not be worse than it for the pair that the promise is about."""


@dataclass(frozen=True, kw_only=True)
class RecordSummary:
    """The record of one candidate over all pairs, sexes, origins and periods.

    Attributes:
        candidate_id: the candidate.
        crps: mean continuous ranked probability score, years; lower is better.
        coverage_80: share of outcomes inside the 80% interval.
        coverage_95: share inside the 95% interval.
        crps_default_pair: mean score of the default definition's pair alone, both sexes.
    """

    candidate_id: str
    crps: float
    coverage_80: float
    coverage_95: float
    crps_default_pair: float

    def __post_init__(self) -> None:
        """Refuse scores and shares that are none."""
        for name in ("crps", "crps_default_pair"):
            spread(getattr(self, name), name=name)
        for name in ("coverage_80", "coverage_95"):
            probability(getattr(self, name), name=name)


def default_forecast(record: Sequence[RecordSummary]) -> str:
    """Id of the candidate with the lowest score among those whose intervals are honest; the first one on a tie.

    Honest: 80% intervals hold 75% to 90% of outcomes, 95% intervals hold 90% or more, and the score for the default
    pair is no worse than that of the last value.

    Raises:
        MeasureRefused: the record lacks the last value, or no candidate is honest.
    """
    by_id = {one.candidate_id: one for one in record}
    if BENCHMARK not in by_id:
        raise MeasureRefused(f"The record lacks the candidate {BENCHMARK}.", do="Score it with the others.")
    worst = by_id[BENCHMARK].crps_default_pair
    honest = [one for one in record if _honest(one) and one.crps_default_pair <= worst]
    if not honest:
        raise MeasureRefused(
            "No forecast has intervals that held as often as they say.", do="Widen a model, or show no forecast."
        )
    return honest[int(np.argmin([one.crps for one in honest]))].candidate_id


def _honest(one: RecordSummary) -> bool:
    return COVERAGE_80[0] <= one.coverage_80 <= COVERAGE_80[1] and one.coverage_95 >= LEAST_COVERAGE_95
