"""How the gap of the same period was told by each release of the figures."""

from dataclasses import dataclass

import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import BETWEEN_REGIONS
from pipeline.measures.trend.rolling import mid_point


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """One definition and sex as told by each release."""

    definition_id: str
    sex: str
    rows: pd.DataFrame
    """Rows of table `vintages`, with mid_point added, releases from old to new."""
    last_common: pd.DataFrame
    """The rows of the latest period that all releases hold, one per release, old to new."""

    @property
    def releases(self) -> list[str]:
        """Old to new."""
        return sorted(self.rows["release"].unique())


def revisions(table: pd.DataFrame, *, definition_id: str, sex: str) -> Revisions:
    """What each release says of one definition between regions and one sex, from table `vintages`.

    Raises:
        UsageError: the definition is not told by every release.
    """
    rows = table[(table["definition"] == definition_id) & (table["sex"] == sex)]
    if rows.empty:
        raise UsageError(
            f"Earlier releases do not tell the gap by the definition {definition_id}.",
            do=f"Choose one of: {', '.join(BETWEEN_REGIONS)}.",
        )
    rows = rows.assign(mid_point=mid_point(rows["period_start"], rows["period_end"]))
    rows = rows.sort_values(["release", "period_start"]).reset_index(drop=True)
    told = rows.groupby("period_start")["release"].nunique()
    last = told[told == rows["release"].nunique()].index.max()
    return Revisions(
        definition_id=definition_id,
        sex=sex,
        rows=rows,
        last_common=rows[rows["period_start"] == last].reset_index(drop=True),
    )
