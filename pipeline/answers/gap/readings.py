"""Every reading of the promise by one forecast, and how many of them are on course."""

from dataclasses import dataclass

import pandas as pd

from pipeline.processed import Tables
from pipeline.tables.promise import MOST_HOPEFUL, reading_column

_KEY = ["definition", "sex", "baseline_period", "target_year", "direction"]
ON_COURSE = ("On course", "Halved")


@dataclass(frozen=True)
class Count:
    """How many readings there are, and how many of them are on course or cannot be told."""

    readings: int
    on_course: int
    cannot_tell: int


def readings_by(tables: Tables, model: str) -> pd.DataFrame:
    """Table `readings` by one forecast: its key, direction, probability and course."""
    names = {reading_column(what, model): what for what in ("probability", "course")}
    return tables.table("readings")[[*_KEY, *names]].rename(columns=names)


def most_hopeful(tables: Tables) -> pd.DataFrame:
    """The same if the trend of the periods before the pandemic goes on."""
    return readings_by(tables, MOST_HOPEFUL)


def counted(readings: pd.DataFrame) -> Count:
    """Count readings by their course."""
    course = readings["course"]
    return Count(len(course), int(course.isin(ON_COURSE).sum()), int((course == "Cannot tell").sum()))
