"""The tables of a build with the rows of groups of authorities, so that all that is asked of an area is asked of a group."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from pipeline.answers.place.groups import Group
from pipeline.areas import COUNTED_WITH, GROUP
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval, weighted_mean
from pipeline.measures.places.groups import PERIOD, group_series
from pipeline.processed import ExtendedTables, Tables


# Every chart of a screen asks for the same few; each holds a copy of the larger tables.
@lru_cache(maxsize=16)
def with_groups(tables: Tables, groups: tuple[Group, ...]) -> Tables:
    """The tables with rows of each group in `areas`, `hle` (newest release), `life_expectancy`, `population`, `pockets`,
    `building_blocks` and `shortfall`.

    Table `areas` gains the columns `authorities` (codes, a blank between them; empty for published areas) and `estimated`.
    Where a group is exactly a published area, its rows hold that area's published figures.
    """
    parts = {"areas": _areas, "hle": _hle, "life_expectancy": _life}
    parts |= {"population": _population, "pockets": _pockets, "building_blocks": _blocks, "shortfall": _shortfall}
    return ExtendedTables(tables, {name: partial(_of_each, groups, part) for name, part in parts.items()})


def _of_each(groups: Sequence[Group], part: Callable[[Tables, Group], pd.DataFrame], tables: Tables) -> pd.DataFrame:
    return pd.concat([part(tables, group) for group in groups], ignore_index=True)


def _areas(tables: Tables, group: Group) -> pd.DataFrame:
    own = tables.table("areas").set_index("area_code").loc[list(group.authorities)]
    shared = {
        column: own[column].iloc[0] if own[column].nunique(dropna=False) == 1 else None
        for column in ("region_code", "combined_authority_code")
    }
    row = {
        "area_code": group.code,
        "area_name": group.name,
        "area_type": GROUP,
        **shared,
        "no_hle_reason": None,
        "authorities": " ".join(group.authorities),
        "estimated": not group.published_as,
    }
    return pd.DataFrame([row])


def _named(rows: pd.DataFrame, group: Group) -> pd.DataFrame:
    return rows.assign(area_code=group.code, area_name=group.name, area_type=GROUP)


def _published(rows: pd.DataFrame, group: Group) -> pd.DataFrame:
    return _named(rows[rows["area_code"] == group.published_as], group)


def _hle(tables: Tables, group: Group) -> pd.DataFrame:
    hle = tables.newest("hle")
    return _published(hle, group) if group.published_as else _estimated(tables, hle, group, "hle")


def _life(tables: Tables, group: Group) -> pd.DataFrame:
    """A period of which the authorities' figures come from two releases is given under the older."""
    life = tables.table("life_expectancy")
    return _published(life, group) if group.published_as else _estimated(tables, life, group, "le")


def _estimated(tables: Tables, rows: pd.DataFrame, group: Group, measure: str) -> pd.DataFrame:
    own = rows[rows["area_code"].isin(group.with_hle)]
    if set(own["area_code"]) != set(group.with_hle):
        return rows.iloc[:0]
    se = standard_error_from_interval(own[f"{measure}_lci_95"], own[f"{measure}_uci_95"])
    figures = own.rename(columns={f"{measure}_years": "years"}).assign(se=se)
    series = group_series(figures, _residents(tables, group), members=group.with_hle)
    lower, upper = interval_from_standard_error(series["years"], series["se"])
    released = own.groupby("period")["release"].min()
    found = series[PERIOD].assign(release=series["period"].map(released))
    for column, values in (("years", series["years"]), ("lci_95", lower), ("uci_95", upper)):
        found[f"{measure}_{column}"] = values
    return _named(found, group)[rows.columns.tolist()]


def _residents(tables: Tables, group: Group) -> pd.DataFrame:
    """Residents of the authorities with figures, those of a neighbour without figures among them."""
    rows = tables.table("residents")
    own = rows[rows["area_code"].isin(set(group.authorities) - set(group.left_out))]
    counted = own.assign(area_code=own["area_code"].replace(COUNTED_WITH))
    return counted.groupby(["area_code", "year"])[["population"]].sum().reset_index()


def _population(tables: Tables, group: Group) -> pd.DataFrame:
    rows = tables.table("population")
    own = rows[rows["area_code"].isin(group.authorities)]
    sums = own.groupby(["release", "sex", "year"])[["population"]].sum().reset_index()
    return _named(sums, group)[rows.columns.tolist()]


def _pockets(tables: Tables, group: Group) -> pd.DataFrame:
    rows = tables.table("pockets")
    own = rows[rows["area_code"].isin(group.authorities)].groupby("imd_decile", as_index=False)
    sums = own.agg(
        small_areas=("small_areas", "sum"),
        residents=("residents", "sum"),
        lowest_imd_score=("lowest_imd_score", "min"),
        highest_imd_score=("highest_imd_score", "max"),
    )
    shares = {f"share_{name}": sums[name] / np.maximum(sums[name].sum(), 1) for name in ("small_areas", "residents")}
    return sums.assign(area_code=group.code, **shares)[rows.columns.tolist()]


def _blocks(tables: Tables, group: Group) -> pd.DataFrame:
    """Means by the newest residents, without limits; only of periods in which every authority has a figure."""
    rows, residents = tables.table("building_blocks"), _residents(tables, group)
    weights = residents[residents["year"] == residents["year"].max()].set_index("area_code")["population"]
    own = rows[rows["area_code"].isin(group.with_hle)]
    wide = own.pivot(index=["indicator", "period", "period_start"], columns="area_code", values="value")
    wide = wide.reindex(columns=list(group.with_hle)).dropna()
    means, _ = weighted_mean(wide, np.zeros(wide.shape), weights.reindex(wide.columns))
    found = wide.index.to_frame(index=False).assign(area_code=group.code, value=means, lci_95=np.nan, uci_95=np.nan)
    return found[rows.columns.tolist()]


def _shortfall(tables: Tables, group: Group) -> pd.DataFrame:
    """Sums over the authorities; a group has no rank, since it may share authorities with the areas ranked."""
    rows = tables.table("shortfall")
    own = rows[rows["area_code"].isin(group.with_hle)]
    summed = ["population", "authorities", "authorities_below", "shortfall_person_years", "shortfall_share"]
    sums = own.groupby(["release", "sex", "period", "floor_years"])[summed].sum().reset_index()
    return _named(sums.assign(rank_lci_95=np.nan, rank_uci_95=np.nan), group)[rows.columns.tolist()]
