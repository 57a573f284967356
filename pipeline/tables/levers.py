"""Tables about the building blocks of health and local action that the build makes."""

from pipeline.tables.columns import (
    AREA_CODE,
    BLOCK_PERIOD_PATTERN,
    INDICATOR,
    PERIODS,
    SEX,
    boolean,
    calendar_year,
    difference_years,
    integer,
    number,
    text,
    years,
)
from pipeline.tables.context import LOCAL_ACTION
from pipeline.tables.contract import Column, Table

MOVED = ("caught up", "fell behind", "little changed", "one period")
NOTHING, DEPRIVATION = "nothing", "deprivation"

CASE = text("case", "Number of the case in table local_action", pattern=r"\d\.[A-Z]")


def _block_period(name: str, meaning: str) -> Column:
    return text(
        name,
        f'{meaning}: "2024", "2022 to 2024", "2024/25" (a year that starts after 1 January) or a day',
        pattern=BLOCK_PERIOD_PATTERN,
    )


_BLOCK_PERIOD = _block_period("period", "Year, run of years or day")
_PERIOD_START_YEAR = calendar_year("period_start", "Year in which the period starts")


def _standard_deviations(name: str, meaning: str, *, optional: bool = False) -> Column:
    return number(name, meaning, unit="standard deviations", lowest=-20, highest=20, optional=optional, decimals=3)


def _correlation(name: str, meaning: str) -> Column:
    return number(name, meaning, lowest=-1, highest=1, decimals=3)


BLOCK_FIGURES = Table(
    name="building_blocks",
    meaning="Figures of the building blocks of health since 2011, by area, as published (two decimals; air cleaned by "
    "vegetation divided by residents). Table levers says what each indicator counts and which direction is good.",
    columns=(
        INDICATOR,
        AREA_CODE,
        _BLOCK_PERIOD,
        _PERIOD_START_YEAR,
        number("value", "Value in the indicator's unit", decimals=2),
        number("lci_95", "Lower limit of its 95% interval; empty where none is published", optional=True, decimals=2),
        number("uci_95", "Upper limit; empty as lci_95", optional=True, decimals=2),
    ),
    key=("indicator", "area_code", "period"),
    ordered=(("lci_95", "value", "uci_95"),),
)
CURRENT_PRICES = boolean(
    "current_prices", "Whether values rise with prices, so that earlier gaps are re-priced before they are compared"
)
WRITTEN_BY_HAND = (
    INDICATOR,
    text("label", "Short name, as charts write it"),
    text("counts", "What is counted, of whom"),
    text(
        "block",
        "Building block of health",
        allowed=(
            "Work",
            "Income",
            "Early years",
            "Education and skills",
            "Housing",
            "Surroundings",
            "Behaviours",
            "Care",
            "Wellbeing",
        ),
    ),
    text(
        "capital",
        "Which of the four capitals it belongs to (after the Health Foundation, 2021; the assignment is ours)",
        allowed=("financial and physical", "human", "social", "natural"),
    ),
    text("department", "Department that leads on it"),
    text(
        "level",
        "Levels of government that can act, separated by a space",
        pattern=r"national( combined-authority)?( local)?",
    ),
    text(
        "horizon",
        "short: the figure can answer to a decision within about five years; long: it takes more (our judgement)",
        allowed=("short", "long"),
    ),
    text("polarity", "Which direction is good", allowed=("high-is-good", "high-is-bad")),
)
"""Columns of pipeline/sources/levers.csv that table `levers` takes over as they are."""

LEVER_FACTS = Table(
    name="levers",
    meaning="What each building block counts, who leads on it and who can act on it. Department, level, capital and "
    "horizon are facts and judgements written by hand; basis names the law or document behind department and level.",
    columns=(
        *WRITTEN_BY_HAND,
        text("unit", "Unit of the values"),
        text("basis", "Law or document on which department and level rest"),
        text("publisher", "Who publishes the figures"),
        text("source", "Title of the source; see data/raw/lock.json for address and checksum"),
        text("release", "Date of the release", pattern=r"\d{4}-\d{2}(-\d{2})?"),
        _block_period("latest_period", "Latest period held"),
        CURRENT_PRICES,
    ),
    key=("indicator",),
)
LEVER_GAPS = Table(
    name="lever_gaps",
    meaning="The gap of each building block between the least and the most deprived fifth of authorities (the fifths of "
    "the definition deprivation-fifths). Positive: the most deprived fifth is worse off.",
    columns=(
        INDICATOR,
        _BLOCK_PERIOD,
        _PERIOD_START_YEAR,
        number("least_deprived", "Population-weighted mean of the least deprived fifth"),
        number("most_deprived", "Population-weighted mean of the most deprived fifth"),
        integer(
            "least_deprived_areas",
            "Authorities of the least deprived fifth that have a figure (of 30)",
            lowest=1,
            highest=31,
        ),
        integer(
            "most_deprived_areas",
            "Authorities of the most deprived fifth that have a figure (of 31)",
            lowest=1,
            highest=31,
        ),
        number("gap", "Least minus most deprived fifth in the indicator's unit, sign turned where high is bad"),
        number(
            "gap_se",
            "Standard error of the gap; empty where an authority has no published interval",
            optional=True,
            lowest=0,
        ),
        _standard_deviations(
            "gap_sd", "Gap divided by the standard deviation between all authorities in the latest period"
        ),
        _standard_deviations("gap_sd_lci_95", "Lower limit of its 95% interval; empty as gap_se", optional=True),
        _standard_deviations("gap_sd_uci_95", "Upper limit of its 95% interval; empty as gap_se", optional=True),
    ),
    key=("indicator", "period"),
    ordered=(("gap_sd_lci_95", "gap_sd", "gap_sd_uci_95"),),
)
LEVER_CHANGES = Table(
    name="lever_changes",
    meaning="How the gap of each building block moved between its first period since 2011 and its latest.",
    columns=(
        INDICATOR,
        _block_period("first_period", "First period"),
        _block_period("latest_period", "Latest period"),
        _standard_deviations(
            "change_sd",
            "Change of gap_sd; negative: the most deprived fifth caught up; empty for one period",
            optional=True,
        ),
        _standard_deviations("change_sd_lci_95", "Lower limit of its 95% interval, where known", optional=True),
        _standard_deviations("change_sd_uci_95", "Upper limit of its 95% interval, where known", optional=True),
        text("moved", "What the most deprived fifth did; little changed: under 0.1 or not clear", allowed=MOVED),
    ),
    key=("indicator",),
    ordered=(("change_sd_lci_95", "change_sd", "change_sd_uci_95"),),
)
LEVER_ASSOCIATIONS = Table(
    name="lever_associations",
    meaning="Rank correlation of each building block (sign turned where high is bad) with healthy life expectancy across "
    "authorities, before and after allowing for deprivation. An association is no cause.",
    columns=(
        INDICATOR,
        SEX,
        text("allowing_for", "What is allowed for", allowed=(NOTHING, DEPRIVATION)),
        _block_period("period", "Period of the indicator"),
        text("hle_period", "Period of the HLE", pattern=r"\d{4} to \d{4}"),
        integer("areas", "Authorities with both figures", lowest=30, highest=151),
        _correlation("correlation", "Spearman's rank correlation, partial where deprivation is allowed for"),
        _correlation("correlation_lci_95", "Lower limit of its 95% interval"),
        _correlation("correlation_uci_95", "Upper limit of its 95% interval"),
        number("p_value", "Two-sided p-value", lowest=0, highest=1, decimals=6),
        boolean(
            "stands_out", "Whether it survives control of the false discovery rate at 5% over all tests of one sex"
        ),
    ),
    key=("indicator", "sex", "allowing_for"),
    ordered=(("correlation_lci_95", "correlation", "correlation_uci_95"),),
)
ACTION_SERIES = Table(
    name="local_action_series",
    meaning="Healthy life expectancy of the place of each case, and the plain mean of the 15 authorities outside it whose "
    "deprivation is nearest. No claim that the action caused any of it.",
    columns=(
        CASE,
        SEX,
        *PERIODS,
        years("place_years", "HLE of the place; of several authorities, their mean by population"),
        years("place_lci_95", "Lower limit of its 95% interval"),
        years("place_uci_95", "Upper limit of its 95% interval"),
        years("similar_years", "Mean HLE of the similar places; empty for a whole country", optional=True),
    ),
    key=("case", "sex", "period"),
    ordered=(("place_lci_95", "place_years", "place_uci_95"),),
)
ACTION_RECORDS = Table(
    name="local_action_records",
    meaning="Change of healthy life expectancy since each case began, against 15 places of like deprivation. Cases without "
    "a year, or of a whole country, have none. A difference is no effect.",
    columns=(
        CASE,
        SEX,
        text(
            "baseline_period",
            "Latest period that ended before the action began, or the first published one",
            pattern=r"\d{4} to \d{4}",
        ),
        text("latest_period", "Latest period", pattern=r"\d{4} to \d{4}"),
        boolean("baseline_is_before", "Whether the baseline ended before the action began (figures start in 2011)"),
        difference_years("place_change_years", "Change of the place"),
        difference_years("similar_change_years", "Mean change of the similar places"),
        difference_years("difference_years", "Place minus similar places"),
        difference_years("difference_lci_95", "Lower limit of the 95% interval of one place against 15"),
        difference_years("difference_uci_95", "Upper limit of that interval"),
        text(
            "similar_codes",
            "Codes of the similar places, nearest in deprivation first, separated by a space",
            pattern=r"E\d{8}( E\d{8})*",
        ),
    ),
    key=("case", "sex"),
    ordered=(("difference_lci_95", "difference_years", "difference_uci_95"),),
)

LEVER_TABLES = (
    BLOCK_FIGURES,
    LEVER_FACTS,
    LEVER_GAPS,
    LEVER_CHANGES,
    LEVER_ASSOCIATIONS,
    LOCAL_ACTION,
    ACTION_SERIES,
    ACTION_RECORDS,
)
