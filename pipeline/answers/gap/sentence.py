"""Names of people and of ends of a gap, and numbers, as running text has them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from pipeline.measures.gap.verdict import Direction

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


DIRECTIONS: Mapping[Direction, str] = {
    "Wider": "has widened",
    "No clear change": "shows no clear change",
    "Narrower": "has narrowed",
}
"""Word for the direction -> how a sentence says it of the gap."""


def running_name(area_name: str) -> str:
    """An area's name in running text: "the North East", "London"; only some English regions need an article."""
    if area_name == "Yorkshire and The Humber":
        return "Yorkshire and the Humber"
    return f"the {area_name}" if area_name in REGIONS_WITH_ARTICLE else area_name


def running_end(name: str) -> str:
    """An end of the gap in running text: "the North East", "the least deprived fifth"."""
    is_group = name.split(maxsplit=1)[0] in {"Least", "Most"} or name[0].isdigit()
    return f"the {name[0].lower()}{name[1:]}" if is_group else running_name(name)


def number(value: float, decimals: int = 1) -> str:
    """A number with fixed decimals and a true minus sign; never "-0.0"."""
    # half away from zero, as people round; the first rounding takes off the noise of binary arithmetic
    exact = Decimal(str(round(float(value), 6)))
    text = str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    if float(text) == 0:
        text = f"{0:.{decimals}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def interval(lower: float, upper: float, decimals: int = 1) -> str:
    """ "4.7 to 7.1", or "" where there is no interval."""
    if pd.isna(lower) or pd.isna(upper):
        return ""
    return f"{number(lower, decimals)} to {number(upper, decimals)}"


def percent(probability: float) -> str:
    """A probability in a sentence, table or title: "below 1%", "63%", "above 99%"; never nil or certain."""
    if probability < 0.01:
        return "below 1%"
    return "above 99%" if probability > 0.99 else f"{100 * probability:.0f}%"
