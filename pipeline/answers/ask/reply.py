"""One question, one sex, one reply: the figures that the screens show, under names that stay the same."""

import math
from dataclasses import asdict, dataclass, fields
from typing import SupportsFloat, TypeAlias

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import Evidence
from pipeline.answers.gap.outlook import Outlook, first_publication_that_could_tell
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.standing import standing_of
from pipeline.answers.gap.what_it_takes import authorities
from pipeline.errors import MeasureRefused
from pipeline.measures.gap.floor import areas_below_floor
from pipeline.measures.gap.verdict import Course, Direction
from pipeline.processed import Tables

Cell: TypeAlias = str | float | None

DECIMALS = 6
"""Decimals of a reply, more than any figure is good for: the same digits in Python, JSON and CSV."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the figures say to a question, for one sex. Years; paces in years per year, negative is narrowing."""

    definition: str
    sex: str
    baseline: str
    """Label of the period whose gap is to be closed."""
    target_year: int
    """Last year of the three-year period in which the target is to be met."""
    share: float
    """Per cent of the baseline gap to close."""
    rule: str
    release: str
    """Date of the release of the figures."""
    build: str
    """Id of the build that the figures and forecasts come from."""
    gap_years: float
    """Gap in the latest period: better-off minus worse-off."""
    gap_lci_95: float | None
    """None, as its upper limit, where the figures have no intervals."""
    gap_uci_95: float | None
    target_gap_years: float
    required_pace: float
    """From the latest period to the target."""
    observed_pace: float
    """Over all periods held, whatever the baseline; net of the part that picking extremes makes."""
    pace_lci_95: float
    """Lower limit of its 95% interval, which allows for gaps that wander; the direction comes from it."""
    pace_uci_95: float
    probability: float
    """Chance that the target is met, by the forecast asked for."""
    course: Course
    direction: Direction
    floor_years: float
    """What every area must reach for the target, under the rule for the better-off end."""
    authorities_below_floor: int | None
    """None, as the people, where the figures hold no authorities with known residents."""
    people_below_floor: int | None
    first_to_tell: str | None
    """Month (2034-02) of the first publication that could tell the required pace from no change; None if none could."""

    def as_row(self) -> dict[str, Cell]:
        """The reply by key, in the order in which files have them."""
        return asdict(self)


KEYS = tuple(field.name for field in fields(Reply))


def ask(tables: Tables, question: Question | None = None, *, sex: str = "female", model: str = "") -> Reply:
    """Answer a question for one sex, as the screens do; a second question about the same gap is quick.

    Args:
        tables: an open build (`open_tables`).
        question: the settings; the usual ones if not given.
        sex: "female" or "male".
        model: id of the forecast that gives the chance and the course; the one with the best record if empty.

    Raises:
        UsageError: there are no figures for the definition, sex or baseline, or no such forecast.
        MeasureRefused: there is no gap to close, or the target is not after the latest period.
    """
    one = standing_of(tables, question or Question(), sex=sex, model=model)
    return _reply(one.answer, one.outlook, _below_floor(tables, one.answer), build=tables.build)


def _reply(one: Answer, ahead: Outlook, below: tuple[int, int] | tuple[None, None], *, build: str) -> Reply:
    question, latest = one.question, one.latest
    return Reply(
        definition=question.definition_id,
        sex=one.sex,
        baseline=str(one.baseline["period"]),
        target_year=question.target_year,
        share=_whole(100 * question.share_to_close),
        rule=question.rule,
        release=one.release,
        build=build,
        gap_years=_rounded(latest["gap_years"]),
        gap_lci_95=_known(latest["gap_lci_95"]),
        gap_uci_95=_known(latest["gap_uci_95"]),
        target_gap_years=_rounded(one.target_gap_years),
        required_pace=_rounded(one.required_pace),
        observed_pace=_rounded(ahead.wandering_pace),
        pace_lci_95=_rounded(ahead.wandering_lci_95),
        pace_uci_95=_rounded(ahead.wandering_uci_95),
        probability=_rounded(ahead.probability),
        course=ahead.course,
        direction=ahead.direction,
        floor_years=_rounded(one.poor_end.target_years),
        authorities_below_floor=below[0],
        people_below_floor=below[1],
        first_to_tell=_first_to_tell(one, ahead.made.evidence),
    )


def _below_floor(tables: Tables, one: Answer) -> tuple[int, int] | tuple[None, None]:
    areas = tables.once(
        f"authorities {one.sex}", lambda: authorities(tables.newest("hle"), tables.table("deprivation"), one.sex)
    )
    if areas.empty or areas["population"].isna().any():
        return None, None
    found = areas_below_floor(areas["hle_years"], areas["population"], float(one.poor_end.target_years))
    return found.area_count, round(found.people)


def _first_to_tell(one: Answer, evidence: Evidence) -> str | None:
    try:
        return f"{first_publication_that_could_tell(one, evidence).published:%Y-%m}"
    except MeasureRefused:
        return None


def _rounded(value: SupportsFloat) -> float:
    return round(float(value), DECIMALS) + 0.0  # no minus zero


def _known(value: SupportsFloat) -> float | None:
    return None if math.isnan(float(value)) else _rounded(value)


def _whole(value: float) -> float:
    """Rounded, and without ".0" where it is a whole number."""
    return int(_rounded(value)) if _rounded(value).is_integer() else _rounded(value)
