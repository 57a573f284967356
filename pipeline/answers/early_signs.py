"""Early signs: the building blocks that go with healthy life most closely and answer soonest."""

import pandas as pd

from pipeline.errors import UsageError

SIGNS_SHOWN = 5


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
