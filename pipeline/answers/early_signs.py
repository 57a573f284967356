"""Early signs: the building blocks that go with healthy life most closely and answer soonest; which way a place's have moved."""

from collections.abc import Collection, Mapping

import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.places.similar_places import AgainstSimilar, change_against_similar

SIGNS_SHOWN = 5
FEWEST_SIMILAR = 5


def early_signs(
    levers: pd.DataFrame, associations: pd.DataFrame, changes: pd.DataFrame, *, count: int = SIGNS_SHOWN
) -> pd.DataFrame:
    """The building blocks to watch, the closest link first: indicator, female and male (correlation of each sex).

    A block is one if its figure can answer within about five years (horizon "short"), it is held for more than one period, and
    more of it clearly goes with more healthy life of women and of men, before deprivation is allowed for. The closest link is
    the highest mean of the two. From tables `levers`, `lever_associations` and `lever_changes`.

    Raises:
        UsageError: no block is any of these.
    """
    soon = levers.loc[levers["horizon"] == "short", "indicator"]
    moving = changes.loc[changes["moved"] != "one period", "indicator"]
    clear = associations[
        (associations["allowing_for"] == "nothing") & associations["stands_out"] & (associations["correlation"] > 0)
    ]
    linked = clear.pivot(index="indicator", columns="sex", values="correlation").dropna()
    linked = linked[linked.index.isin(soon) & linked.index.isin(moving)]
    if linked.empty:
        raise UsageError("No building block answers soon and goes with healthy life.", do="Look at all on Levers.")
    closest = linked.mean(axis=1).nlargest(count).index
    found: pd.DataFrame = linked.loc[closest].reset_index()
    return found


def moved_beside_similar(
    figures: pd.DataFrame, *, area_code: str, similar: Collection[str], signs: Mapping[str, int]
) -> pd.DataFrame:
    """How each building block of a place has moved against similar places, between its first period and the latest.

    Figures are in standard deviations of all authorities in their own period, so that rising prices count for nothing; more is
    better. `moved` is "gaining" or "losing ground" where the 95% interval of the difference leaves out zero
    (`change_against_similar`), else "not clear".

    Args:
        figures: indicator, area_code, period, period_start, value of the authorities.
        area_code: the place.
        similar: codes of similar places.
        signs: indicator -> +1 or -1.

    Returns:
        indicator, first_period, change_sd (the place's change minus theirs), change_sd_lci_95, change_sd_uci_95, moved; one row
        per indicator with two periods for the place and five similar places.
    """
    rows = []
    for indicator, held in figures.groupby("indicator"):
        own = held[held["area_code"] == area_code].sort_values("period_start")
        first, latest = own["period_start"].min(), held["period_start"].max()
        if not first < latest:  # no figure at all, or one period
            continue
        then, now = (_standardised(held[held["period_start"] == at], signs[str(indicator)]) for at in (first, latest))
        change = (now - then).dropna()
        others = change[change.index.isin(similar)]
        if area_code not in change or len(others) < FEWEST_SIMILAR:
            continue
        found = change_against_similar(float(change[area_code]), others)
        rows.append(
            {
                "indicator": indicator,
                "first_period": own["period"].iloc[0],
                "change_sd": found.difference,
                "change_sd_lci_95": found.lower,
                "change_sd_uci_95": found.upper,
                "moved": _moved(found),
            }
        )
    names = ["indicator", "first_period", "change_sd", "change_sd_lci_95", "change_sd_uci_95", "moved"]
    return pd.DataFrame(rows, columns=names)


def _moved(found: AgainstSimilar) -> str:
    if found.lower > 0:
        return "gaining"
    return "losing ground" if found.upper < 0 else "not clear"


def _standardised(figures: pd.DataFrame, sign: int) -> pd.Series:
    values = figures.set_index("area_code")["value"]
    return sign * (values - values.mean()) / values.std()
