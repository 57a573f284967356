"""A reply in a few plain sentences, as a shell shows it."""

from collections.abc import Sequence
from datetime import date

from pipeline.answers.ask.reply import Reply
from pipeline.answers.gap.outlook import Standing
from pipeline.answers.gap.sentence import DIRECTIONS, PEOPLE, interval, number, percent, running_end


def in_words(one: Standing, reply: Reply) -> str:
    """The gap now, its target, its pace, the verdict, and what it takes: a sentence a line."""
    answer, latest = one.answer, one.answer.latest
    who, limits = PEOPLE[reply.sex].capitalize(), _interval(reply.gap_lci_95, reply.gap_uci_95)
    better, worse = running_end(str(latest["better_off"])), running_end(str(latest["worse_off"]))
    lines = [
        f"{answer.question.definition.label}.",
        f"{who}, {latest['period']}: the gap between {better} and {worse} is {number(reply.gap_years)} years{limits}.",
        _target(reply, number(float(answer.baseline["gap_years"]))),
        f"Since {one.outlook.first_period} the gap {DIRECTIONS[reply.direction]}: {_signed(reply.observed_pace)} years a year"
        f"{_interval(reply.pace_lci_95, reply.pace_uci_95, 2)}.",
        f"{reply.course}. The chance of reaching the target is {percent(reply.probability)}.",
        *_what_it_takes(reply),
        f"Release of {reply.release}, build {reply.build}.",
    ]
    return "\n".join(lines)


def _target(reply: Reply, then: str) -> str:
    aim = f"Closing {number(reply.share, 0)}% of the {then} years of {reply.baseline} leaves {number(reply.target_gap_years)}"
    if reply.required_pace >= 0:
        return f"{aim} by {reply.target_year}; the gap is there already."
    return f"{aim} by {reply.target_year}: the gap must narrow by {number(-reply.required_pace, 2)} years a year."


def _what_it_takes(reply: Reply) -> list[str]:
    told = [f"Every area would need {number(reply.floor_years)} years."]
    if reply.authorities_below_floor is not None:
        told.append(
            f"Authorities below that: {reply.authorities_below_floor}, with {reply.people_below_floor:,} residents."
        )
    if reply.required_pace < 0 and reply.first_to_tell:
        due = date.fromisoformat(f"{reply.first_to_tell}-01")
        told.append(f"The first publication that could tell this pace from no change is due in {due:%B %Y}.")
    return told


def _interval(lower: float | None, upper: float | None, decimals: int = 1) -> str:
    return "" if lower is None or upper is None else f" (95% interval {interval(lower, upper, decimals)})"


def _signed(pace: float) -> str:
    return f"+{number(pace, 2)}" if round(pace, 2) > 0 else number(pace, 2)


TABLE = (
    "definition", "sex", "baseline", "target_year", "share", "gap_years", "target_gap_years", "required_pace",
    "observed_pace", "probability", "course", "direction",
)  # fmt: skip
"""Keys of a table on a screen; files have them all."""


def as_table(replies: Sequence[Reply]) -> str:
    """Many replies as lines of equal columns, for a screen."""
    rows = [TABLE, *(tuple(_cell(name, one.as_row()[name]) for name in TABLE) for one in replies)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(TABLE))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def _cell(name: str, value: str | float | None) -> str:
    if name == "probability":
        return percent(float(value or 0))
    if isinstance(value, float):
        return number(value, 2)
    return "" if value is None else str(value)
