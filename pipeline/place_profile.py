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
        last = self.life.loc[self.life["area_code"] == self.place.code, "period"].max()
        rows = self.hle[(self.hle["area_code"] == self.place.code) & (self.hle["period"] == last)]
        return float(rows["hle_years"].iloc[0]) if len(rows) else float("nan")


def gather(tables: Tables, place: Place, answer: Answer) -> Profile:
    """Return the profile of a place that has healthy life expectancy, for the sex and question of an answer."""
    hle, sex = tables.newest("hle"), answer.sex
    own = lines(hle, place, sex=sex)
    latest = own[own["period_end"] == own["period_end"].max()].reset_index(drop=True)
    compared = against_england(
        hle, tables.table("areas"), area_type=place.area_type, sex=sex, period=str(latest["period"].iloc[0])
    )
    places = _of(tables.table("places"), place, sex)
    rise = rises_seen(tables, answer)[0]
    return Profile(
        place=place,
        sex=sex,
        answer=answer,
        hle=own,
        latest=latest,
        from_england=compared[compared["area_code"] == place.code].iloc[0],
        life=lines(tables.table("life_expectancy"), place, sex=sex),
        task=task(
            latest.iloc[0],
            floor_years=float(answer.poor_end.target_years),
            target_mid_point=answer.question.target_period.midpoint_year,
        ),
        fastest_rise=f"{rise.pace_years_per_year:.2f} ({rise.note})",
        peers=peers(hle, tables.table("deprivation"), place, sex=sex),
        standing=None if places.empty else places.iloc[0],
        residuals=_of(tables.table("residuals"), place, sex),
    )


def _of(table: pd.DataFrame, place: Place, sex: str) -> pd.DataFrame:
    return table[(table["area_code"] == place.code) & (table["sex"] == sex)]
