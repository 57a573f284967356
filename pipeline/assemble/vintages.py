"""How the gap of the same period was told by each release of the figures; releases stand side by side, never spliced."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.gap import gaps as gap_measures
from pipeline.tables.provenance import VINTAGES

DEFINITIONS = ("income-regions", "deprivation-regions", "extreme-regions", "slope-regions")
"""Definitions that every release can answer: those between regions. Authorities changed too much between releases."""


def vintages(
    *, hle: pd.DataFrame, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame
) -> pd.DataFrame:
    """Return table `vintages`: the gap by definition, sex, period and release.

    Each release goes through the same measures on its own. Which regions are richest, poorest, least and most deprived
    is decided once, by the income and deprivation figures given, so that between releases only HLE differs.

    Args:
        hle: table `hle`, all releases.
        income: one release of table `income`.
        deprivation: one release of table `deprivation`.
        areas: table `areas`.

    Raises:
        MeasureRefused: a release lacks a region that is an end.
    """
    richest, poorest = gap_measures.income_pair(income)
    least_deprived, most_deprived = gap_measures.deprivation_pair(deprivation, areas)
    scores = gap_measures.region_deprivation(deprivation, areas)
    rows = []
    for release, figures in hle[hle["area_type"] == "region"].groupby("release"):
        regions = gap_measures.with_standard_error(figures)
        ends = {
            "income-regions": gap_measures.pair_ends(regions, better_off=richest, worse_off=poorest),
            "deprivation-regions": gap_measures.pair_ends(regions, better_off=least_deprived, worse_off=most_deprived),
            "extreme-regions": gap_measures.extreme_ends(regions),
            "slope-regions": gap_measures.slope_ends(gap_measures.region_groups(regions, scores)),
        }
        rows += [gap_measures.gap_of_ends(ends[name]).assign(definition=name, release=release) for name in DEFINITIONS]
    return pd.concat(rows, ignore_index=True)[list(VINTAGES.column_names)]


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
        """Releases, old to new."""
        return sorted(self.rows["release"].unique())


def revisions(table: pd.DataFrame, *, definition_id: str, sex: str) -> Revisions:
    """Return what each release says of one definition and sex.

    Args:
        table: table `vintages`.
        definition_id: one of `DEFINITIONS`.
        sex: "female" or "male".

    Raises:
        UsageError: the definition is not told by every release.
    """
    rows = table[(table["definition"] == definition_id) & (table["sex"] == sex)]
    if rows.empty:
        raise UsageError(
            f"Earlier releases do not tell the gap by the definition {definition_id}.",
            do=f"Choose one of: {', '.join(DEFINITIONS)}.",
        )
    rows = rows.assign(mid_point=np.mean([rows["period_start"], rows["period_end"]], axis=0) + 0.5)
    rows = rows.sort_values(["release", "period_start"]).reset_index(drop=True)
    told = rows.groupby("period_start")["release"].nunique()
    last = told[told == rows["release"].nunique()].index.max()
    return Revisions(
        definition_id=definition_id,
        sex=sex,
        rows=rows,
        last_common=rows[rows["period_start"] == last].reset_index(drop=True),
    )
