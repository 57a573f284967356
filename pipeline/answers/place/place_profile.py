"""Everything that is shown of one place and one sex, gathered from the tables."""

from dataclasses import dataclass, fields

import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.what_it_takes import rises_seen
from pipeline.answers.place.comparison import against_england
from pipeline.answers.place.profile import Peers, Place, Task, lines, peers, task
from pipeline.processed import Tables


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the figures say of one place and sex, whatever is asked; the latest period unless said otherwise."""

    place: Place
    sex: str
    hle: pd.DataFrame
    """Lines of healthy life expectancy: the place, its region, England."""
    latest: pd.DataFrame
    """Their rows of the latest period."""
    own: pd.Series
    """The place's own latest row."""
    from_england: pd.Series
    """difference_years with limits, against_england in words."""
    life: pd.DataFrame
    """Lines of life expectancy."""
    le_years: float
    """Life expectancy in the period of the latest healthy life expectancy; NaN where none is held."""
    hle_years_for_le: float
    """Healthy life expectancy of the period in which the life expectancy held ends; NaN where there is none."""
    peers: Peers
    standing: pd.Series | None
    """Row of table `places`; None for a place that is no authority."""
    residuals: pd.DataFrame
    """Rows of table `residuals`; empty for a place that is no authority."""


@dataclass(frozen=True, kw_only=True)
class Profile(Known):
    """What is known of one place and sex, with what a question asks of it."""

    answer: Answer
    """The question about the gap from which the floor comes."""
    task: Task
    fastest_rise: str
    """The fastest sustained rise of any region, in words."""


def known_of(tables: Tables, place: Place, *, sex: str) -> Known:
    """Return what does not depend on any question, of a place that has healthy life expectancy.

    Args:
        tables: the processed tables.
        place: the place.
        sex: "female" or "male".
    """
    hle = tables.newest("hle")
    own, life = (lines(rows, place, sex=sex) for rows in (hle, tables.table("life_expectancy")))
    latest = latest_lines(own)
    period = str(latest["period"].iloc[0])
    compared = against_england(hle, tables.table("areas"), area_type=place.area_type, sex=sex, period=period)
    return Known(
        place=place,
        sex=sex,
        hle=own,
        latest=latest,
        own=latest.iloc[0],
        from_england=compared[compared["area_code"] == place.code].iloc[0],
        life=life,
        le_years=_le_years(life, place, period=period),
        hle_years_for_le=hle_years_where_le_ends(own, life, place),
        peers=peers(hle, tables.table("deprivation"), place, sex=sex),
        standing=standing_of_place(tables, place, sex=sex),
        residuals=rows_of_place(tables.table("residuals"), place, sex=sex),
    )


def gather(tables: Tables, known: Known, answer: Answer) -> Profile:
    """Return what is known of a place, the very same tables, with what the question of an answer asks of it.

    Args:
        tables: the processed tables.
        known: from `known_of`.
        answer: the answer for the same sex.
    """
    rise = rises_seen(tables, answer)[0]
    return Profile(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        answer=answer,
        task=task_of(known.latest, answer),
        fastest_rise=f"{rise.pace_years_per_year:.2f} ({rise.note})",
    )


def latest_lines(own: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the latest period of `pipeline.answers.place.profile.lines`."""
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
        hle: `pipeline.answers.place.profile.lines` of table `hle`.
        life: `pipeline.answers.place.profile.lines` of table `life_expectancy`.
        place: the place.
    """
    last = life.loc[life["area_code"] == place.code, "period"].max()
    rows = hle[(hle["area_code"] == place.code) & (hle["period"] == last)]
    return float(rows["hle_years"].iloc[0]) if len(rows) else float("nan")


def _le_years(life: pd.DataFrame, place: Place, *, period: str) -> float:
    rows = life[(life["area_code"] == place.code) & (life["period"] == period)]
    return float(rows["le_years"].iloc[-1]) if len(rows) else float("nan")


def standing_of_place(tables: Tables, place: Place, *, sex: str) -> pd.Series | None:
    """Return the row of table `places` of a place and sex; None for a place that is no authority."""
    rows = rows_of_place(tables.table("places"), place, sex=sex)
    return None if rows.empty else rows.iloc[0]


def rows_of_place(table: pd.DataFrame, place: Place, *, sex: str) -> pd.DataFrame:
    """Return the rows of a place and sex."""
    return table[(table["area_code"] == place.code) & (table["sex"] == sex)]
