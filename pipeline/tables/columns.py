"""Columns that several tables share: same quantity, same name, same range everywhere."""

from collections.abc import Sequence

from pipeline.areas import AREA_TYPES
from pipeline.tables.contract import Column


def text(name: str, meaning: str, *, allowed: Sequence[str] = (), pattern: str = "", optional: bool = False) -> Column:
    """A column of words or codes."""
    return Column(name=name, kind="text", meaning=meaning, allowed=tuple(allowed), pattern=pattern, optional=optional)


def integer(
    name: str,
    meaning: str,
    *,
    unit: str = "",
    lowest: float | None = None,
    highest: float | None = None,
    optional: bool = False,
) -> Column:
    """A column of whole numbers."""
    return Column(
        name=name, kind="integer", meaning=meaning, unit=unit, lowest=lowest, highest=highest, optional=optional
    )


def number(
    name: str,
    meaning: str,
    *,
    unit: str = "",
    lowest: float | None = None,
    highest: float | None = None,
    optional: bool = False,
    decimals: int = 4,
) -> Column:
    """A column of numbers, kept to so many decimals."""
    return Column(
        name=name,
        kind="number",
        meaning=meaning,
        unit=unit,
        lowest=lowest,
        highest=highest,
        optional=optional,
        decimals=decimals,
    )


def boolean(name: str, meaning: str) -> Column:
    """A column of true and false."""
    return Column(name=name, kind="boolean", meaning=meaning)


def years(name: str, meaning: str, *, lowest: float = 30, highest: float = 110, optional: bool = False) -> Column:
    """A column in years of life."""
    return number(name, meaning, unit="years", lowest=lowest, highest=highest, optional=optional)


def difference_years(name: str, meaning: str, *, optional: bool = False) -> Column:
    """A column of differences in years of life."""
    return years(name, meaning, lowest=-40, highest=40, optional=optional)


def calendar_year(name: str, meaning: str, *, optional: bool = False) -> Column:
    """A column of calendar years."""
    return integer(name, meaning, lowest=1990, highest=2100, optional=optional)


AREA_CODE = text(
    "area_code",
    "ONS nine-character code, in force today",
    pattern="|".join(f"(?:{pattern})" for pattern in AREA_TYPES.values()),
)
AREA_NAME = text("area_name", "Name of the area")
AREA_TYPE = text("area_type", "Level of the area", allowed=tuple(AREA_TYPES))
AREA = (AREA_CODE, AREA_NAME, AREA_TYPE)
NATION = (
    text("nation_code", "ONS code of the United Kingdom or one of its nations", pattern=r"[EKNSW]\d{8}"),
    text("nation_name", "Its name"),
)
SEX = text("sex", "Sex", allowed=("female", "male"))
PERIOD = text("period", "Rolling period, first and last year included", pattern=r"\d{4} to \d{4}")
PERIOD_START = calendar_year("period_start", "First year of the period")
PERIOD_END = calendar_year("period_end", "Last year of the period")
PERIODS = (PERIOD, PERIOD_START, PERIOD_END)
RELEASE = text(
    "release",
    "Date on which the publisher released the figures (ISO; month only where the day is not known)",
    pattern=r"\d{4}-\d{2}(-\d{2})?",
)
IMD_DECILE = integer(
    "imd_decile",
    "National decile of small areas by Index of Multiple Deprivation; 1 is the most deprived tenth",
    lowest=1,
    highest=10,
)
INDICATOR = text("indicator", "Our name for the indicator", pattern=r"[a-z0-9-]+")
BLOCK_PERIOD_PATTERN = r"\d{4}(/\d{2})?( to \d{4}(/\d{2})?)?|\d{4}-\d{2}-\d{2}"
"""A year, a run of years, a year that starts after 1 January ("2024/25"), or a day."""
