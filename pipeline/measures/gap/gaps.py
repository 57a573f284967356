"""How the gap is computed: for each definition the two ends in every period, then better-off minus worse-off.

All functions take the published tables of one release and return tables. HLE is in years and high is good; an IMD
score is high where deprivation is high.
"""

import numpy as np
import pandas as pd

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.difference import (
    difference,
    interval_from_standard_error,
    levelling_up_gap,
    standard_error_from_interval,
    weighted_mean,
)
from pipeline.measures.inequality.slope_index import slope_index_of_inequality

PERIOD = ["sex", "period", "period_start", "period_end"]


def gaps(
    *, hle: pd.DataFrame, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame, deciles: pd.DataFrame
) -> pd.DataFrame:
    """Return the gap by definition, sex and period (METHODS: better-off minus worse-off, in years).

    Args:
        hle: one release of table `hle` (countries, regions and upper-tier authorities).
        income: table `income`; the latest year decides which regions are richest and poorest.
        deprivation: table `deprivation` (upper-tier authorities).
        areas: table `areas`, for the region of each authority.
        deciles: one release of table `hle_deciles`.

    Returns:
        One row per definition, sex and period: names, values and standard errors of both ends, gap_years, gap_se, its
        95% interval, and levelling_up_gap_years (running peak of the better-off end minus the worse-off end).
        Standard errors are NaN where the publisher gives no interval.

    Raises:
        MeasureRefused: an end has no figures, or more than one release is mixed in.
    """
    regions, authorities = (with_standard_error(hle[hle["area_type"] == level]) for level in ("region", "utla"))
    ends = {
        **region_ends(regions, income=income, deprivation=deprivation, areas=areas),
        "deprivation-fifths": deprivation_fifth_ends(authorities, deprivation),
        "extreme-tenths": extreme_tenth_ends(authorities),
        "deprivation-deciles": decile_ends(deciles),
        "slope-deciles": slope_ends(decile_groups(deciles)),
    }
    table = pd.concat([gap_of_ends(rows).assign(definition=name) for name, rows in ends.items()], ignore_index=True)
    return table.assign(model_se=table["gap_se"].fillna(borrowed_decile_error(table, hle)))


def region_ends(
    regions: pd.DataFrame, *, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Definition id -> its two ends in every period, for the definitions between regions.

    `regions` is one release of their HLE, with hle_se; the other tables are as in `gaps`.
    """
    richest, poorest = income_pair(income)
    least_deprived, most_deprived = deprivation_pair(deprivation, areas)
    return {
        "income-regions": pair_ends(regions, better_off=richest, worse_off=poorest),
        "deprivation-regions": pair_ends(regions, better_off=least_deprived, worse_off=most_deprived),
        "extreme-regions": extreme_ends(regions),
        "slope-regions": slope_ends(region_groups(regions, region_deprivation(deprivation, areas))),
    }


def gap_of_ends(ends: pd.DataFrame) -> pd.DataFrame:
    """Return the ends with gap_years, gap_se, gap_lci_95, gap_uci_95 and levelling_up_gap_years added."""
    ordered = ends.sort_values(["sex", "period_start"]).reset_index(drop=True)
    gap, se = difference(
        ordered["better_off_years"], ordered["worse_off_years"], ordered["better_off_se"], ordered["worse_off_se"]
    )
    if "gap_se" in ordered:  # the two ends of a fitted line are not independent; the fit gives the error itself
        se = ordered["gap_se"].to_numpy()
    lower, upper = interval_from_standard_error(gap, se)
    levelling_up = np.concatenate(
        [
            levelling_up_gap(rows["better_off_years"], rows["worse_off_years"])
            for _, rows in ordered.groupby("sex", sort=True)
        ]
    )
    return ordered.assign(
        gap_years=gap, gap_se=se, gap_lci_95=lower, gap_uci_95=upper, levelling_up_gap_years=levelling_up
    )


def with_standard_error(hle: pd.DataFrame) -> pd.DataFrame:
    """Return one release of HLE with hle_se = (upper - lower) / (2 x 1.959964) added.

    Raises:
        MeasureRefused: more than one release is present; vintages differ in method and are never spliced.
    """
    releases = sorted(hle["release"].unique())
    if len(releases) > 1:
        raise MeasureRefused(
            f"Figures of {len(releases)} releases were mixed in one series: {', '.join(releases)}.",
            do="Choose one release; the method changed between them.",
        )
    return hle.assign(hle_se=standard_error_from_interval(hle["hle_lci_95"], hle["hle_uci_95"]))


def income_pair(income: pd.DataFrame) -> tuple[str, str]:
    """Return the codes of the regions with the highest and lowest GDHI per head in the latest year."""
    regions = income[(income["area_type"] == "region") & (income["year"] == income["year"].max())]
    by_income = regions.sort_values("gdhi_per_head_gbp")["area_code"]
    return str(by_income.iloc[-1]), str(by_income.iloc[0])


def region_deprivation(deprivation: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return imd_score (population-weighted mean of the authorities) and population by region_code."""
    rows = deprivation.merge(areas[["area_code", "region_code"]], on="area_code", validate="one_to_one")
    weighted = rows.assign(product=rows["imd_score"] * rows["population"]).groupby("region_code")
    totals = weighted[["product", "population"]].sum()
    return totals.assign(imd_score=totals["product"] / totals["population"])[["imd_score", "population"]].reset_index()


def deprivation_pair(deprivation: pd.DataFrame, areas: pd.DataFrame) -> tuple[str, str]:
    """Return the codes of the least and the most deprived region by population-weighted mean IMD score."""
    by_score = region_deprivation(deprivation, areas).sort_values("imd_score")["region_code"]
    return str(by_score.iloc[0]), str(by_score.iloc[-1])


def pair_ends(hle: pd.DataFrame, *, better_off: str, worse_off: str) -> pd.DataFrame:
    """Return the two ends that are fixed areas, named by code.

    Raises:
        MeasureRefused: one of the areas has no figures.
    """
    sides = []
    for side, code in (("better_off", better_off), ("worse_off", worse_off)):
        rows = hle[hle["area_code"] == code]
        if rows.empty:
            raise MeasureRefused(
                f"Area {code} has no figures.", do="Choose an area that is in the table of healthy life expectancy."
            )
        sides.append(
            rows[[*PERIOD, "area_name", "hle_years", "hle_se"]].rename(
                columns={"area_name": side, "hle_years": f"{side}_years", "hle_se": f"{side}_se"}
            )
        )
    return sides[0].merge(sides[1], on=PERIOD, validate="one_to_one")


def extreme_ends(hle: pd.DataFrame) -> pd.DataFrame:
    """Return the areas with the highest and lowest HLE of each period as the two ends."""
    groups = hle.groupby(PERIOD)["hle_years"]
    highest = hle.loc[groups.idxmax(), [*PERIOD, "area_name", "hle_years", "hle_se"]]
    lowest = hle.loc[groups.idxmin(), [*PERIOD, "area_name", "hle_years", "hle_se"]]
    ends = highest.merge(lowest, on=PERIOD, validate="one_to_one", suffixes=("_high", "_low"))
    return ends.set_axis(
        [*PERIOD, "better_off", "better_off_years", "better_off_se", "worse_off", "worse_off_years", "worse_off_se"],
        axis="columns",
    )


def equal_count_groups(ordered: pd.DataFrame, groups: int) -> np.ndarray:
    """Return the group number (0 is first) of each row of an ordered frame, in groups as equal in number as can be.

    151 authorities in fifths make groups of 31, 30, 30, 30 and 30: floor(position x groups / rows).
    """
    return np.arange(len(ordered)) * groups // len(ordered)


def deprivation_fifth_ends(authorities: pd.DataFrame, deprivation: pd.DataFrame) -> pd.DataFrame:
    """Return population-weighted means of the least and most deprived fifth of authorities that have HLE.

    Raises:
        MeasureRefused: an authority with HLE has no deprivation score.
    """
    scores = deprivation[["area_code", "imd_score", "population"]]
    missing = sorted(set(authorities["area_code"]) - set(scores["area_code"]))
    if missing:
        raise MeasureRefused(
            f"{len(missing)} authorities have HLE but no deprivation score: {', '.join(missing[:5])}.",
            do="Map replaced area codes to the code in force (pipeline/areas.py).",
        )
    ranked = scores[scores["area_code"].isin(authorities["area_code"])].sort_values(
        ["imd_score", "area_code"], ascending=[False, True]
    )
    ranked = ranked.assign(fifth=equal_count_groups(ranked, 5))
    rows = authorities.merge(ranked, on="area_code", validate="many_to_one")
    return _group_ends(
        rows[rows["fifth"] == 4],
        rows[rows["fifth"] == 0],
        better_off="Least deprived fifth",
        worse_off="Most deprived fifth",
    )


def extreme_tenth_ends(authorities: pd.DataFrame, *, size: int = 15) -> pd.DataFrame:
    """Return plain means of the `size` authorities with the highest and the lowest HLE of each period."""
    ordered = authorities.sort_values(["hle_years", "area_code"]).assign(population=1)
    return _group_ends(
        ordered.groupby(PERIOD).tail(size),
        ordered.groupby(PERIOD).head(size),
        better_off=f"{size} highest authorities",
        worse_off=f"{size} lowest authorities",
    )


def _group_ends(better: pd.DataFrame, worse: pd.DataFrame, *, better_off: str, worse_off: str) -> pd.DataFrame:
    means = []
    for side, name, rows in (("better_off", better_off, better), ("worse_off", worse_off, worse)):
        records = []
        for period, group in rows.groupby(PERIOD):
            mean, se = weighted_mean(group["hle_years"], group["hle_se"], group["population"])
            records.append((*period, name, float(mean), float(se)))
        means.append(pd.DataFrame(records, columns=[*PERIOD, side, f"{side}_years", f"{side}_se"]))
    return means[0].merge(means[1], on=PERIOD, validate="one_to_one")


def decile_ends(deciles: pd.DataFrame) -> pd.DataFrame:
    """Return the least deprived (10) and most deprived (1) tenth of small areas as the two ends.

    Standard errors come from the published intervals and are NaN where there is none.
    """
    rows = decile_groups(deciles).assign(
        area_code=deciles["imd_decile"].astype(str),
        area_name=deciles["imd_decile"].map({1: "Most deprived tenth", 10: "Least deprived tenth"}),
    )
    return pair_ends(rows, better_off="10", worse_off="1")


def decile_groups(deciles: pd.DataFrame) -> pd.DataFrame:
    """Return the deciles with hle_se, and the rank and population (equal tenths) that a slope is fitted with."""
    return deciles.assign(
        hle_se=standard_error_from_interval(deciles["hle_lci_95"], deciles["hle_uci_95"]),
        rank=deciles["imd_decile"],
        population=1,
    )


def region_groups(regions: pd.DataFrame, region_scores: pd.DataFrame) -> pd.DataFrame:
    """Return the regions with population and their rank by deprivation, 1 being the most deprived."""
    ranked = region_scores.assign(rank=region_scores["imd_score"].rank(ascending=False))
    return regions.merge(
        ranked[["region_code", "rank", "population"]],
        left_on="area_code",
        right_on="region_code",
        validate="many_to_one",
    )


def borrowed_decile_error(gaps: pd.DataFrame, hle: pd.DataFrame) -> pd.Series:
    """Return a stand-in standard error of gaps between deciles, for trend and forecast only.

    A tenth of England's residents is surveyed about a tenth as much, so one decile's error is taken as England's times
    sqrt(10). A difference of two deciles has sqrt(2) times that; a slope through ten has sqrt(sum w^2) times that, with
    w the weights of ten equal groups. Published intervals replace it as soon as they are held.
    """
    england = with_standard_error(hle[hle["area_type"] == "country"])[["sex", "period", "hle_se"]]
    errors = gaps[["sex", "period"]].merge(england, on=["sex", "period"], how="left")["hle_se"]
    # deciles may come out before areas do; the newest error then stands in for the period to come
    newest = england.sort_values("period").groupby("sex")["hle_se"].last()
    one_decile = errors.fillna(gaps["sex"].reset_index(drop=True).map(newest)) * np.sqrt(10)
    slope_factor = float(slope_index_of_inequality(np.ones(10), np.ones(10), np.ones(10)).sii_se)
    slopes = [name for name, definition in DEFINITIONS.items() if definition.is_slope]
    factor = np.where(gaps["definition"].isin(slopes), slope_factor, np.sqrt(2))
    return pd.Series(one_decile.to_numpy() * factor, index=gaps.index)


def slope_ends(groups: pd.DataFrame) -> pd.DataFrame:
    """Return the two ends of the line fitted through all groups: slope index of inequality and its intercept.

    Args:
        groups: period columns, rank (1 is the most deprived), population, hle_years and hle_se (NaN where the publisher
            gives no interval; then the slope has none either).
    """
    ordered = groups.sort_values([*PERIOD, "rank"])
    keys = ordered[PERIOD].drop_duplicates().reset_index(drop=True)
    count = len(ordered) // len(keys)
    values, errors, people = (
        ordered[column].to_numpy(dtype=float).reshape(len(keys), count)
        for column in ("hle_years", "hle_se", "population")
    )
    known = np.isfinite(errors).all()
    index = slope_index_of_inequality(values, errors if known else np.zeros_like(values), people)
    unknown = np.full(len(keys), np.nan)
    return keys.assign(
        better_off="Least deprived end of the slope",
        worse_off="Most deprived end of the slope",
        better_off_years=index.intercept + index.sii,
        better_off_se=unknown,
        worse_off_years=index.intercept,
        worse_off_se=index.intercept_se if known else unknown,
        gap_se=index.sii_se if known else unknown,
    )
