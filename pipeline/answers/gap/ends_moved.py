"""Which end of a gap moved: each end's change beside England's, and whether it moved away from the other regions."""

from dataclasses import dataclass

import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.measures.gap.against_the_rest import MovedAway, moved_away, pace_against_the_rest
from pipeline.measures.gap.difference import standard_error_from_interval
from pipeline.measures.trend.trend import Pace

ENDS = ("better_off", "worse_off")


@dataclass(frozen=True, kw_only=True)
class EndsMoved:
    """What England and both ends did since the baseline, in years, and which end moved away from the rest."""

    england_change: float
    away: MovedAway | None
    """Since the first period; None where the ends are not two fixed regions."""
    paces: tuple[Pace, Pace] | None
    """Pace of the better-off and the worse-off end against the mean of the other regions."""


def ends_moved(answer: Answer, hle: pd.DataFrame, *, tau: float) -> EndsMoved:
    """From table `hle` (newest release): England, and the regions that are in neither end.

    `tau`: refitting noise of one region's period, years.
    """
    rows = hle[hle["sex"] == answer.sex]
    england = rows[rows["area_type"] == "country"].set_index("period")["hle_years"]
    change = float(england[answer.latest["period"]] - england[answer.baseline["period"]])
    paces = _paces(answer, rows[rows["area_type"] == "region"], tau)
    away = None if paces is None else moved_away(better_off=paces[0], worse_off=paces[1])
    return EndsMoved(england_change=change, away=away, paces=paces)


def _paces(answer: Answer, regions: pd.DataFrame, tau: float) -> tuple[Pace, Pace] | None:
    regions = regions.assign(se=standard_error_from_interval(regions["hle_lci_95"], regions["hle_uci_95"]))
    years, errors = (
        regions.pivot(index="area_name", columns="period", values=name)[answer.history["period"]]
        for name in ("hle_years", "se")
    )
    ends = [set(answer.history[end]) for end in ENDS]
    if any(len(names) > 1 or not names <= set(years.index) for names in ends):
        return None
    names = [next(iter(one)) for one in ends]
    rest = [name for name in years.index if name not in names]
    better, worse = (
        pace_against_the_rest(
            years.loc[name].to_numpy(),
            errors.loc[name].to_numpy(),
            years.loc[rest].to_numpy(),
            errors.loc[rest].to_numpy(),
            answer.history["mid_point"].to_numpy(dtype=float),
            tau=tau,
        )
        for name in names
    )
    return better, worse
