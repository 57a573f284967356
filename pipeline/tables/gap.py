"""Tables about the gap that the build makes."""

from dataclasses import replace
from typing import get_args

from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.verdict import Course, Direction
from pipeline.measures.trend.candidates import CANDIDATES
from pipeline.tables.columns import PERIOD, PERIODS, RELEASE, SEX, boolean, difference_years, number, text, years
from pipeline.tables.contract import Column, Table

DEFINITION = text(
    "definition", "Which meaning of richest and poorest; see docs/methods.md, section 1", allowed=tuple(DEFINITIONS)
)


def pace(name: str, meaning: str, *, optional: bool = False) -> Column:
    """A column in years per year."""
    return number(name, meaning, unit="years per year", lowest=-10, highest=10, optional=optional)


def probability(name: str, meaning: str) -> Column:
    """A column that holds a probability."""
    return number(name, meaning, unit="probability", lowest=0, highest=1)


MODEL = text(
    "model",
    "Forecast: two-sex (both sexes together, a slight trend), drift (the trend goes on), no-drift (only ups and downs), "
    "last-value (the last figure stays), pre-pandemic (the default one, from periods up to 2017 to 2019 alone)",
    allowed=(*CANDIDATES, "pre-pandemic"),
)

TRENDS = Table(
    name="trends",
    meaning="Observed pace of the gap over all periods held, with an error that admits that periods overlap. Negative is "
    "narrowing.",
    columns=(
        DEFINITION,
        SEX,
        RELEASE,
        text("first_period", "First period that the pace looks at", pattern=PERIOD.pattern),
        text("last_period", "Last period that the pace looks at", pattern=PERIOD.pattern),
        pace("pace_years_per_year", "Weighted least squares slope of the gap"),
        pace("pace_se", "Its standard error: overlap of periods and refitting noise included"),
        pace("pace_lci_95", "Lower limit of its 95% interval"),
        pace("pace_uci_95", "Upper limit of its 95% interval"),
        pace("wandering_pace", "The slope with the part taken off that picking the extreme tenths makes"),
        pace("wandering_se", "Its standard error where gaps may wander without a drift behind them"),
        pace("wandering_lci_95", "Lower limit of its 95% interval; the direction comes from this interval"),
        pace("wandering_uci_95", "Upper limit of it"),
        pace("naive_se", "Standard error had the periods been independent; for contrast, never used"),
        pace(
            "check_pace",
            "Slope over the latest periods without a common year: a check on the pace; empty if there are fewer than three",
            optional=True,
        ),
        pace("check_se", "Standard error of that slope", optional=True),
        text("method", "How pace and error were made"),
    ),
    key=("definition", "sex"),
    ordered=(
        ("pace_lci_95", "pace_years_per_year", "pace_uci_95"),
        ("wandering_lci_95", "wandering_pace", "wandering_uci_95"),
    ),
)

FORECASTS = Table(
    name="forecasts",
    meaning="True gap in the periods to come under each model offered, with 80% and 95% limits. The first row of each model is "
    "the last period that it has seen.",
    columns=(
        DEFINITION,
        SEX,
        MODEL,
        *PERIODS,
        difference_years("gap_years", "Mean of the forecast"),
        difference_years("gap_lci_80", "Lower 80% limit"),
        difference_years("gap_uci_80", "Upper 80% limit"),
        difference_years("gap_lci_95", "Lower 95% limit"),
        difference_years("gap_uci_95", "Upper 95% limit"),
    ),
    key=("definition", "sex", "model", "period"),
    ordered=(("gap_lci_95", "gap_lci_80", "gap_years", "gap_uci_80", "gap_uci_95"),),
    series=("definition", "sex", "model"),
)

VERDICTS = Table(
    name="verdicts",
    meaning="Whether the gap is being halved, by definition and sex, at the default settings (half of the baseline gap by "
    "the target period, richest end held).",
    columns=(
        DEFINITION,
        SEX,
        RELEASE,
        text(
            "course",
            "Halved (P now > 0.95), On course (P by the target period >= 0.75), Cannot tell (0.25 to 0.75) or Not on "
            "course (< 0.25)",
            allowed=get_args(Course),
        ),
        text(
            "direction",
            "Wider or Narrower since the first period where the 95% interval of the pace leaves out 0, wandering allowed "
            "for and selection taken off; else No clear change",
            allowed=get_args(Direction),
        ),
        text("baseline_period", "Period whose gap is to be halved", pattern=PERIOD.pattern),
        text("target_period", "Period by which it is to be halved", pattern=PERIOD.pattern),
        difference_years("gap_years", "Gap in the latest period"),
        difference_years("target_gap_years", "Gap aimed at"),
        pace("required_pace", "Pace of the gap that is needed from the latest period on"),
        pace("observed_pace", "Pace observed"),
        pace("wandering_lci_95", "Lower limit of the pace's 95% interval that the direction comes from"),
        pace("wandering_uci_95", "Upper limit of it"),
        replace(MODEL, meaning="Forecast that the probabilities come from: the default one, by its record"),
        probability(
            "probability",
            "Model probability that the true gap of the target period is at most half of the true gap of the baseline",
        ),
        probability("probability_exact", "The same if the baseline had no error"),
        boolean(
            "levelling_down", "Whether the gap fell since the first period without a rise of the worse-off end, P > 0.9"
        ),
        probability("levelling_down_probability", "That probability"),
    ),
    key=("definition", "sex"),
)

GAPS = Table(
    name="gaps",
    meaning="The gap in healthy life expectancy at birth by definition: better-off end minus worse-off end, of the latest "
    "release. A positive gap means that the worse-off end lives fewer healthy years.",
    columns=(
        DEFINITION,
        SEX,
        *PERIODS,
        RELEASE,
        text("better_off", "Name of the better-off end"),
        text("worse_off", "Name of the worse-off end"),
        years("better_off_years", "HLE of the better-off end"),
        years("better_off_se", "Standard error of it; empty where no interval is published", lowest=0, optional=True),
        years("worse_off_years", "HLE of the worse-off end"),
        years("worse_off_se", "Standard error of it; empty where no interval is published", lowest=0, optional=True),
        difference_years("gap_years", "Better-off end minus worse-off end"),
        years("gap_se", "Standard error of the gap; empty where no interval is published", lowest=0, optional=True),
        years(
            "model_se",
            "Standard error that trend and forecast use: gap_se, or one borrowed from England's interval where none is "
            "published",
            lowest=0,
        ),
        difference_years("gap_lci_95", "Lower limit of the gap's 95% interval; empty as gap_se", optional=True),
        difference_years("gap_uci_95", "Upper limit of the gap's 95% interval; empty as gap_se", optional=True),
        difference_years(
            "levelling_up_gap_years",
            "Highest value so far of the better-off end minus the worse-off end now: the gap without counting a fall of "
            "the better-off end as progress",
        ),
        difference_years(
            "selection_years",
            "Part of the gap that picking the extreme tenths anew in each period makes; empty for other definitions",
            optional=True,
        ),
    ),
    key=("definition", "sex", "period"),
    ordered=(("gap_lci_95", "gap_years", "gap_uci_95"), ("gap_years", "levelling_up_gap_years")),
    series=("definition", "sex"),
    same_periods_within=("definition",),
)
