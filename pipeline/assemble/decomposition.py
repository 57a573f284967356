"""What the gap is made of: length of life, and the share of it in good health."""

import pandas as pd

from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.life.decomposition import midpoint_split

KEYS = ["sex", "period", "period_start", "period_end"]
TENTHS = {1: "Most deprived tenth", 10: "Least deprived tenth"}
"""The ends of definitions between tenths, as table `gaps` names them."""


def decomposition(
    *, gaps: pd.DataFrame, life_expectancy: pd.DataFrame, deciles: pd.DataFrame, slopes: pd.DataFrame
) -> pd.DataFrame:
    """Each gap split into mortality and health, by the midpoint split of HLE = LE x share in good health.

    Only periods that have life expectancy can be split, and only definitions whose ends have life expectancy in one release can be split: those between regions or tenths of
    small areas. Groups of authorities cannot: their life expectancy comes from two releases. `life_expectancy` is the
    raw table, `deciles` one release of table `hle_deciles`.

    Returns definition, sex, period columns, part ("mortality" or "health"), years. Parts sum to the gap; positive parts
    widen it.
    """
    regions = life_expectancy[life_expectancy["area_type"] == "region"]
    tenths = deciles[deciles["imd_decile"].isin(TENTHS)].assign(area_name=deciles["imd_decile"].map(TENTHS))
    le = {"regions": regions, "deciles": tenths}
    ends = []
    for name, definition in DEFINITIONS.items():
        rows = gaps[gaps["definition"] == name]
        if definition.is_slope:
            ends.append(_slope_le(rows, slopes, definition.groups))
        elif definition.groups in le:
            ends.append(_with_le(rows, le[definition.groups]))
    # healthy life expectancy is often published before life expectancy
    known = pd.concat(ends, ignore_index=True).dropna(subset=["worse_off_le_years", "better_off_le_years"])
    known = known.reset_index(drop=True)
    split = midpoint_split(
        first_le_years=known["worse_off_le_years"],
        first_hle_years=known["worse_off_years"],
        second_le_years=known["better_off_le_years"],
        second_hle_years=known["better_off_years"],
    )
    parts = {"mortality": split.mortality_years, "health": split.health_years}
    return pd.concat(
        [known[["definition", *KEYS]].assign(part=part, years=years) for part, years in parts.items()],
        ignore_index=True,
    )


def _with_le(gaps: pd.DataFrame, le: pd.DataFrame) -> pd.DataFrame:
    for side in ("better_off", "worse_off"):
        named = le[[*KEYS, "area_name", "le_years"]].set_axis([*KEYS, side, f"{side}_le_years"], axis="columns")
        gaps = gaps.merge(named, on=[*KEYS, side], how="left", validate="many_to_one")
    return gaps


def _slope_le(gaps: pd.DataFrame, slopes: pd.DataFrame, groups: str) -> pd.DataFrame:
    fitted = slopes[(slopes["measure"] == "le") & (slopes["groups"] == groups)]
    rows = gaps.merge(fitted, on=KEYS, validate="one_to_one")
    worse_off = rows["intercept_years"]
    return rows.assign(worse_off_le_years=worse_off, better_off_le_years=worse_off + rows["sii_years"])
