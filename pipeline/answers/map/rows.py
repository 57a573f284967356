"""Everything a map can show of each area, in one row per area: the same for a screen and for a file."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.answers.place.comparison import against_england, beside
from pipeline.measures.gap.difference import interval_from_standard_error, standard_error_from_interval
from pipeline.periods import parse_period
from pipeline.processed import Tables

THIRDS = ("lowest", "middle", "highest")


def map_rows(tables: Tables, *, area_type: str, sex: str, period: str, since: str = "") -> pd.DataFrame:
    """Every area of a level with all that a map can show of it, one row each.

    Columns of `areas`, `against_england`, `with_life_expectancy`, `with_deprivation`, `with_thirds` and, where an
    earlier period is given as `since`, `with_change`. A missing figure is empty, and a column no_..._reason says why.

    Raises:
        UsageError: England has no figure for that sex and period.
    """
    hle, areas = tables.newest("hle"), tables.table("areas")
    rows = against_england(hle, areas, area_type=area_type, sex=sex, period=period)
    rows = with_life_expectancy(
        rows, tables.table("life_expectancy"), sex=sex, period=period, hle_release=str(hle["release"].iloc[0])
    )
    rows = with_thirds(with_deprivation(rows, tables.table("deprivation"), areas))
    return with_change(rows, hle, sex=sex, period=period, since=since) if since else rows


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
    held = np.flatnonzero((life_expectancy["sex"] == sex) & (life_expectancy["period"] == period))
    found = beside(
        rows["area_code"],
        life_expectancy,
        _newest(life_expectancy, held),
        ("le_years", "le_lci_95", "le_uci_95", "release"),
    )
    found["le_release"] = found.pop("release")
    le_years = np.asarray(found["le_years"])
    in_force = in_force_at(hle_release, life_expectancy["release"].unique())
    together = np.array([release == in_force for release in found["le_release"].tolist()])
    upper, value, lower = (
        np.where(together, le_years - rows[column].to_numpy(), np.nan)
        for column in ("hle_lci_95", "hle_years", "hle_uci_95")
    )
    no_le, unlike = (
        f"no life expectancy for {period} is held at this level",
        "the life expectancy held is of an earlier release than belongs with this healthy life expectancy",
    )
    without_le, without_value = np.isnan(le_years).tolist(), np.isnan(value).tolist()
    no_poor_health = [
        reason if isinstance(reason, str) else (no_le if le else unlike) if poor else np.nan
        for reason, le, poor in zip(rows["no_hle_reason"].tolist(), without_le, without_value, strict=True)
    ]
    return rows.assign(
        **found,
        no_le_reason=_reasons([no_le if le else np.nan for le in without_le], rows.index),
        poor_health_years=value,
        poor_health_lci_95=lower,
        poor_health_uci_95=upper,
        no_poor_health_reason=_reasons(no_poor_health, rows.index),
    )


def _newest(table: pd.DataFrame, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of each area's rows among some, the position of the one of the newest release."""
    releases, codes = (table[name].iloc[rows].tolist() for name in ("release", "area_code"))
    newest = {code: row for _, code, row in sorted(zip(releases, codes, rows.tolist(), strict=True))}
    return np.fromiter(newest.values(), dtype=np.intp)


def _reasons(said: list[str | float], index: pd.Index) -> pd.Series:
    return pd.Series(said, index=index, dtype=object)


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
    earlier = np.flatnonzero((hle["sex"] == sex) & (hle["period"] == since))
    before = beside(rows["area_code"], hle, earlier, ("hle_years", "hle_lci_95", "hle_uci_95"))
    change = rows["hle_years"] - np.asarray(before["hle_years"])
    se = np.hypot(
        standard_error_from_interval(rows["hle_lci_95"], rows["hle_uci_95"]),
        standard_error_from_interval(np.asarray(before["hle_lci_95"]), np.asarray(before["hle_uci_95"])),
    )
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


def apart(earlier: str, later: str) -> bool:
    """Whether two periods have no year in common."""
    return parse_period(earlier).end < parse_period(later).start


def with_deprivation(rows: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Add imd_score (high is more deprived; of a larger area the population-weighted mean) and imd_release.

    All rows are of one level.
    """
    column = {"region": "region_code", "combined-authority": "combined_authority_code"}.get(
        str(rows["area_type"].iloc[0]), "area_code"
    )
    holders = beside(deprivation["area_code"], areas, np.arange(len(areas)), [column])[column]
    population = deprivation["population"].to_numpy()
    sums = pd.DataFrame({"product": deprivation["imd_score"].to_numpy() * population, "population": population})
    sums.index = pd.Index(holders)
    if column != "area_code":
        sums = sums.groupby(level=0).sum()
    mean = dict(zip(sums.index.tolist(), (sums["product"] / sums["population"]).tolist(), strict=True))
    return rows.assign(
        imd_score=[mean.get(code, np.nan) for code in rows["area_code"].tolist()],
        imd_release=str(deprivation["release"].max()),
    )


def with_thirds(rows: pd.DataFrame) -> pd.DataFrame:
    """Add hle_third and imd_third: "lowest", "middle", "highest", or empty where there is no figure.

    Thirds are cut at the 1/3 and 2/3 points of the areas that have both figures; areas that tie at a cut go together.
    """
    both = {"hle_third": rows["hle_years"].to_numpy(), "imd_third": rows["imd_score"].to_numpy()}
    known = np.isfinite(both["hle_third"]) & np.isfinite(both["imd_third"])
    thirds = {}
    for name, values in both.items():
        cuts = pd.Series(values[known]).quantile([1 / 3, 2 / 3]).to_numpy()
        number = np.searchsorted(cuts, values).tolist()
        said = [THIRDS[one] if there else np.nan for one, there in zip(number, known.tolist(), strict=True)]
        thirds[name] = pd.Series(said, index=rows.index, dtype="str" if known.any() else object)
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
