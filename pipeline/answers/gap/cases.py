"""A better and a worse case for a gap, from what regions have done before: no forecast, and no policy in it."""

from dataclasses import dataclass

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.what_it_takes import Rise, fastest_fall, fastest_rise
from pipeline.processed import Tables


@dataclass(frozen=True)
class Case:
    """The gap in the target period if the worse-off end moved as some region once did, the better-off end staying."""

    seen: Rise
    gap_years: float


def cases(tables: Tables, answer: Answer) -> tuple[Case, Case]:
    """The better case (fastest sustained rise of any region) and the worse one (fastest sustained fall).

    Raises:
        MeasureRefused: no region rose, or none fell, twice running.
    """
    hle, years = tables.newest("hle"), answer.question.target_period.midpoint_year - float(answer.latest["mid_point"])
    seen = (fastest_rise(hle, answer.sex), fastest_fall(hle, answer.sex))
    better, worse = (Case(one, float(answer.latest["gap_years"]) - one.pace_years_per_year * years) for one in seen)
    return better, worse
