"""What the figures say of one place: its lines, where it stands, places like it; rows for screens and files alike."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.areas import ENGLAND
from pipeline.errors import UsageError
from pipeline.measures.gap.difference import difference, interval_from_standard_error, standard_error_from_interval
from pipeline.measures.places.similar_places import similar_places

PEERS = 10
"""How many similar authorities stand beside an authority."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One area with the areas that hold it."""

    code: str
    name: str
    area_type: str
    within: tuple[tuple[str, str], ...]
    """(code, name) of the larger areas to compare with, the nearest first and England last."""
    combined_authority: str
    """Name of the combined authority that it is part of; empty where none."""
    no_hle_reason: str
    """Why no healthy life expectancy is published for it; empty where it is."""


def place_of(areas: pd.DataFrame, code: str) -> Place:
    """Return an area with its region (where all of it lies in one) and England.

    Args:
        areas: table `areas`.
        code: code in force.

    Raises:
        UsageError: there is no such area.
    """
    codes, names, part_of, regions = (
        areas[name].tolist() for name in ("area_code", "area_name", "combined_authority_code", "region_code")
    )
    if code not in codes:
        raise UsageError(f"There is no area {code!r}.", do="Choose a place from the list.")
    name_of = dict(zip(codes, names, strict=True))
    own = codes.index(code)
    held_by = {
        str(region)
        for one, authority, region in zip(codes, part_of, regions, strict=True)
        if code in (one, authority) and pd.notna(region)
    }
    holders = list(held_by) if len(held_by) == 1 else []
    reason = areas["no_hle_reason"].iloc[own]
    return Place(
        code=code,
        name=str(names[own]),
        area_type=str(areas["area_type"].iloc[own]),
        within=tuple((holder, str(name_of[holder])) for holder in [*holders, ENGLAND]),
        combined_authority="" if pd.isna(part_of[own]) else str(name_of[part_of[own]]),
        no_hle_reason="" if pd.isna(reason) else str(reason),
    )


def lines(table: pd.DataFrame, place: Place, *, sex: str) -> pd.DataFrame:
    """Return the rows of a place and of the areas that hold it, with mid_point and in the order place, region, England.

    Args:
        table: table `hle` (one release) or `life_expectancy` (all releases, since an area's periods may come from two).
        place: the place.
        sex: "female" or "male".
    """
    order = {code: position for position, code in enumerate([place.code, *(code for code, _ in place.within)])}
    found = np.flatnonzero((table["sex"] == sex) & table["area_code"].isin(list(order)))
    position = np.array([order[code] for code in table["area_code"].iloc[found].tolist()])
    starts = table["period_start"].to_numpy()[found]
    rows = table.iloc[found[np.lexsort((starts, position))]].reset_index(drop=True)
    return rows.assign(mid_point=(rows["period_start"] + rows["period_end"] + 1) / 2)


def differences(rows: pd.DataFrame, *, from_code: str) -> pd.DataFrame:
    """Return rows of HLE with their difference from one area among them, its 95% limits, and whether it is clear.

    The two areas are taken as independent. Where one holds the other this makes the interval a little too wide.

    Args:
        rows: area_code, hle_years, hle_lci_95, hle_uci_95 of one sex and period.
        from_code: the area from which differences are taken; its own row is left out.

    Returns:
        The other rows with difference_years, difference_lci_95, difference_uci_95 and clearly: 1 higher, -1 lower, 0
        not clear.
    """
    se = standard_error_from_interval(rows["hle_lci_95"], rows["hle_uci_95"])
    own = (rows["area_code"] == from_code).to_numpy()
    others = rows[~own]
    change, change_se = difference(others["hle_years"], rows.loc[own, "hle_years"].iloc[0], se[~own], se[own])
    lower, upper = interval_from_standard_error(change, change_se)
    return others.assign(
        difference_years=change,
        difference_lci_95=lower,
        difference_uci_95=upper,
        clearly=np.select([lower > 0, upper < 0], [1, -1], default=0),
    )


@dataclass(frozen=True, kw_only=True)
class Peers:
    """A place among others like it, in one period."""

    rows: pd.DataFrame
    """hle rows of the place and its peers, highest first."""
    clearly: pd.Series
    """By area code of the peers: 1 clearly higher than the place, -1 clearly lower, 0 not clear."""
    how: str
    """How the peers were chosen, as a sentence."""


def peers(hle: pd.DataFrame, deprivation: pd.DataFrame, place: Place, *, sex: str) -> Peers:
    """Return the places to compare a place with, in the latest period.

    An authority is set beside the ten authorities with the nearest deprivation score, whatever their size or region; a
    region beside the other regions, a combined authority beside the others.

    Args:
        hle: one release of table `hle`.
        deprivation: table `deprivation`.
        place: the place; it must have HLE.
        sex: "female" or "male".
    """
    latest = hle["period_end"] == hle["period_end"].max()
    level = np.flatnonzero(latest & (hle["sex"] == sex) & (hle["area_type"] == place.area_type))
    codes, values = (hle[name].iloc[level].tolist() for name in ("area_code", "hle_years"))
    if place.area_type == "utla":
        scores = deprivation[deprivation["area_code"].isin(codes)]
        chosen = {place.code, *similar_places(scores, [place.code], count=PEERS)}
        how = (
            f"The {PEERS} authorities whose average score on the Index of Multiple Deprivation 2025 is nearest; size, region "
            "and health play no part in the choice."
        )
    else:
        chosen = set(codes)
        how = "All places of the same kind, whatever their deprivation."
    highest_first = sorted(
        (-value, code, row) for value, code, row in zip(values, codes, level.tolist(), strict=True) if code in chosen
    )
    rows = hle.iloc[[row for _, _, row in highest_first]].reset_index(drop=True)
    beside = differences(rows, from_code=place.code)
    return Peers(rows=rows, clearly=beside.set_index("area_code")["clearly"], how=how)


@dataclass(frozen=True, kw_only=True)
class Task:
    """What halving the gap asks of one place."""

    floor_years: float
    shortfall_years: float
    """Floor minus HLE; 0 where at or above it."""
    pace_needed: float
    """Rise needed every year until the target period, years per year; 0 where at or above the floor."""
    surely_below: bool
    """Whether the whole 95% interval lies below the floor."""


def task(latest: pd.Series, *, floor_years: float, target_mid_point: float) -> Task:
    """Return how far a place is below the floor and how fast it would have to rise.

    Args:
        latest: hle_years, hle_uci_95 and mid_point of its latest period.
        floor_years: HLE that halving asks of every place.
        target_mid_point: middle of the target period, decimal year.
    """
    shortfall = max(0.0, floor_years - float(latest["hle_years"]))
    return Task(
        floor_years=floor_years,
        shortfall_years=shortfall,
        pace_needed=shortfall / (target_mid_point - float(latest["mid_point"])),
        surely_below=float(latest["hle_uci_95"]) < floor_years,
    )


def long_table(
    place: Place, *, hle: pd.DataFrame, life_expectancy: pd.DataFrame, places: pd.DataFrame, residuals: pd.DataFrame
) -> pd.DataFrame:
    """Return all figures of a place and the areas that hold it in one tidy table, to be taken away.

    Args:
        place: the place.
        hle: table `hle`, one release.
        life_expectancy: table `life_expectancy`.
        places: table `places`.
        residuals: table `residuals`.

    Returns:
        area_code, area_name, measure, sex, period, release, value, lci_95, uci_95, unit.
    """
    codes = [place.code, *(code for code, _ in place.within)]
    parts = [
        _measure(table[table["area_code"].isin(codes)], column, measure=measure)
        for table, column, measure in (
            (hle, "hle", "healthy life expectancy at birth"),
            (life_expectancy, "le", "life expectancy at birth"),
        )
    ]
    own = residuals[residuals["area_code"] == place.code]
    parts.append(
        own.assign(
            measure="difference from what deprivation predicts",
            value=own["residual_years"],
            lci_95=own["residual_lci_95"],
            uci_95=own["residual_uci_95"],
            unit="years",
        )
    )
    here = places[places["area_code"] == place.code]
    for column, measure, unit in (
        ("p_lowest_fifth", "probability of being among the lowest fifth of authorities", "probability"),
        ("shortfall_to_floor_years", "years below the floor, at the default settings", "years"),
    ):
        parts.append(here.assign(measure=measure, value=here[column], lci_95=np.nan, uci_95=np.nan, unit=unit))
    # the middle of a rank interval is no estimate of a rank, so only the limits are given
    parts.append(
        here.assign(
            measure="rank among authorities, 95% interval",
            value=np.nan,
            lci_95=here["rank_lci_95"],
            uci_95=here["rank_uci_95"],
            unit="rank",
        )
    )
    columns = ["area_code", "area_name", "measure", "sex", "period", "release", "value", "lci_95", "uci_95", "unit"]
    return pd.concat([part[columns] for part in parts if not part.empty], ignore_index=True)


def _measure(rows: pd.DataFrame, column: str, *, measure: str) -> pd.DataFrame:
    renamed = {f"{column}_years": "value", f"{column}_lci_95": "lci_95", f"{column}_uci_95": "uci_95"}
    return rows.rename(columns=renamed).assign(measure=measure, unit="years")
