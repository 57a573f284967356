"""Everything that is shown of one place and one sex, gathered from the tables."""

from dataclasses import dataclass

import pandas as pd

from pipeline.answer import Answer
from pipeline.comparison import against_england
from pipeline.processed import Tables
from pipeline.profile import Peers, Place, Task, lines, peers, task
from pipeline.what_it_takes import rises_seen


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One place and sex, the latest period unless said otherwise."""

    place: Place
    sex: str
    answer: Answer
    """The question about the gap from which the floor comes."""
    hle: pd.DataFrame
    """Lines of healthy life expectancy: the place, its region, England."""
    latest: pd.DataFrame
    """Their rows of the latest period."""
    from_england: pd.Series
    """difference_years with limits, against_england in words."""
    life: pd.DataFrame
    """Lines of life expectancy."""
    task: Task
    fastest_rise: str
    """The fastest sustained rise of any region, in words."""
    peers: Peers
    standing: pd.Series | None
    """Row of table `places`; None for a place that is no authority."""
    residuals: pd.DataFrame
    """Rows of table `residuals`; empty for a place that is no authority."""

    @property
    def own(self) -> pd.Series:
        """The place's own latest row."""
        return self.latest.iloc[0]

    @property
    def le_years(self) -> float:
        """Life expectancy in the period of the latest healthy life expectancy; NaN where none is held."""
        rows = self.life[(self.life["area_code"] == self.place.code) & (self.life["period"] == self.own["period"])]
        return float(rows["le_years"].iloc[-1]) if len(rows) else float("nan")

    @property
    def hle_years_for_le(self) -> float:
        """Healthy life expectancy of the period in which the life expectancy held ends; NaN where there is none."""
        return hle_years_where_le_ends(self.hle, self.life, self.place)


def gather(tables: Tables, place: Place, answer: Answer) -> Profile:
    """Return the profile of a place that has healthy life expectancy, for the sex and question of an answer."""
    hle, sex = tables.newest("hle"), answer.sex
    own = lines(hle, place, sex=sex)
    latest = latest_lines(own)
    compared = against_england(
        hle, tables.table("areas"), area_type=place.area_type, sex=sex, period=str(latest["period"].iloc[0])
    )
    rise = rises_seen(tables, answer)[0]
    return Profile(
        place=place,
        sex=sex,
        answer=answer,
        hle=own,
        latest=latest,
        from_england=compared[compared["area_code"] == place.code].iloc[0],
        life=lines(tables.table("life_expectancy"), place, sex=sex),
        task=task_of(latest, answer),
        fastest_rise=f"{rise.pace_years_per_year:.2f} ({rise.note})",
        peers=peers(hle, tables.table("deprivation"), place, sex=sex),
        standing=standing_of_place(tables, place, sex=sex),
        residuals=rows_of_place(tables.table("residuals"), place, sex=sex),
    )


def latest_lines(own: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the latest period of `pipeline.profile.lines`."""
    latest: pd.DataFrame = own[own["period_end"] == own["period_end"].max()].reset_index(drop=True)
    return latest


def task_of(latest: pd.DataFrame, answer: Answer) -> Task:
    """Return what an answer asks of a place.

    Args:
        latest: from `latest_lines`, the place's own row first.
        answer: the question about the gap from which the floor comes.
    """
    return task(
        latest.iloc[0],
        floor_years=float(answer.poor_end.target_years),
        target_mid_point=answer.question.target_period.midpoint_year,
    )


def hle_years_where_le_ends(hle: pd.DataFrame, life: pd.DataFrame, place: Place) -> float:
    """Return a place's HLE of the period in which its life expectancy held ends, years; NaN where there is none.

    Args:
        hle: `pipeline.profile.lines` of table `hle`.
        life: `pipeline.profile.lines` of table `life_expectancy`.
        place: the place.
    """
    last = life.loc[life["area_code"] == place.code, "period"].max()
    rows = hle[(hle["area_code"] == place.code) & (hle["period"] == last)]
    return float(rows["hle_years"].iloc[0]) if len(rows) else float("nan")


def standing_of_place(tables: Tables, place: Place, *, sex: str) -> pd.Series | None:
    """Return the row of table `places` of a place and sex; None for a place that is no authority."""
    rows = rows_of_place(tables.table("places"), place, sex=sex)
    return None if rows.empty else rows.iloc[0]


def rows_of_place(table: pd.DataFrame, place: Place, *, sex: str) -> pd.DataFrame:
    """Return the rows of a place and sex."""
    return table[(table["area_code"] == place.code) & (table["sex"] == sex)]
