"""Early signs: the building blocks that go with healthy life most closely and answer soonest."""

import pandas as pd

from pipeline.errors import UsageError

SIGNS_SHOWN = 5


def early_signs(
    levers: pd.DataFrame, associations: pd.DataFrame, changes: pd.DataFrame, *, sex: str, count: int = SIGNS_SHOWN
) -> pd.DataFrame:
    """The building blocks to watch, the closest link first: indicator and correlation.

    A block is one if its figure can answer within about five years (horizon "short"), it is held for more than one period, and
    more of it goes with more healthy life clearly, before deprivation is allowed for. From tables `levers`,
    `lever_associations` and `lever_changes`.

    Raises:
        UsageError: no block is any of these.
    """
    soon = levers.loc[levers["horizon"] == "short", "indicator"]
    moving = changes.loc[changes["moved"] != "one period", "indicator"]
    linked = associations[
        (associations["sex"] == sex)
        & (associations["allowing_for"] == "nothing")
        & associations["stands_out"]
        & (associations["correlation"] > 0)
        & associations["indicator"].isin(soon)
        & associations["indicator"].isin(moving)
    ]
    if linked.empty:
        raise UsageError("No building block answers soon and goes with healthy life.", do="Look at all on Levers.")
    closest: pd.DataFrame = linked.nlargest(count, "correlation")[["indicator", "correlation"]].reset_index(drop=True)
    return closest
