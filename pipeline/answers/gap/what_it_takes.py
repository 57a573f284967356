"""What the required rise stands beside: who is below the floor, and how fast any region has risen."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.measures.difference import standard_error_from_interval
from pipeline.measures.gap.floor import areas_below_floor, fastest_sustained_rise
from pipeline.periods import Period
from pipeline.processed import Tables

ALL_AGES = "Every age"
"""How table `leverage` names the row for all ages together."""


@dataclass(frozen=True)
class Floor:
    """The floor and the authorities against it."""

    areas: pd.DataFrame
    floor_years: float
    people: float


@dataclass(frozen=True)
class Rise:
    """A pace at which healthy life expectancy has risen or would have to rise."""

    label: str
    pace_years_per_year: float
    note: str
    """Where and when."""


def floor(tables: Tables, answer: Answer) -> Floor:
    """Every authority's shortfall to the value that the poor end must reach under the chosen rule."""
    areas = authorities(tables.newest("hle"), tables.table("deprivation"), answer.sex)
    floor_years = float(answer.poor_end.target_years)
    task = areas_below_floor(areas["hle_years"], areas["population"], floor_years)
    return Floor(areas.assign(shortfall_years=task.shortfall_years), floor_years, task.people)


def rises_seen(tables: Tables, answer: Answer) -> list[Rise]:
    """The fastest sustained rise of any region, and what the poor end has done since the baseline."""
    seen = tables.once(f"fastest rise {answer.sex}", lambda: fastest_rise(tables.newest("hle"), answer.sex))
    years = float(answer.latest["mid_point"] - answer.baseline["mid_point"])
    own = Rise(
        f"So far: {answer.latest['worse_off']}",
        float(answer.change.worse_off_change) / years,
        f"{answer.baseline['period']} to {answer.latest['period']}",
    )
    return [seen, own]


def points_needed(table: pd.DataFrame, *, sex: str, rise_years: float) -> pd.DataFrame:
    """Percentage points more in good health that a rise would take, were it to come from one stage of life.

    From table `leverage` and the rise in HLE at birth, every age first: ages, points (needed), room (points left to
    100% in England today), possible (whether there is room).
    """
    rows = table[table["sex"] == sex]
    ordered = rows.iloc[np.lexsort((rows["first_age"], rows["ages"] != ALL_AGES))].reset_index(drop=True)
    points = rise_years / ordered["years_per_percentage_point"]
    room = 100 * (1 - ordered["good_health_share"])
    return pd.DataFrame({"ages": ordered["ages"], "points": points, "room": room, "possible": points <= room})


def authorities(hle: pd.DataFrame, deprivation: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Every authority's newest HLE, with its population of both sexes; `hle`: one release."""
    latest = hle[(hle["area_type"] == "utla") & (hle["sex"] == sex) & (hle["period_end"] == hle["period_end"].max())]
    people = deprivation[["area_code", "population"]]
    areas: pd.DataFrame = latest.merge(people, on="area_code", how="left", validate="one_to_one")
    return areas


def fastest_rise(hle: pd.DataFrame, sex: str) -> Rise:
    """The fastest rise of any region over six years, twice running; `hle`: one release."""
    return _fastest(hle, sex, sign=1, label="Fastest sustained, any region")


def fastest_fall(hle: pd.DataFrame, sex: str) -> Rise:
    """The fastest fall of any region over six years, twice running: a negative pace; `hle`: one release."""
    return _fastest(hle, sex, sign=-1, label="Fastest sustained fall, any region")


def _fastest(hle: pd.DataFrame, sex: str, *, sign: int, label: str) -> Rise:
    rows = hle[(hle["area_type"] == "region") & (hle["sex"] == sex)]
    table = rows.pivot(index="area_name", columns="period_start", values=["hle_years", "hle_lci_95", "hle_uci_95"])
    values, lower, upper = (table[column] for column in ("hle_years", "hle_lci_95", "hle_uci_95"))
    starts = np.asarray(values.columns, dtype=int)
    fastest = fastest_sustained_rise(sign * values, standard_error_from_interval(lower, upper), starts + 1.5)
    first, last = (
        Period(int(starts[i]), int(starts[i]) + 2).label for i in (fastest.first_position, fastest.last_position)
    )
    region = str(values.index[fastest.area_position])
    return Rise(label, sign * fastest.pace_years_per_year, f"{region}, {first} to {last}")
