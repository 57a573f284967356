"""How the gap is computed: for each definition the two ends in every period, then better-off minus worse-off.

All functions take the published tables of one release and return tables. HLE is in years and high is good; an IMD
score is high where deprivation is high.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import (
    difference,
    interval_from_standard_error,
    levelling_up_gap,
    refuse_reversed_ends,
    standard_error_from_interval,
    weighted_mean,
)
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.selection import selection_part
from pipeline.measures.inequality.slope_index import slope_index_of_inequality, slope_weights
from pipeline.measures.refusals import count_of, usable_rows

PERIOD = ["sex", "period", "period_start", "period_end"]
TENTH_SIZE = 15
"""Authorities in a tenth of 151."""


def gaps(
    *, hle: pd.DataFrame, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame, deciles: pd.DataFrame
) -> pd.DataFrame:
    """The gap by definition, sex and period: better-off minus worse-off, in years.

    Args:
        hle: one release of table `hle` (countries, regions and upper-tier authorities).
        income: table `income`; the latest year decides which regions are richest and poorest.
        deprivation: table `deprivation` (upper-tier authorities).
        areas: table `areas`, for the region of each authority.
        deciles: one release of table `hle_deciles`.

    Returns:
        One row per definition, sex and period: names, values and standard errors of both ends, gap_years, gap_se, its
        95% interval, levelling_up_gap_years (running peak of the better-off end minus the worse-off end), and
        selection_years (`tenth_selection`; NaN where the ends are not picked by their HLE among noisy authorities).
        Standard errors are NaN where the publisher gives no interval.

    Raises:
        MeasureRefused: an end has no figures, more than one release is mixed in, or a better-off end has the lower
            values over its whole series.
    """
    usable_rows(hle, what="area", positive=["hle_years"], key=["area_code", *PERIOD])
    regions, authorities = (with_standard_error(hle[hle["area_type"] == level]) for level in ("region", "utla"))
    ends = {
        **region_ends(regions, income=income, deprivation=deprivation, areas=areas),
        "deprivation-fifths": deprivation_fifth_ends(authorities, deprivation),
        "extreme-tenths": extreme_tenth_ends(authorities),
        "deprivation-deciles": decile_ends(deciles),
        "slope-deciles": slope_ends(decile_groups(deciles)),
    }
    for rows in ends.values():
        for _, series in rows.groupby("sex"):
            refuse_reversed_ends(series["better_off_years"], series["worse_off_years"])
    table = pd.concat([gap_of_ends(rows).assign(definition=name) for name, rows in ends.items()], ignore_index=True)
    picked = tenth_selection(authorities).assign(definition="extreme-tenths")
    table = table.merge(picked, on=["definition", *PERIOD], how="left", validate="one_to_one")
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
    """The ends with gap_years, gap_se, gap_lci_95, gap_uci_95 and levelling_up_gap_years added, in time order."""
    usable_rows(
        ends, what="period", positive=["better_off_years", "worse_off_years"], key=PERIOD,
        or_missing=["better_off_se", "worse_off_se"],
    )  # fmt: skip
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
    """One release of HLE with hle_se = (upper - lower) / (2 x 1.959964) added.

    Raises:
        MeasureRefused: more than one release is present; vintages differ in method and are never spliced.
    """
    usable_rows(hle, what="area", or_missing=["hle_lci_95", "hle_uci_95"])
    releases = sorted(hle["release"].unique())
    if len(releases) > 1:
        raise MeasureRefused(
            f"Figures of {len(releases)} releases were mixed in one series: {', '.join(releases)}.",
            do="Choose one release; the method changed between them.",
        )
    return hle.assign(hle_se=standard_error_from_interval(hle["hle_lci_95"], hle["hle_uci_95"]))


def income_pair(income: pd.DataFrame) -> tuple[str, str]:
    """Codes of the regions with the highest and lowest GDHI per head in the latest year.

    Raises:
        MeasureRefused: a region of earlier years has no income in the latest, an income is missing or not above zero,
            or all are alike.
    """
    rows = usable_rows(income, what="region", key=["area_code", "year"])
    regions = rows[rows["area_type"] == "region"]
    latest = usable_rows(
        regions[regions["year"] == regions["year"].max()], what="region", positive=["gdhi_per_head_gbp"]
    )
    missing = sorted(set(regions["area_code"]) - set(latest["area_code"]))
    if missing:
        raise MeasureRefused(
            f"The latest year of income lacks {', '.join(missing)}.",
            do="Wait for the whole year, or leave the year out.",
        )
    return _highest_and_lowest(latest, "gdhi_per_head_gbp", code="area_code")


def region_deprivation(deprivation: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """imd_score (population-weighted mean of the authorities) and population by region_code.

    Raises:
        MeasureRefused: an authority has no score, no population or no region, or is given twice.
    """
    usable_rows(deprivation, what="authority", non_negative=["imd_score"], positive=["population"], key=["area_code"])
    known = usable_rows(areas, what="area", key=["area_code"])[["area_code", "region_code"]].dropna()
    rows = deprivation.merge(known, on="area_code", validate="one_to_one")
    if len(rows) < len(deprivation):
        raise MeasureRefused(
            f"{len(deprivation) - len(rows)} authorities have no region.", do="Give the table of all areas."
        )
    weighted = rows.assign(product=rows["imd_score"] * rows["population"]).groupby("region_code")
    totals = weighted[["product", "population"]].sum()
    return totals.assign(imd_score=totals["product"] / totals["population"])[["imd_score", "population"]].reset_index()


def deprivation_pair(deprivation: pd.DataFrame, areas: pd.DataFrame) -> tuple[str, str]:
    """Codes of the least and the most deprived region by population-weighted mean IMD score."""
    most, least = _highest_and_lowest(region_deprivation(deprivation, areas), "imd_score", code="region_code")
    return least, most


def _highest_and_lowest(regions: pd.DataFrame, column: str, *, code: str) -> tuple[str, str]:
    if len(regions) < 2 or regions[column].max() == regions[column].min():
        raise MeasureRefused(f"Regions do not differ in {column}.", do="Give two regions or more that differ.")
    # of regions that are level, the first by code is the end
    by_code = regions.sort_values(code).set_index(code)[column]
    return str(by_code.idxmax()), str(by_code.idxmin())


def pair_ends(hle: pd.DataFrame, *, better_off: str, worse_off: str) -> pd.DataFrame:
    """The two ends that are fixed areas, named by code.

    Raises:
        MeasureRefused: both are the same area, one has no figures, or their periods differ.
    """
    usable_rows(hle, what="area", positive=["hle_years"], or_missing=["hle_se"], key=["area_code", *PERIOD])
    sides = []
    for side, code in (("better_off", better_off), ("worse_off", worse_off)):
        rows = hle[hle["area_code"] == code]
        if rows.empty or better_off == worse_off:
            raise MeasureRefused(
                f"Area {code} has no figures, or is both ends.",
                do="Choose two areas that are in the table of healthy life expectancy.",
            )
        sides.append(
            rows[[*PERIOD, "area_name", "hle_years", "hle_se"]].rename(
                columns={"area_name": side, "hle_years": f"{side}_years", "hle_se": f"{side}_se"}
            )
        )
    ends = sides[0].merge(sides[1], on=PERIOD, validate="one_to_one")
    if len({len(ends), *map(len, sides)}) > 1:
        raise MeasureRefused(
            f"Areas {better_off} and {worse_off} have figures for different periods.", do="Give periods that both have."
        )
    return ends


def extreme_ends(hle: pd.DataFrame) -> pd.DataFrame:
    """The areas with the highest and lowest HLE of each period as the two ends."""
    usable_rows(hle, what="area", positive=["hle_years"], or_missing=["hle_se"], key=["area_code", *PERIOD])
    # of areas that are level, the first by code is the end
    hle = hle.sort_values("area_code", ignore_index=True)
    groups = hle.groupby(PERIOD)["hle_years"]
    if groups.size().min() < 2:
        raise MeasureRefused("A period has one area, so no highest and lowest.", do="Give two areas or more.")
    highest = hle.loc[groups.idxmax(), [*PERIOD, "area_name", "hle_years", "hle_se"]]
    lowest = hle.loc[groups.idxmin(), [*PERIOD, "area_name", "hle_years", "hle_se"]]
    ends = highest.merge(lowest, on=PERIOD, validate="one_to_one", suffixes=("_high", "_low"))
    return ends.set_axis(
        [*PERIOD, "better_off", "better_off_years", "better_off_se", "worse_off", "worse_off_years", "worse_off_se"],
        axis="columns",
    )


def equal_count_groups(ordered: pd.DataFrame, groups: int) -> NDArray[np.intp]:
    """Group number (0 is first) of each row of an ordered frame, in groups as equal in number as can be.

    151 authorities in fifths make groups of 31, 30, 30, 30 and 30: floor(position x groups / rows).

    Raises:
        MeasureRefused: fewer rows than groups.
    """
    wanted = count_of(groups, name="number of groups")
    if len(ordered) < wanted:
        raise MeasureRefused(f"{len(ordered)} areas do not make {wanted} groups.", do="Give more areas.")
    return np.arange(len(ordered)) * wanted // len(ordered)


def deprivation_fifth_ends(authorities: pd.DataFrame, deprivation: pd.DataFrame) -> pd.DataFrame:
    """Population-weighted means of the least and most deprived fifth of authorities that have HLE.

    Raises:
        MeasureRefused: an authority with HLE has no deprivation score, or scores are all alike.
    """
    usable_rows(authorities, what="authority", positive=["hle_years", "hle_se"], key=["area_code", *PERIOD])
    scores = usable_rows(
        deprivation, what="authority", non_negative=["imd_score"], positive=["population"], key=["area_code"]
    )[["area_code", "imd_score", "population"]]
    missing = sorted(set(authorities["area_code"]) - set(scores["area_code"]))
    if missing or scores["imd_score"].nunique() < 2:
        raise MeasureRefused(
            f"{len(missing)} authorities have HLE but no deprivation score, or all scores are alike: "
            f"{', '.join(missing[:5])}.",
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


def extreme_tenth_ends(authorities: pd.DataFrame, *, size: int = TENTH_SIZE) -> pd.DataFrame:
    """Plain means of the `size` authorities with the highest and the lowest HLE of each period.

    Raises:
        MeasureRefused: a period has too few authorities, so that the two ends would share some.
    """
    usable_rows(authorities, what="authority", positive=["hle_years", "hle_se"], key=["area_code", *PERIOD])
    wanted = count_of(size, name="number of authorities in an end")
    ordered = authorities.sort_values(["hle_years", "area_code"]).assign(population=1)
    fewest = int(ordered.groupby(PERIOD).size().min())
    if fewest < 2 * wanted:
        raise MeasureRefused(
            f"{fewest} authorities do not hold {wanted} highest and {wanted} lowest.",
            do="Give all authorities, or a smaller number.",
        )
    return _group_ends(
        ordered.groupby(PERIOD).tail(wanted),
        ordered.groupby(PERIOD).head(wanted),
        better_off=f"{wanted} highest authorities",
        worse_off=f"{wanted} lowest authorities",
    )


def tenth_selection(authorities: pd.DataFrame, *, size: int = TENTH_SIZE) -> pd.DataFrame:
    """Part of the gap between the extreme tenths that selection makes: period columns and selection_years.

    Args:
        authorities: one release of HLE of the authorities, with hle_se.
        size: authorities in each end.

    Raises:
        MeasureRefused: an authority lacks a period, or `selection_part` refuses.
    """
    usable_rows(authorities, what="authority", positive=["hle_years"], key=["area_code", *PERIOD])
    tables = []
    for _, rows in authorities.groupby("sex"):
        values, errors = (
            rows.pivot_table(index=PERIOD, columns="area_code", values=column, dropna=False).dropna(how="all")
            for column in ("hle_years", "hle_se")
        )
        found = selection_part(values, errors, size=size)
        tables.append(values.index.to_frame(index=False).assign(selection_years=found.selection_years))
    return pd.concat(tables, ignore_index=True)


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
    """The least deprived (10) and most deprived (1) tenth of small areas as the two ends.

    Standard errors come from the published intervals and are NaN where there is none.

    Raises:
        MeasureRefused: a tenth is missing or given twice, or the tenths are in the wrong order.
    """
    rows = decile_groups(deciles).assign(
        area_code=deciles["imd_decile"].astype(str),
        area_name=deciles["imd_decile"].map({1: "Most deprived tenth", 10: "Least deprived tenth"}),
    )
    ends = pair_ends(rows, better_off="10", worse_off="1")
    refuse_reversed_ends(ends["better_off_years"], ends["worse_off_years"])
    return ends


def decile_groups(deciles: pd.DataFrame) -> pd.DataFrame:
    """The deciles with hle_se, and the rank and population (equal tenths) that a slope is fitted with."""
    rows = usable_rows(
        deciles,
        what="tenth",
        positive=["hle_years"],
        key=["imd_decile", *PERIOD],
        or_missing=["hle_lci_95", "hle_uci_95"],
    )
    if not (rows.groupby(PERIOD).size() == 10).all() or not rows["imd_decile"].isin(range(1, 11)).all():
        raise MeasureRefused("Deciles are not the tenths 1 to 10 in every period.", do="Give all ten, 1 most deprived.")
    return deciles.assign(
        hle_se=standard_error_from_interval(deciles["hle_lci_95"], deciles["hle_uci_95"]),
        rank=deciles["imd_decile"],
        population=1,
    )


def region_groups(regions: pd.DataFrame, region_scores: pd.DataFrame) -> pd.DataFrame:
    """The regions with population and their rank by deprivation, 1 being the most deprived.

    Raises:
        MeasureRefused: regions with HLE and regions with a score differ, or scores are tied.
    """
    usable_rows(regions, what="region", positive=["hle_years"], or_missing=["hle_se"], key=["area_code", *PERIOD])
    usable_rows(region_scores, what="region", non_negative=["imd_score"], positive=["population"], key=["region_code"])
    if set(regions["area_code"]) != set(region_scores["region_code"]) or region_scores["imd_score"].duplicated().any():
        raise MeasureRefused("Regions do not match their scores, or scores are tied.", do="Give every region's score.")
    ranked = region_scores.assign(rank=region_scores["imd_score"].rank(ascending=False))
    return regions.merge(
        ranked[["region_code", "rank", "population"]],
        left_on="area_code",
        right_on="region_code",
        validate="many_to_one",
    )


def borrowed_decile_error(gaps: pd.DataFrame, hle: pd.DataFrame) -> pd.Series:
    """Stand-in standard error of gaps between deciles, for trend and forecast only.

    A tenth of England's residents is surveyed about a tenth as much, so one decile's error is taken as England's times
    sqrt(10). A difference of two deciles has sqrt(2) times that; a slope through ten has sqrt(sum w^2) times that, with
    w the weights of ten equal groups. Published intervals replace it as soon as they are held.
    """
    usable_rows(gaps, what="gap", key=["definition", "sex", "period"])
    england = with_standard_error(hle[hle["area_type"] == "country"])[["sex", "period", "hle_se"]]
    usable_rows(england, what="period of England", positive=["hle_se"], key=["sex", "period"])
    if not set(gaps["sex"]) <= set(england["sex"]):
        raise MeasureRefused("England has no figures of one sex to borrow from.", do="Give England for both sexes.")
    errors = gaps[["sex", "period"]].merge(england, on=["sex", "period"], how="left")["hle_se"]
    # deciles may come out before areas do; the newest error then stands in for the period to come
    newest = england.sort_values("period").groupby("sex")["hle_se"].last()
    one_decile = errors.fillna(gaps["sex"].reset_index(drop=True).map(newest)) * np.sqrt(10)
    slope_factor = float(np.sqrt((slope_weights(np.ones(10)) ** 2).sum()))
    slopes = [name for name, definition in DEFINITIONS.items() if definition.is_slope]
    factor = np.where(gaps["definition"].isin(slopes), slope_factor, np.sqrt(2))
    return pd.Series(one_decile.to_numpy() * factor, index=gaps.index)


def slope_ends(groups: pd.DataFrame) -> pd.DataFrame:
    """The two ends of the line fitted through all groups: slope index of inequality and its intercept.

    Args:
        groups: period columns, rank (1 is the most deprived), population, hle_years and hle_se (NaN where the publisher
            gives no interval; then the slope has none either).

    Raises:
        MeasureRefused: a group lacks a period, or two groups have the same rank.
    """
    usable_rows(
        groups, what="group", positive=["hle_years", "rank", "population"], key=[*PERIOD, "rank"],
        or_missing=["hle_se"],
    )  # fmt: skip
    if groups.groupby(PERIOD).size().nunique() > 1:
        raise MeasureRefused("A group lacks a period.", do="Give every group in every period.")
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
