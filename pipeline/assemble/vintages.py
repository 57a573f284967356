"""How the gap of the same period was told by each release of the figures; releases stand side by side, never spliced."""

import pandas as pd

from pipeline.measures.gap import gaps as gap_measures
from pipeline.tables.provenance import VINTAGES


def vintages(
    *, hle: pd.DataFrame, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame
) -> pd.DataFrame:
    """Table `vintages`: the gap between regions by definition, sex, period and release.

    Each release (`hle` holds all) goes through the same measures on its own. Income and deprivation (one release each)
    decide once which regions are the ends, so that between releases only HLE differs. Definitions between authorities
    are left out: authorities changed too much between releases.

    Raises:
        MeasureRefused: a release lacks a region that is an end.
    """
    rows = []
    for release, figures in hle[hle["area_type"] == "region"].groupby("release"):
        regions = gap_measures.with_standard_error(figures)
        ends = gap_measures.region_ends(regions, income=income, deprivation=deprivation, areas=areas)
        rows += [gap_measures.gap_of_ends(own).assign(definition=name, release=release) for name, own in ends.items()]
    return pd.concat(rows, ignore_index=True)[list(VINTAGES.column_names)]
