"""What the figures say of one place: its series, its rank, places like it, what is asked of it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.what_it_takes import rises_seen
from pipeline.answers.place.comparison import level_against_england
from pipeline.answers.place.groups import authorities_in
from pipeline.areas import ENGLAND, GROUP, number_of_areas
from pipeline.errors import UsageError
from pipeline.measures.difference import difference, interval_from_standard_error, standard_error_from_interval
from pipeline.measures.places.similar_places import similar_places
from pipeline.measures.trend.rolling import mid_point
from pipeline.processed import Tables

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
    authorities: tuple[str, ...] = ()
    """Codes of the authorities that make it up; itself for an authority."""
    estimated: bool = False
    """Whether its figures are our estimate from those of its authorities."""


def place_of(tables: Tables, code: str) -> Place:
    """An area of table `areas` with its region (where all of it lies in one) and England.

    Raises:
        UsageError: there is no such area.
    """
    return tables.once(f"place {code}", lambda: _place_in(tables.table("areas"), code))


def _place_in(areas: pd.DataFrame, code: str) -> Place:
    by_code = areas.set_index("area_code", drop=False)
    if code not in by_code.index:
        raise UsageError(f"There is no area {code!r}.", do="Choose a place from the list.")
    own, name_of = by_code.loc[code], by_code["area_name"]
    members = areas[(areas["area_code"] == code) | (areas["combined_authority_code"] == code)]
    regions = members["region_code"].dropna().unique()
    holders = [*(regions if len(regions) == 1 else ()), ENGLAND]
    part_of, reason = own["combined_authority_code"], own["no_hle_reason"]
    return Place(
        code=code,
        name=str(own["area_name"]),
        area_type=str(own["area_type"]),
        within=tuple((str(holder), str(name_of[holder])) for holder in holders),
        combined_authority="" if pd.isna(part_of) else str(name_of[part_of]),
        no_hle_reason="" if pd.isna(reason) else str(reason),
        authorities=authorities_in(areas, code),
        estimated=own.get("estimated", False) is True,
    )


def lines(table: pd.DataFrame, place: Place, *, sex: str) -> pd.DataFrame:
    """The rows of a place and of the areas that hold it, with mid_point and in the order place, region, England.

    `table` is `hle` (one release) or `life_expectancy` (all releases, since an area's periods may come from two).
    """
    order = [place.code, *(code for code, _ in place.within)]
    rows = table[(table["sex"] == sex) & table["area_code"].isin(order)]
    rows = rows.assign(mid_point=mid_point(rows["period_start"], rows["period_end"]))
    nearest_first = rows["area_code"].map(order.index)
    return rows.iloc[np.lexsort((rows["period_start"], nearest_first))].reset_index(drop=True)


def hle_lines(tables: Tables, place: Place, *, sex: str) -> pd.DataFrame:
    """`lines` of the newest healthy life expectancy; read it only, since all visitors share it."""
    return tables.once(f"hle lines {place} {sex}", lambda: lines(tables.newest("hle"), place, sex=sex))


def differences(rows: pd.DataFrame, *, from_code: str) -> pd.DataFrame:
    """Rows of HLE with their difference from one area among them, its 95% limits, and whether it is clear.

    The two areas are taken as independent. Where one holds the other this makes the interval a little too wide. Takes
    area_code, hle_years, hle_lci_95 and hle_uci_95 of one sex and period; adds difference_years, difference_lci_95,
    difference_uci_95 and clearly (1 higher, -1 lower, 0 not clear) to the other rows.
    """
    se = standard_error_from_interval(rows["hle_lci_95"], rows["hle_uci_95"])
    own = (rows["area_code"] == from_code).to_numpy()
    others = rows[~own]
    own_years, own_se = float(rows.loc[own, "hle_years"].iloc[0]), float(se[own][0])
    change, change_se = difference(others["hle_years"], own_years, se[~own], own_se)
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
    beyond: frozenset[str] = frozenset()
    """Codes of areas outside England among the rows, which are shown and not counted."""
    released: str = ""
    """Release of the list of statistical neighbours that they are from; empty where they are none."""
    without_hle: tuple[str, ...] = ()
    """Names of peers for which no HLE is published, the most alike first."""

    @property
    def in_england(self) -> pd.Series:
        """`clearly` of the peers that are counted."""
        return self.clearly[~self.clearly.index.isin(self.beyond)]


def peers(hle: pd.DataFrame, deprivation: pd.DataFrame, place: Place, *, sex: str) -> Peers:
    """The places to compare a place that has HLE with, in the latest period of one release of table `hle`.

    An authority is compared with the ten authorities with the nearest deprivation score, whatever their size or region;
    a region with the other regions, a combined authority or a group of authorities with the combined authorities.
    """
    latest = hle[(hle["period_end"] == hle["period_end"].max()) & (hle["sex"] == sex)]
    alike = "combined-authority" if place.area_type == GROUP else place.area_type
    rows = latest[(latest["area_type"] == alike) | (latest["area_code"] == place.code)]
    if place.area_type == "utla":
        scores = deprivation[deprivation["area_code"].isin(rows["area_code"])]
        chosen = [place.code, *similar_places(scores, [place.code], count=PEERS)]
        rows = rows[rows["area_code"].isin(chosen)]
        how = (
            f"The {PEERS} authorities whose average score on the Index of Multiple Deprivation 2025 is nearest; size, region "
            "and health play no part in the choice."
        )
    elif place.area_type == GROUP:
        how = "All combined authorities with published figures, whatever their deprivation."
    else:
        how = "All places of the same kind, whatever their deprivation."
    rows = rows.sort_values(["hle_years", "area_code"], ascending=[False, True], ignore_index=True)
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
    """How far a place is below the floor and how fast it would have to rise.

    `latest` holds hle_years, hle_uci_95 and mid_point of its latest period; `floor_years` is the HLE that halving asks of
    every place; `target_mid_point` is the middle of the target period, decimal year.
    """
    shortfall = max(0.0, floor_years - float(latest["hle_years"]))
    return Task(
        floor_years=floor_years,
        shortfall_years=shortfall,
        pace_needed=shortfall / (target_mid_point - float(latest["mid_point"])),
        surely_below=float(latest["hle_uci_95"]) < floor_years,
    )


def task_of(latest: pd.DataFrame, answer: Answer) -> Task:
    """What the question of an answer asks of a place; its own row is the first of `latest_lines`."""
    return task(
        latest.iloc[0],
        floor_years=float(answer.poor_end.target_years),
        target_mid_point=answer.question.target_period.midpoint_year,
    )


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One place and sex in the latest period."""

    place: Place
    sex: str
    own: pd.Series
    """The place's own row of `lines`."""
    from_england: pd.Series
    """difference_years with limits, against_england in words."""
    le_years: float
    """Life expectancy in the same period; NaN where none is held."""
    standing: pd.Series | None
    """Row of table `places`; None for a place that is no authority."""
    shortfall: pd.Series
    """Row of table `shortfall`."""
    ranked_by_shortfall: int
    """How many places of its level are ranked by it."""
    answer: Answer
    """The question about the gap from which the floor comes."""
    task: Task
    fastest_rise: str
    """The fastest sustained rise of any region, in words."""


def profile_of(tables: Tables, place: Place, answer: Answer) -> Profile:
    """What is known of a place that has HLE, for the sex of an answer, and what its question asks of the place."""
    sex = answer.sex
    latest = latest_lines(hle_lines(tables, place, sex=sex))
    period = str(latest["period"].iloc[0])
    compared = level_against_england(tables, area_type=place.area_type, sex=sex, period=period)
    life = rows_of_place(tables.table("life_expectancy"), place, sex=sex)
    rise = rises_seen(tables, answer)[0]
    held = tables.table("shortfall")
    return Profile(
        place=place,
        sex=sex,
        own=latest.iloc[0],
        from_england=compared[compared["area_code"] == place.code].iloc[0],
        le_years=_last_value(life, place, "le_years", period=period),
        standing=standing_of_place(tables, place, sex=sex),
        shortfall=rows_of_place(held, place, sex=sex).iloc[0],
        ranked_by_shortfall=number_of_areas(held[held["area_type"] == place.area_type]),
        answer=answer,
        task=task_of(latest, answer),
        fastest_rise=f"{rise.pace_years_per_year:.2f} ({rise.note})",
    )


def latest_lines(own: pd.DataFrame) -> pd.DataFrame:
    """The rows of the latest period of `lines`."""
    latest: pd.DataFrame = own[own["period_end"] == own["period_end"].max()].reset_index(drop=True)
    return latest


def hle_years_where_le_ends(hle: pd.DataFrame, life: pd.DataFrame, place: Place) -> float:
    """A place's HLE of the period in which its life expectancy held ends; NaN where there is none (both from `lines`)."""
    last = life.loc[life["area_code"] == place.code, "period"].max()
    return _last_value(hle, place, "hle_years", period=last)


def _last_value(rows: pd.DataFrame, place: Place, column: str, *, period: str) -> float:
    found = rows.loc[(rows["area_code"] == place.code) & (rows["period"] == period), column]
    return float(found.iloc[-1]) if len(found) else float("nan")


def standing_of_place(tables: Tables, place: Place, *, sex: str) -> pd.Series | None:
    """The row of table `places` of a place and sex; None for a place that is no authority."""
    rows = rows_of_place(tables.table("places"), place, sex=sex)
    return None if rows.empty else rows.iloc[0]


def rows_of_place(table: pd.DataFrame, place: Place, *, sex: str) -> pd.DataFrame:
    """The rows of a place and sex."""
    return table[(table["area_code"] == place.code) & (table["sex"] == sex)]


def long_table(
    place: Place, *, hle: pd.DataFrame, life_expectancy: pd.DataFrame, places: pd.DataFrame, residuals: pd.DataFrame
) -> pd.DataFrame:
    """All figures of a place and the areas that hold it in one tidy table, for download; `hle` is one release.

    Columns: area_code, area_name, measure, sex, period, release, value, lci_95, uci_95, unit.
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
