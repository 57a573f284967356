"""Tables of the promise from every side: its readings, its milestones, and the verdict through time."""

from dataclasses import replace
from typing import get_args

from pipeline.measures.gap.verdict import Course
from pipeline.tables.columns import PERIOD, PERIODS, RELEASE, SEX, boolean, calendar_year, difference_years, text
from pipeline.tables.contract import Column, Table
from pipeline.tables.gap import DEFINITION, VERDICTS, probability

MOST_HOPEFUL = "pre-pandemic-drift"
READING_MODELS = ("two-sex", "drift", "no-drift", "last-value", "pre-pandemic", MOST_HOPEFUL)
"""Forecasts by which each reading is judged; the last lets the trend of the periods before the pandemic go on."""

_VERDICT = {column.name: column for column in VERDICTS.columns}
COURSE, DIRECTION = _VERDICT["course"], _VERDICT["direction"]


def reading_column(what: str, model: str) -> str:
    """Name of the column of table `readings` that holds the "probability" or "course" by one forecast."""
    return f"{what}_{model.replace('-', '_')}"


def _of_model(model: str) -> tuple[Column, Column]:
    """Probability and course by one forecast."""
    return (
        probability(
            reading_column("probability", model), f"Probability that the gap is halved, by the forecast {model}"
        ),
        text(reading_column("course", model), f"Course by the forecast {model}", allowed=get_args(Course)),
    )


READINGS = Table(
    name="readings",
    meaning="Every reading of the promise to halve the gap: each definition, sex, baseline and target year to 2034. Forecasts as "
    "in table forecasts; pre-pandemic-drift lets the trend of the periods up to 2017 to 2019 go on.",
    columns=(
        DEFINITION,
        SEX,
        replace(PERIOD, name="baseline_period", meaning="Period whose gap is to be halved"),
        calendar_year("target_year", "Last year of the period by which it is to be halved"),
        DIRECTION,
        *(column for model in READING_MODELS for column in _of_model(model)),
    ),
    key=("definition", "sex", "baseline_period", "target_year"),
)

MILESTONES = Table(
    name="milestones",
    meaning="What to look for in each publication until the target, at the default settings: the figure if the gap were on the "
    "way to its target, and if nothing changed. Sampling error, refitting noise and wandering are in the ranges.",
    columns=(
        DEFINITION,
        SEX,
        calendar_year("publication_year", "Year whose February brings the figure, if the usual lag holds"),
        *PERIODS,
        difference_years("path_years", "Gap on the straight way from the latest figure to the target"),
        difference_years("path_lci_95", "Lower limit of the published figure's 95% range if the gap is on that way"),
        difference_years("path_uci_95", "Upper limit of it"),
        difference_years("no_change_lci_95", "Lower limit of the published figure's 95% range if nothing changes"),
        difference_years("no_change_uci_95", "Upper limit of it"),
        difference_years("highest_on_path", "Highest published figure, to one decimal, that still fits the path"),
        difference_years("lowest_no_change", "Lowest published figure, to one decimal, that still fits no change"),
        probability(
            "chance_of_telling", "Probability that a gap on the path gives a figure that does not fit no change"
        ),
        difference_years("path_since_baseline_years", "Gap on the path that began at the baseline, for comparison"),
    ),
    key=("definition", "sex", "publication_year"),
    ordered=(
        ("path_lci_95", "path_years", "path_uci_95"),
        ("no_change_lci_95", "no_change_uci_95"),
    ),
    series=("definition", "sex"),
)

_VERDICT_THEN = (
    difference_years("gap_years", "Gap in this period, the last one known"),
    COURSE,
    _VERDICT["probability"],
    DIRECTION,
    _VERDICT["wandering_lci_95"],
    _VERDICT["wandering_uci_95"],
)


def _changed(before: str) -> tuple[Column, Column]:
    return (
        boolean("course_changed", f"Whether the course differs from that of the {before} before"),
        boolean("direction_changed", f"Whether the direction differs from that of the {before} before"),
    )


VERDICT_HISTORY = Table(
    name="verdict_history",
    meaning="The verdict as it would have been at each earlier period: methods, default settings and revised figures of today, "
    "periods and variances up to then.",
    columns=(DEFINITION, SEX, *PERIODS, *_VERDICT_THEN, *_changed("period")),
    key=("definition", "sex", "period"),
    series=("definition", "sex"),
)

VERDICTS_BY_RELEASE = Table(
    name="verdicts_by_release",
    meaning="The verdict that each release of healthy life expectancy would have had when it was new: figures and variances of "
    "that release alone, methods, default settings, income and deprivation of today. Definitions between regions. Figures "
    "before December 2024 were estimated by another method.",
    columns=(DEFINITION, SEX, RELEASE, *PERIODS, *_VERDICT_THEN, *_changed("release")),
    key=("definition", "sex", "release"),
)
