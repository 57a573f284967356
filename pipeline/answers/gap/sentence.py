"""The one sentence that says where a gap stands: numbers and settings in, plain words out."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.verdict import Verdict

PEOPLE = {"female": "women", "male": "men"}
REGIONS_WITH_ARTICLE = {
    "East Midlands",
    "East of England",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
}


@dataclass(frozen=True)
class GapStanding:
    """Everything the sentence states, for one definition and sex; years, and years per year (negative is narrowing).

    Limits of the gap are NaN where none are published. The ends are named as in running text ("London", "the least
    deprived fifth"); observed pace and levelling down look back to the first period.
    """

    verdict: Verdict
    sex: str
    better_off: str
    worse_off: str
    period: str
    baseline_period: str
    target_period: str
    gap_years: float
    gap_lci_95: float
    gap_uci_95: float
    target_gap_years: float
    required_pace: float
    observed_pace: float
    pace_lci_95: float
    pace_uci_95: float
    probability: float
    levelling_down: bool
    first_period: str
    share_to_close: float = 0.5


def running_name(area_name: str) -> str:
    """An area's name in running text: "the North East", "London"; only some English regions need an article."""
    if area_name == "Yorkshire and The Humber":
        return "Yorkshire and the Humber"
    return f"the {area_name}" if area_name in REGIONS_WITH_ARTICLE else area_name


def running_end(name: str) -> str:
    """An end of the gap in running text: "the North East", "the least deprived fifth"."""
    is_group = name.split(maxsplit=1)[0] in {"Least", "Most"} or name[0].isdigit()
    return f"the {name[0].lower()}{name[1:]}" if is_group else running_name(name)


def standing_sentence(standing: GapStanding) -> str:
    """One sentence: verdict, gap now, target, required and observed pace, probability, settings.

    Raises:
        MeasureRefused: the sex is neither "female" nor "male".
    """
    s = standing
    if s.sex not in PEOPLE:
        raise MeasureRefused(f"No sentence is worded for sex '{s.sex}'.", do="Give 'female' or 'male'.")
    people = PEOPLE[s.sex]
    more = "more" if s.gap_years >= 0 else "fewer"
    levelling_down = (
        f", and what narrowing there was since {s.first_period} came without any rise in {s.worse_off}"
        if s.levelling_down
        else ""
    )
    return (
        f"{s.verdict}: in {s.period}, {people} in {s.better_off} could expect {_tenths(abs(s.gap_years))} {more} years"
        f" in good health than {people} in {s.worse_off}"
        f" ({_published_interval(s.gap_lci_95, s.gap_uci_95)});"
        f" {_aim(s.share_to_close)} the {s.baseline_period} gap means {_tenths(s.target_gap_years)} years"
        f" by {s.target_period},"
        f" {_required(s.required_pace)}, while since {s.first_period} it has been {_moving(s.observed_pace)} a year"
        f" (95% interval: {_interval(s.pace_lci_95, s.pace_uci_95)}),"
        f" and the model gives {_chance(s.probability)} of getting there{levelling_down}."
    )


def _published_interval(lower: float, upper: float) -> str:
    if math.isnan(lower) or math.isnan(upper):
        return "no interval is published"
    return f"95% interval {_tenths(lower)} to {_tenths(upper)}"


def _aim(share_to_close: float) -> str:
    return "halving" if share_to_close == 0.5 else f"closing {100 * share_to_close:.0f}% of"


def _required(pace: float) -> str:
    if pace >= 0:
        return "which the latest figure already meets"
    return f"so it must shrink by {_hundredths(-pace)} years a year from now on"


def _moving(pace: float) -> str:
    if abs(pace) < 0.005:
        return "moving by less than 0.01 years"
    return f"{_direction(pace)} by {_hundredths(abs(pace))} years"


def _interval(lower: float, upper: float) -> str:
    if _direction(lower) == _direction(upper):
        near, far = sorted((abs(lower), abs(upper)))
        return f"{_direction(lower)} by {_hundredths(near)} to {_hundredths(far)}"
    return f"{_direction(lower)} by {_hundredths(abs(lower))} to {_direction(upper)} by {_hundredths(abs(upper))}"


def _direction(pace: float) -> str:
    return "growing" if pace >= 0 else "shrinking"


def _chance(probability: float) -> str:
    if probability < 0.01:
        return "a less than 1% chance"
    if probability > 0.99:
        return "a more than 99% chance"
    percent = f"{100 * probability:.0f}"
    article = "an" if percent.startswith("8") or percent in ("11", "18") else "a"
    return f"{article} {percent}% chance"


def _tenths(value: float) -> str:
    return _rounded(value, "0.1")


def _hundredths(value: float) -> str:
    return _rounded(value, "0.01")


def _rounded(value: float, step: str) -> str:
    # Half of a published 5.9 is 2.95, in binary a hair below or above: round as a person would, half away from zero.
    return str(Decimal(str(round(value, 6))).quantize(Decimal(step), rounding=ROUND_HALF_UP))
