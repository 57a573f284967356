"""What the gap is made of: length of life, and the share of it in good health."""

import pandas as pd

from pipeline.measures.life.decomposition import midpoint_split

KEYS = ["sex", "period", "period_start", "period_end"]
REGION_PAIRS = ("income-regions", "deprivation-regions", "extreme-regions")
SLOPES = {"slope-regions": "regions", "slope-deciles": "deciles"}


def decomposition(
    *, gaps: pd.DataFrame, life_expectancy: pd.DataFrame, deciles: pd.DataFrame, slopes: pd.DataFrame
) -> pd.DataFrame:
    """Return each gap split into mortality and health, by the midpoint split of HLE = LE x share in good health.

    Only definitions whose ends have life expectancy in one release can be split: pairs of regions, tenths of small
    areas, and the fitted ends of both slopes. Groups of authorities cannot: their life expectancy comes from two
    releases.

    Args:
        gaps: table `gaps`.
        life_expectancy: raw table `life_expectancy`.
        deciles: one release of table `hle_deciles`.
        slopes: table `slopes`.

    Returns:
        definition, sex, period columns, part ("mortality" or "health"), years. Parts sum to the gap; positive parts
        widen it.
    """
    regions = life_expectancy[life_expectancy["area_type"] == "region"]
    le = regions[[*KEYS, "area_name", "le_years"]].rename(columns={"area_name": "end"})
    ends = [_with_le(gaps[gaps["definition"].isin(REGION_PAIRS)], le)]
    tenths = deciles[[*KEYS, "le_years"]].assign(
        end=deciles["imd_decile"].map({1: "Most deprived tenth", 10: "Least deprived tenth"})
    )
    ends.append(_with_le(gaps[gaps["definition"] == "deprivation-deciles"], tenths.dropna(subset=["end"])))
    for definition, groups in SLOPES.items():
        fitted = slopes[(slopes["measure"] == "le") & (slopes["groups"] == groups)]
        rows = gaps[gaps["definition"] == definition].merge(fitted, on=KEYS, validate="one_to_one")
        ends.append(
            rows.assign(
                worse_off_le_years=rows["intercept_years"],
                better_off_le_years=rows["intercept_years"] + rows["sii_years"],
            )
        )
    known = pd.concat(ends, ignore_index=True)
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
        named = le.rename(columns={"end": side, "le_years": f"{side}_le_years"})
        gaps = gaps.merge(named, on=[*KEYS, side], how="left", validate="many_to_one")
    return gaps
