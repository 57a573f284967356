"""Columns that several tables share: same quantity, same name, same range everywhere."""

from pipeline.areas import AREA_TYPES
from pipeline.tables.contract import Column

SEXES = ("female", "male")

AREA_CODE = Column(
    name="area_code",
    kind="text",
    meaning="ONS nine-character code, in force today",
    pattern="|".join(f"(?:{pattern})" for pattern in AREA_TYPES.values()),
)
AREA_NAME = Column(name="area_name", kind="text", meaning="Name of the area")
AREA_TYPE = Column(name="area_type", kind="text", meaning="Level of the area", allowed=tuple(AREA_TYPES))
SEX = Column(name="sex", kind="text", meaning="Sex", allowed=SEXES)
PERIOD = Column(
    name="period",
    kind="text",
    meaning="Rolling period, first and last year included",
    pattern=r"\d{4} to \d{4}",
)
PERIOD_START = Column(
    name="period_start", kind="integer", meaning="First year of the period", lowest=1990, highest=2100
)
PERIOD_END = Column(name="period_end", kind="integer", meaning="Last year of the period", lowest=1990, highest=2100)
RELEASE = Column(
    name="release",
    kind="text",
    meaning="Date on which the publisher released the figures (ISO; month only where the day is not known)",
    pattern=r"\d{4}-\d{2}(-\d{2})?",
)
PERIODS = (PERIOD, PERIOD_START, PERIOD_END)
AREA = (AREA_CODE, AREA_NAME, AREA_TYPE)


def years(name: str, meaning: str, *, lowest: float = 30, highest: float = 110, optional: bool = False) -> Column:
    """Return a column in years of life."""
    return Column(
        name=name,
        kind="number",
        meaning=meaning,
        unit="years",
        lowest=lowest,
        highest=highest,
        optional=optional,
    )


def difference_years(name: str, meaning: str, *, optional: bool = False) -> Column:
    """Return a column that holds a difference of years of life."""
    return years(name, meaning, lowest=-40, highest=40, optional=optional)


def imd_decile() -> Column:
    """Return the column of national deprivation deciles."""
    return Column(
        name="imd_decile",
        kind="integer",
        meaning="National decile of small areas by Index of Multiple Deprivation; 1 is the most deprived tenth",
        lowest=1,
        highest=10,
    )
