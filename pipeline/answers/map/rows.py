"""Everything a map can show of each area, in one row per area: the same for a screen and for a file."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pipeline.answers.place.comparison import beside, level_against_england
from pipeline.areas import holders
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval
from pipeline.measures.places.places import rank_uncertainty
from pipeline.periods import parse_period
from pipeline.processed import Tables

SEED = 2024
"""Fixed, so that a screen and a file give the same ranks; any number would do."""
THIRDS = ("lowest", "middle", "highest")


def map_rows(tables: Tables, *, area_type: str, sex: str, period: str, since: str = "") -> pd.DataFrame:
    """Every area of a level with all that a map can show of it, one row each.

    Columns of `areas`, `against_england`, `with_life_expectancy`, `with_shortfall`, `with_deprivation`, `with_thirds` and,
    where an earlier period is given as `since`, `with_change`. A missing figure is empty, and a column no_..._reason says why.
    Read them only, since all visitors share them.

    Raises:
        UsageError: England has no figure for that sex and period.
    """
    rows = tables.once(f"map rows {area_type} {sex} {period}", lambda: _rows(tables, area_type, sex, period))
    return with_change(rows, tables.newest("hle"), sex=sex, period=period, since=since) if since else rows


def _rows(tables: Tables, area_type: str, sex: str, period: str) -> pd.DataFrame:
    hle, areas = tables.newest("hle"), tables.table("areas")
    rows = level_against_england(tables, area_type=area_type, sex=sex, period=period)
    rows = with_life_expectancy(
        rows, tables.table("life_expectancy"), sex=sex, period=period, hle_release=str(hle["release"].iloc[0])
    )
    rows = with_shortfall(rows, tables.table("shortfall"), sex=sex, period=period)
    return with_thirds(with_deprivation(rows, tables.table("deprivation"), areas))


def with_life_expectancy(
    rows: pd.DataFrame, life_expectancy: pd.DataFrame, *, sex: str, period: str, hle_release: str
) -> pd.DataFrame:
    """Add LE, and years not in good health where LE and HLE belong together.

    Years not in good health are LE minus HLE. They are given only where LE comes from the release that was in force
    when HLE was published, since both rest on the same deaths and population; elsewhere the reason is given. Their
    interval is HLE's, turned round: that of LE is small beside it and not held for every area.

    Adds le_years, le_lci_95, le_uci_95, le_release, no_le_reason, poor_health_years, poor_health_lci_95,
    poor_health_uci_95 and no_poor_health_reason.
    """
    held = life_expectancy[(life_expectancy["sex"] == sex) & (life_expectancy["period"] == period)]
    newest = held.sort_values("release").drop_duplicates("area_code", keep="last")
    found = beside(rows["area_code"], newest, ("le_years", "le_lci_95", "le_uci_95", "release"))
    found = found.rename(columns={"release": "le_release"})
    in_force = in_force_at(hle_release, life_expectancy["release"].unique())
    le_years = found["le_years"].where(found["le_release"] == in_force)
    poor_health = {
        f"poor_health_{limit}": le_years - rows[f"hle_{other}"]
        for limit, other in (("years", "years"), ("lci_95", "uci_95"), ("uci_95", "lci_95"))
    }
    no_le = _where(found["le_years"].isna(), f"no life expectancy for {period} is held at this level")
    unlike = _where(
        poor_health["poor_health_years"].isna(),
        "the life expectancy held is of an earlier release than belongs with this healthy life expectancy",
    )
    return rows.assign(
        **found,
        no_le_reason=no_le,
        **poor_health,
        no_poor_health_reason=rows["no_hle_reason"].astype(object).combine_first(no_le).combine_first(unlike),
    )


def with_shortfall(rows: pd.DataFrame, shortfall: pd.DataFrame, *, sex: str, period: str) -> pd.DataFrame:
    """Add shortfall_percent (share of England's shortfall, table `shortfall`, latest period) and no_shortfall_reason."""
    held = shortfall[(shortfall["sex"] == sex) & (shortfall["period"] == period)]
    percent = 100 * beside(rows["area_code"], held, ("shortfall_share",))["shortfall_share"]
    latest_only = _where(percent.isna(), "the shortfall is worked out for the latest period")
    return rows.assign(
        shortfall_percent=percent, no_shortfall_reason=rows["no_hle_reason"].astype(object).combine_first(latest_only)
    )


def _where(rows: pd.Series, reason: str) -> pd.Series:
    return pd.Series(reason, index=rows.index, dtype=object).where(rows)


def in_force_at(release: str, others: Iterable[str]) -> str:
    """The latest of other releases that was out when a release came out; "" where none was."""
    return max((other for other in others if other <= release), default="")


def with_change(rows: pd.DataFrame, hle: pd.DataFrame, *, sex: str, period: str, since: str) -> pd.DataFrame:
    """Add the change of HLE since an earlier period, from one release of table `hle`.

    SE of the change = sqrt(SE1² + SE2²) of two periods without a common year. Periods that share years share samples,
    so their change is given without an interval.

    Adds since_years, change_years, change_lci_95, change_uci_95 and changed ("rose", "fell", "not clearly changed",
    "not tested" or "no figure").
    """
    earlier = hle[(hle["sex"] == sex) & (hle["period"] == since)]
    before = beside(rows["area_code"], earlier, ("hle_years", "hle_lci_95", "hle_uci_95"))
    change = rows["hle_years"] - before["hle_years"]
    se = np.hypot(*(standard_error_from_interval(one["hle_lci_95"], one["hle_uci_95"]) for one in (rows, before)))
    shares_years = not apart(since, period)
    lower, upper = interval_from_standard_error(change, np.where(shares_years, np.nan, se))
    return rows.assign(
        since_years=before["hle_years"],
        change_years=change,
        change_lci_95=lower,
        change_uci_95=upper,
        changed=np.select(
            [change.isna(), np.isnan(lower), lower > 0, upper < 0],
            ["no figure", "not tested", "rose", "fell"],
            default="not clearly changed",
        ),
    )


def with_ranks(rows: pd.DataFrame) -> pd.DataFrame:
    """Areas with HLE, with 95% rank interval (1 is the highest) and probability of being among the lowest fifth.

    Adds rank_lci_95, rank_uci_95 and p_lowest_fifth; by simulation with a fixed seed.

    Raises:
        MeasureRefused: fewer than five areas have a figure.
    """
    known = rows[rows["hle_years"].notna()]
    se = standard_error_from_interval(known["hle_lci_95"], known["hle_uci_95"])
    found = rank_uncertainty(known["hle_years"], se, generator=np.random.default_rng(SEED))
    return known.assign(
        rank_lci_95=found.rank_lci_95.astype("int64"),
        rank_uci_95=found.rank_uci_95.astype("int64"),
        p_lowest_fifth=found.p_lowest_fifth,
    )


def apart(earlier: str, later: str) -> bool:
    """Whether two periods have no year in common."""
    return parse_period(earlier).end < parse_period(later).start


def with_deprivation(rows: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Add imd_score (high is more deprived; of a larger area the population-weighted mean) and imd_release.

    All rows are of one level.
    """
    holder = holders(deprivation["area_code"], areas, area_type=str(rows["area_type"].iloc[0]))
    weighted = deprivation.assign(product=deprivation["imd_score"] * deprivation["population"]).groupby(holder)
    sums = weighted[["product", "population"]].sum()
    return rows.assign(
        imd_score=rows["area_code"].map(sums["product"] / sums["population"]),
        imd_release=str(deprivation["release"].max()),
    )


def with_thirds(rows: pd.DataFrame) -> pd.DataFrame:
    """Add hle_third and imd_third: "lowest", "middle", "highest", or empty where there is no figure.

    Thirds are cut at the 1/3 and 2/3 points of the areas that have both figures; areas that tie at a cut go together.
    """
    known = rows["hle_years"].notna() & rows["imd_score"].notna()
    thirds = {}
    for name, column in (("hle_third", "hle_years"), ("imd_third", "imd_score")):
        cuts = rows.loc[known, column].quantile([1 / 3, 2 / 3])
        third = np.searchsorted(cuts, rows[column])
        thirds[name] = pd.Series(np.array(THIRDS)[third], index=rows.index).where(known)
    return rows.assign(**thirds)


def periods_apart(periods: Iterable[str], *, latest: str) -> list[str]:
    """The periods without a common year that count back from the latest, earliest first."""
    last = parse_period(latest).start
    length = parse_period(latest).end - last + 1
    return sorted(
        period
        for period in periods
        if parse_period(period).start <= last and (last - parse_period(period).start) % length == 0
    )
