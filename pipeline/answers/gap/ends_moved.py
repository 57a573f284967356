"""Which end of a gap moved away from the rest of England: each end's change beside England's, and its pace."""

from dataclasses import dataclass

import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import Evidence
from pipeline.errors import UsageError
from pipeline.measures.gap.against_the_rest import (
    ChangeOfEnd,
    MovedAway,
    change_beside_england,
    moved_away,
    pace_against_the_rest,
)
from pipeline.measures.gap.gaps import with_standard_error
from pipeline.measures.trend.trend import Pace


@dataclass(frozen=True)
class EndMoved:
    """One end of a gap between two regions; years, and years per year (positive is up, away from the rest)."""

    name: str
    change: ChangeOfEnd
    """Since the baseline: the end's change, England's, and the end's own."""
    pace: Pace
    """Against the plain mean of the regions that are in neither end, over all periods held."""


@dataclass(frozen=True)
class EndsMoved:
    """Both ends, and which of them the figures show moving away from the rest."""

    better_off: EndMoved
    worse_off: EndMoved
    moved_away: MovedAway
    rest: tuple[str, ...]
    """Names of the regions that the ends are set beside."""


def ends_moved(answer: Answer, *, hle: pd.DataFrame, evidence: Evidence) -> EndsMoved:
    """Both ends of a gap between two fixed regions, each beside England and beside the other regions.

    The interval of a pace knows sampling and refitting, not wandering: it is about the figures seen.

    Args:
        answer: the answer for one sex.
        hle: table `hle`, newest release.
        evidence: for the refitting noise of one region.

    Raises:
        UsageError: the ends of the gap are not two fixed regions.
    """
    own = hle[(hle["sex"] == answer.sex) & hle["period"].isin(answer.history["period"])]
    regions = with_standard_error(own[own["area_type"] == "region"])
    values, errors = (
        regions.pivot(index="area_name", columns="period_start", values=column) for column in ("hle_years", "hle_se")
    )
    better, worse = _fixed_ends(answer, values.index)
    rest = values.index.difference([better, worse])
    england = own[own["area_type"] == "country"].set_index("period")["hle_years"]
    periods = (answer.baseline["period"], answer.latest["period"])
    then, now = (float(england[period]) for period in periods)

    def moved(end: str, side: str) -> EndMoved:
        return EndMoved(
            name=end,
            change=change_beside_england(
                end_start=answer.baseline[f"{side}_years"],
                end_now=answer.latest[f"{side}_years"],
                england_start=then,
                england_now=now,
            ),
            pace=pace_against_the_rest(
                values.loc[end],
                errors.loc[end],
                values.loc[rest],
                errors.loc[rest],
                answer.history["mid_point"],
                tau=evidence.fits.no_drift.tau,
            ),
        )

    up, down = moved(better, "better_off"), moved(worse, "worse_off")
    return EndsMoved(up, down, moved_away(better_off=up.pace, worse_off=down.pace), tuple(rest))


def _fixed_ends(answer: Answer, regions: pd.Index) -> tuple[str, str]:
    better, worse = (answer.history[side].unique() for side in ("better_off", "worse_off"))
    if len(better) > 1 or len(worse) > 1 or better[0] not in regions or worse[0] not in regions:
        raise UsageError(
            "The ends of this gap are not two fixed regions, so there is no rest to set them beside.",
            do="Choose a definition between two regions.",
        )
    return str(better[0]), str(worse[0])
