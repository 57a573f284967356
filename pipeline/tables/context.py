"""Tables of published figures beside healthy life expectancy: people, life expectancy, small areas, building blocks."""

from dataclasses import replace

from pipeline.areas import AREA_TYPES
from pipeline.tables.columns import (
    AREA,
    AREA_CODE,
    AREA_NAME,
    NATION,
    PERIOD_END,
    PERIOD_START,
    PERIODS,
    RELEASE,
    SEX,
    calendar_year,
    integer,
    number,
    text,
    years,
)
from pipeline.tables.contract import Table

DISTRICT = r"E0[6-9]\d{6}"

LIFE_EXPECTANCY = Table(
    name="life_expectancy",
    meaning="Life expectancy at birth. High is good. Rows of different releases are not one series: where an area's "
    "periods come from two releases, no change may be taken across the seam.",
    columns=(
        RELEASE,
        *AREA,
        SEX,
        *PERIODS,
        years("le_years", "Life expectancy at birth"),
        years("le_lci_95", "Lower limit of its 95% confidence interval; empty where not held", optional=True),
        years("le_uci_95", "Upper limit of its 95% confidence interval; empty where not held", optional=True),
    ),
    key=("release", "area_code", "sex", "period"),
    ordered=(("le_lci_95", "le_years", "le_uci_95"),),
)
POPULATION = Table(
    name="population",
    meaning="Residents of upper-tier authorities at mid-year.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        calendar_year("year", "Year of the estimate (30 June)"),
        integer("population", "Residents", unit="persons", lowest=1),
    ),
    key=("release", "area_code", "year"),
)
POPULATION_SEX = Table(
    name="population_sex",
    meaning="Residents of upper-tier authorities by sex on Census day 2021.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        SEX,
        integer("population", "Residents", unit="persons", lowest=1),
    ),
    key=("release", "area_code", "sex"),
)
LIFE_TABLE = Table(
    name="life_table",
    meaning="Life table of England by single year of age.",
    columns=(
        RELEASE,
        SEX,
        PERIOD_START,
        PERIOD_END,
        integer("age", "Age last birthday", unit="years", lowest=0, highest=120),
        number("mortality_rate", "Central death rate m", lowest=0, highest=5, decimals=6),
        number("death_probability", "Probability q of dying before the next birthday", lowest=0, highest=1, decimals=6),
        number("survivors", "Survivors l at this age of 100,000 born", lowest=0, highest=100_000),
        number("deaths", "Deaths d before the next birthday", lowest=0, highest=100_000),
        years("le_years", "Remaining life expectancy e at this age", lowest=0),
    ),
    key=("release", "sex", "period_start", "age"),
)
GOOD_HEALTH = Table(
    name="good_health",
    meaning="Share of people in good health and healthy life expectancy by age band, United Kingdom and its four nations, as "
    "modelled by ONS.",
    columns=(
        RELEASE,
        *NATION,
        SEX,
        *PERIODS,
        integer("age", "First age of the band", unit="years", lowest=0, highest=90),
        number(
            "good_health_share",
            "Share of the band that reports good or very good health",
            unit="share",
            lowest=0,
            highest=1,
            decimals=6,
        ),
        years("hle_years", "Healthy life expectancy at the band's first age", lowest=0),
    ),
    key=("release", "nation_code", "sex", "period", "age"),
)
DEPRIVATION_LSOA = Table(
    name="deprivation_lsoa",
    meaning="Index of Multiple Deprivation 2025 of small areas (lower layer super output areas of 2021). A high score "
    "is more deprived.",
    columns=(
        text("lsoa_code", "Code of the small area", pattern=r"E01\d{6}"),
        text(
            "lsoa_name",
            "Publisher's name of it, without that of its district where it begins with that (001A); empty where not held",
            optional=True,
        ),
        text("district_code", "District or single-tier authority that it lies in", pattern=DISTRICT),
        number("imd_score", "IMD 2025 score", lowest=0, highest=100, decimals=3),
        integer("imd_decile", "National decile of the score; 1 is the most deprived tenth", lowest=1, highest=10),
        integer("residents", "Residents", unit="persons", lowest=0),
    ),
    key=("lsoa_code",),
    falls_with=("imd_decile", "imd_score"),
)
SMALL_AREAS = replace(DEPRIVATION_LSOA, name="small_areas")
DISTRICTS = Table(
    name="districts",
    meaning="Which upper-tier authority each district lies in; where an authority has one tier, it is its own district.",
    columns=(
        RELEASE,
        text("district_code", "District or single-tier authority", pattern=DISTRICT),
        text("district_name", "Name of the district"),
        text("area_code", "Upper-tier authority, code in force today", pattern=AREA_TYPES["utla"]),
    ),
    key=("district_code",),
)
BUILDING_BLOCKS = Table(
    name="building_blocks",
    meaning="Indicators of the building blocks of health: work, income, homes, learning, food, surroundings, habits. "
    "What each counts, its unit and which direction is good are in levers.csv and building_blocks.csv under pipeline/sources.",
    columns=(
        RELEASE,
        text("indicator", "Our name for the indicator", pattern=r"[a-z0-9-]+"),
        AREA_CODE,
        text(
            "period",
            'Year, run of years or day: "2024", "2022 to 2024", "2024/25" (a year that starts after 1 January), '
            '"2023-10-05"',
            pattern=r"\d{4}(/\d{2})?( to \d{4}(/\d{2})?)?|\d{4}-\d{2}-\d{2}",
        ),
        text("period_start", "First day of the period", pattern=r"\d{4}-\d{2}-\d{2}"),
        number("value", "Value in the indicator's unit"),
        number("lci_95", "Lower limit of its 95% interval, where published", optional=True),
        number("uci_95", "Upper limit of its 95% interval, where published", optional=True),
    ),
    key=("indicator", "area_code", "period"),
    ordered=(("lci_95", "value", "uci_95"),),
)
LOCAL_ACTION = Table(
    name="local_action",
    meaning="Thirteen cases of local action on health inequalities, read from a report of 2021.",
    columns=(
        text("case", "Number of the case in the report", pattern=r"\d\.[A-Z]"),
        text("place", "Place as the report names it"),
        text(
            "area_codes",
            "Areas that the place lies in, separated by a space (K02000001 is the United Kingdom); codes in force",
            pattern=r"[EK]\d{8}( [EK]\d{8})*",
        ),
        text("sector", "Who acted"),
        calendar_year("since", "Year in which it began; empty where the report gives none", optional=True),
        text("action", "What was done"),
        text("what_is_recorded", "What the report says came of it; empty where nothing", optional=True),
    ),
    key=("case",),
)
