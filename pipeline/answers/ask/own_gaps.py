"""The gaps that an analyst's own estimates for all our regions or authorities make, by the definitions in use."""

import pandas as pd

from pipeline.measures.gap.gaps import (
    deprivation_fifth_ends,
    extreme_tenth_ends,
    gap_of_ends,
    region_ends,
    tenth_selection,
    with_standard_error,
)
from pipeline.processed import Tables

_PERIOD = ["sex", "period", "period_start", "period_end"]


def own_gaps(tables: Tables, hle: pd.DataFrame) -> pd.DataFrame:
    """Table `gaps` of own estimates; no rows where they hold neither all regions nor all authorities that ours have.

    Args:
        tables: an open build, for incomes and deprivation.
        hle: one release of own estimates; their tenths of small areas are not known, so no definition uses them.

    Raises:
        MeasureRefused: areas have figures for different periods, or a better-off end has the lower values throughout.
    """
    figures, columns = with_standard_error(hle), tables.table("gaps").iloc[:0]
    ends = _ends(tables, figures)
    if not ends:
        return columns
    gaps = pd.concat([gap_of_ends(rows).assign(definition=name) for name, rows in ends.items()], ignore_index=True)
    if "extreme-tenths" in ends:
        picked = tenth_selection(figures[figures["area_type"] == "utla"]).assign(definition="extreme-tenths")
        gaps = gaps.merge(picked, on=["definition", *_PERIOD], how="left", validate="one_to_one")
    added = {"release": hle["release"].iloc[0], "model_se": gaps["gap_se"]}
    return gaps.assign(**added).reindex(columns=columns.columns).astype(columns.dtypes)


def _ends(tables: Tables, figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Definition -> its two ends in every period, for the definitions whose areas are all there."""
    ends: dict[str, pd.DataFrame] = {}
    deprivation, ours = tables.table("deprivation"), tables.newest("hle")
    regions, authorities = (figures[figures["area_type"] == level] for level in ("region", "utla"))
    if _all_there(regions, ours[ours["area_type"] == "region"]):
        ends |= region_ends(
            regions, income=tables.table("income"), deprivation=deprivation, areas=tables.table("areas")
        )
    if _all_there(authorities, ours[ours["area_type"] == "utla"]):
        ends["deprivation-fifths"] = deprivation_fifth_ends(authorities, deprivation)
        ends["extreme-tenths"] = extreme_tenth_ends(authorities)
    return ends


def _all_there(own: pd.DataFrame, ours: pd.DataFrame) -> bool:
    return set(own["area_code"]) == set(ours["area_code"])
