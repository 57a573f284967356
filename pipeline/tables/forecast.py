"""Tables of the forecasts' record and of the variances behind today's forecasts."""

from dataclasses import replace

from pipeline.measures.trend.candidates import CANDIDATES
from pipeline.tables.columns import AREA_CODE, PERIOD, SEX, boolean, integer, number, text
from pipeline.tables.contract import Table
from pipeline.tables.gap import DEFINITION

CANDIDATE = text(
    "model",
    "Way to forecast: two-sex (both sexes together, drift shrunken, variances integrated over), shrunken-drift (each sex "
    "alone), no-drift, drift (free), mean-of-three and last-value (figures that stay), least-squares (a straight line)",
    allowed=tuple(CANDIDATES),
)

FORECAST_RECORD = Table(
    name="forecast_record",
    meaning="How good each forecast would have been: made for every pair of regions from periods up to an origin, with "
    "variances fitted to those periods, for periods that share no year with the origin; beside the figure that came.",
    columns=(
        CANDIDATE,
        replace(PERIOD, name="origin", meaning="Last period that the forecast knew"),
        replace(AREA_CODE, name="better_off", meaning="Code of the region of the pair with the higher mean HLE"),
        replace(AREA_CODE, name="worse_off", meaning="Code of the other region"),
        SEX,
        replace(PERIOD, meaning="Period that was forecast"),
        number("forecast", "Mean of the forecast gap", unit="years", lowest=-40, highest=40, decimals=3),
        number(
            "sd",
            "Standard deviation of it as a published figure: true gap, refitting noise and sampling error",
            unit="years",
            lowest=0,
            highest=40,
            decimals=3,
        ),
        number("outcome", "Gap that was published", unit="years", lowest=-40, highest=40, decimals=2),
        number(
            "crps", "Continuous ranked probability score; 0 is best", unit="years", lowest=0, highest=40, decimals=3
        ),
        boolean("in_80", "Whether the 80% interval held the outcome"),
        boolean("in_95", "Whether the 95% interval held the outcome"),
    ),
    key=("model", "origin", "better_off", "worse_off", "sex", "period"),
)

FORECAST_VARIANCES = Table(
    name="forecast_variances",
    meaning="Spreads of one region behind each forecast, fitted to the nine regions and both sexes: one set for the models "
    "that plug in the best, many sets with weights for the one that integrates over them.",
    columns=(
        text(
            "periods",
            "Periods fitted to: all, or those that end before the pandemic",
            allowed=("all", "pre-pandemic"),
        ),
        replace(CANDIDATE, allowed=("drift", "no-drift", "shrunken-drift", "two-sex")),
        integer("set", "Number of the set within its model, from 1", lowest=1, highest=9999),
        number("sigma_years", "Yearly step of a region's HLE, standard deviation", unit="years", lowest=0, decimals=6),
        number(
            "omega_years_per_year",
            "Drift of a region's HLE, standard deviation; 0 where it is free or none",
            unit="years per year",
            lowest=0,
            decimals=6,
        ),
        number("rho", "Correlation of the sexes' steps; 0 where each sex is alone", lowest=0, highest=1, decimals=6),
        number(
            "tau_years", "Refitting noise of a region's period, standard deviation", unit="years", lowest=0, decimals=6
        ),
        number("scale_london", "How many times as much London wanders", lowest=0),
        number("weight", "How well the set fits, as a share of all", unit="share", lowest=0, highest=1, decimals=6),
        text(
            "on_bound",
            "Spreads at which the search ended on its bound: zero, or the most that was tried, so that the figures would "
            "allow more; empty if there are none",
            optional=True,
        ),
    ),
    key=("periods", "model", "set"),
)

FORECAST_ENDS = Table(
    name="forecast_ends",
    meaning="How many of one region's variances a gap carries, by definition: the squared weights of its ends. Definitions "
    "whose ends are no fixed regions borrow two.",
    columns=(
        DEFINITION,
        number("other_regions", "Sum of the squared weights of regions other than London", lowest=0),
        number("london", "Squared weight of London", lowest=0),
        boolean("borrowed", "Whether the ends are no fixed regions, so that the regions' variances are borrowed"),
    ),
    key=("definition",),
)
