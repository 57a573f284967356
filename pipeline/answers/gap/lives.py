"""The gap in life expectancy beside the gap in healthy life expectancy, and the share of life in good health."""

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.errors import UsageError
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval

ENDS = ("better_off", "worse_off")


def gap_in_lives(answer: Answer, life_expectancy: pd.DataFrame) -> pd.DataFrame:
    """Both gaps in every period of an answer that has life expectancy too, in years, and the share of life in good health at both ends, 0 to 1.

    Columns: period, mid_point, the HLE gap (gap_years with limits), the LE gap (le_gap_years with limits), and for each
    end its LE (better_off_le) and share (better_off_share). `life_expectancy`: table of that name, newest release.

    Raises:
        UsageError: an end of the gap is no region.
    """
    regions = life_expectancy[
        (life_expectancy["area_type"] == "region") & (life_expectancy["sex"] == answer.sex)
    ].assign(le_se=lambda rows: standard_error_from_interval(rows["le_lci_95"], rows["le_uci_95"]))
    known = regions.set_index(["area_name", "period"])[["le_years", "le_se"]]
    asked = {end: pd.MultiIndex.from_frame(answer.series[[end, "period"]]) for end in ENDS}
    held = asked["better_off"].isin(known.index) & asked["worse_off"].isin(known.index)
    if not held.any():
        raise UsageError(
            "Length of life is compared here for gaps between two regions only.",
            do="Choose a definition between two regions.",
        )
    series = answer.series[held]
    found = series[["period", "mid_point", "gap_years", "gap_lci_95", "gap_uci_95"]].copy()
    for end in ENDS:
        found[[f"{end}_le", f"{end}_se"]] = known.loc[asked[end][held]].to_numpy()
        found[f"{end}_share"] = series[f"{end}_years"].to_numpy() / found[f"{end}_le"]
    gap = found["better_off_le"] - found["worse_off_le"]
    lower, upper = interval_from_standard_error(gap, np.hypot(found["better_off_se"], found["worse_off_se"]))
    return found.assign(le_gap_years=gap, le_gap_lci_95=lower, le_gap_uci_95=upper)
