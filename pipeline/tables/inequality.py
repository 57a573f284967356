"""Tables about inequality over time that the build makes: summary measures, slopes, what a gap is made of."""

from pipeline.measures.inequality.summary import SUMMARY_MEASURES
from pipeline.tables.columns import (
    NATION,
    PERIOD,
    PERIODS,
    RELEASE,
    SEX,
    difference_years,
    integer,
    number,
    text,
    years,
)
from pipeline.tables.contract import Column, Table
from pipeline.tables.gap import DEFINITION

INEQUALITY = Table(
    name="inequality",
    meaning="Summary measures of inequality in healthy life expectancy across the nine regions. Regions weigh by their "
    "residents of mid-2022 in every period. Sampling noise adds to every measure of spread.",
    columns=(
        text("measure", "Which measure; formulas in docs/methods.md", allowed=tuple(SUMMARY_MEASURES)),
        text(
            "order",
            "What orders the regions from worst to best off: deprivation (IMD 2025), income (GDHI per head, latest "
            "year), or none (highest and lowest value, or a measure that needs no order)",
            allowed=("none", "deprivation", "income"),
        ),
        SEX,
        *PERIODS,
        text(
            "unit",
            "Unit of estimate, error and limits",
            allowed=("years", "years squared", "ratio", "per cent", "per thousand", "share"),
        ),
        number("estimate", "Estimate", decimals=6),
        number(
            "standard_error",
            "Sampling error; empty for measures built on absolute differences from the mean, which have none, and "
            "for attributable risks and fractions that stand at their bound of zero",
            lowest=0,
            optional=True,
            decimals=6,
        ),
        number("lci_95", "Lower 95% limit; empty as standard_error", optional=True, decimals=6),
        number("uci_95", "Upper 95% limit; empty as standard_error", optional=True, decimals=6),
    ),
    key=("measure", "order", "sex", "period"),
    ordered=(("lci_95", "estimate", "uci_95"),),
    series=("measure", "order", "sex"),
    same_periods_within=("order",),
)


def _ratio(name: str, meaning: str, *, optional: bool = False) -> Column:
    return number(name, meaning, unit="ratio", lowest=0, highest=10, optional=optional)


_NO_INTERVAL = "empty where the groups' own intervals are not published"

SLOPES = Table(
    name="slopes",
    meaning="Slope and relative index of inequality by deprivation, for healthy life expectancy and for life expectancy. "
    "Positive slopes and ratios above 1 mean that the least deprived live longer. Small areas are ranked by IMD 2019, regions "
    "and authorities by IMD 2025, and both weigh by residents of mid-2022.",
    columns=(
        text("measure", "Healthy life expectancy or life expectancy", allowed=("hle", "le")),
        text(
            "groups",
            "What the line is fitted through: ten tenths of small areas, nine regions, or upper-tier authorities "
            "(HLE only: life expectancy of authorities comes from two releases)",
            allowed=("deciles", "regions", "authorities"),
        ),
        SEX,
        *PERIODS,
        difference_years("sii_years", "Slope index: fitted value at the least deprived end minus that at the most"),
        years("sii_se", f"Its standard error; {_NO_INTERVAL}", lowest=0, optional=True),
        difference_years("sii_lci_95", f"Lower 95% limit; {_NO_INTERVAL}", optional=True),
        difference_years("sii_uci_95", f"Upper 95% limit; {_NO_INTERVAL}", optional=True),
        _ratio("rii", "Relative index: fitted value at the least deprived end over that at the most"),
        _ratio("rii_se", f"Its standard error; {_NO_INTERVAL}", optional=True),
        _ratio("rii_lci_95", f"Lower 95% limit; {_NO_INTERVAL}", optional=True),
        _ratio("rii_uci_95", f"Upper 95% limit; {_NO_INTERVAL}", optional=True),
        years("intercept_years", "Fitted value at the most deprived end"),
    ),
    key=("measure", "groups", "sex", "period"),
    ordered=(("sii_lci_95", "sii_years", "sii_uci_95"), ("rii_lci_95", "rii", "rii_uci_95")),
    series=("measure", "groups", "sex"),
    same_periods_within=("measure", "groups"),
)

DECOMPOSITION = Table(
    name="decomposition",
    meaning="What a gap is made of, by the midpoint split of HLE = LE x share of life in good health; the parts sum to the "
    "gap. Absent: deprivation-fifths and extreme-tenths, since life expectancy of authorities comes from two releases that "
    "may not be joined.",
    columns=(
        DEFINITION,
        SEX,
        *PERIODS,
        text(
            "part",
            "mortality (the better-off end lives longer) or health (it spends a larger share of life in good health)",
            allowed=("mortality", "health"),
        ),
        difference_years("years", "Years of the gap that belong to the part; negative where it narrows the gap"),
    ),
    key=("definition", "sex", "period", "part"),
    series=("definition", "sex", "part"),
    same_periods_within=("definition",),
)

ENGLAND_CHECK = Table(
    name="england_check",
    meaning="England's healthy life expectancy made again by Sullivan's method, from its life table and modelled shares in "
    "good health, beside the published figures.",
    columns=(
        RELEASE,
        SEX,
        PERIOD,
        integer("age", "Exact age", unit="years", lowest=0, highest=90),
        years("le_years", "Remaining life expectancy", lowest=0),
        years("hle_years", "Remaining healthy life expectancy as computed here", lowest=0),
        years("published_hle_years", "The same as published, to one decimal", lowest=0),
        difference_years("difference_years", "Computed minus published"),
    ),
    key=("sex", "age"),
    ordered=(("hle_years", "le_years"),),
)

LEVERAGE = Table(
    name="leverage",
    meaning="Years of HLE at birth that one percentage point more in good health adds, by stage of life (England's life "
    "table).",
    columns=(
        RELEASE,
        SEX,
        PERIOD,
        text("ages", "Stage of life"),
        integer("first_age", "First age of the stage", unit="years", lowest=0, highest=120),
        years(
            "years_per_percentage_point",
            "Years of HLE at birth gained if one in a hundred more people of these ages were in good health",
            lowest=0,
        ),
        number(
            "good_health_share",
            "Share in good health today, England, weighted by years lived",
            unit="share",
            lowest=0,
            highest=1,
        ),
    ),
    key=("sex", "ages"),
)

AGE_CONTRIBUTIONS = Table(
    name="age_contributions",
    meaning="At which ages healthy years were lost or gained by reported health alone, United Kingdom and its nations. Deaths are "
    "held at England's life table of the latest period everywhere, since no other is held, so the parts of any two periods "
    "or nations can be subtracted.",
    columns=(
        RELEASE,
        *NATION,
        SEX,
        *PERIODS,
        text("ages", "Stage of life"),
        integer("first_age", "First age of the stage", unit="years", lowest=0, highest=120),
        number(
            "good_health_share",
            "Share in good health, weighted by years lived; under 15 from a census proxy, not people's own answers",
            unit="share",
            lowest=0,
            highest=1,
            decimals=6,
        ),
        difference_years(
            "since_first_years",
            "Part of the change of HLE at birth since the nation's first period that this stage brought",
        ),
        years("hle_years", "Healthy life expectancy at the first age of the stage, as published", lowest=0),
    ),
    key=("nation_code", "sex", "period", "ages"),
    series=("nation_code", "sex", "ages"),
    same_periods_within=("nation_code",),
)

TWO_LEVERS = Table(
    name="two_levers",
    meaning="What England's HLE at birth would gain if death rates were 2% lower at every age, or 2% more people reported good "
    "health at every age. Shares of each period on the one life table held.",
    columns=(
        RELEASE,
        SEX,
        PERIOD,
        text(
            "lever", "Death rates lower, or reported good health higher, by 2%", allowed=("death-rates", "good-health")
        ),
        years("hle_gain_years", "Gain in HLE at birth", lowest=0),
    ),
    key=("sex", "period", "lever"),
)
