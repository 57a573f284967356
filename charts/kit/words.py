"""How numbers and names are said on every chart and screen."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from pipeline.answers.gap.sentences import PEOPLE as _PEOPLE
from pipeline.answers.gap.sentences import running_end

PEOPLE = _PEOPLE
"""Sex -> who is meant, in plain words."""

LEVELS = {
    "country": "England",
    "region": "Regions",
    "combined-authority": "Combined authorities",
    "utla": "Local authorities",
}


def place(name: str) -> str:
    """Return a place or group as it stands in running text: "the North East", "the least deprived fifth"."""
    return running_end(name)


def people(sex: str) -> str:
    """Return "women" or "men"."""
    return PEOPLE[sex]


def number(value: float, decimals: int = 1) -> str:
    """Return a number with fixed decimals and a true minus sign; never "-0.0"."""
    # half away from zero, as people round; the first rounding takes off the noise of binary arithmetic
    exact = Decimal(str(round(float(value), 6)))
    text = str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    if float(text) == 0:
        text = f"{0:.{decimals}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def signed(value: float, decimals: int = 1) -> str:
    """Return a number with its sign, "+0.4" or "\N{MINUS SIGN}0.4"."""
    text = number(value, decimals)
    return text if float(f"{value:.{decimals}f}") <= 0 else f"+{text}"


def years(value: float, decimals: int = 1) -> str:
    """Return "5.9 years", "1.0 year" as "1.0 years"."""
    return f"{number(value, decimals)} years"


def interval(lower: float, upper: float, decimals: int = 1) -> str:
    """Return "4.7 to 7.1", or "" where there is no interval."""
    if pd.isna(lower) or pd.isna(upper):
        return ""
    return f"{number(lower, decimals)} to {number(upper, decimals)}"


def with_interval(value: float, lower: float, upper: float, decimals: int = 1) -> str:
    """Return "5.9 (95% interval 4.7 to 7.1)", or the value alone where there is no interval."""
    limits = interval(lower, upper, decimals)
    return f"{number(value, decimals)} (95% interval {limits})" if limits else number(value, decimals)


def with_limits(value: float, lower: float, upper: float) -> str:
    """Return "5.9 (4.7 to 7.1)" for a table, or the value alone where there is no interval."""
    limits = interval(lower, upper)
    return f"{number(value)} ({limits})" if limits else number(value)


def day(release: str) -> str:
    """Return a release date in words: "2026-02-19" -> "19 February 2026"; "2022-01" -> "January 2022"; "2021" as it is."""
    if len(release) == len("2021"):
        return release
    if len(release) == len("2022-01"):
        return f"{date.fromisoformat(release + '-01'):%B %Y}"
    moment = date.fromisoformat(release)
    return f"{moment.day} {moment:%B %Y}"


def pace(years_per_year: float) -> str:
    """Return a pace as people say it: "0.36 years (about 4 months) every year"."""
    if abs(years_per_year) > 1:
        return f"{number(abs(years_per_year), 2)} years every year"
    months = abs(years_per_year) * 12
    said = "under a month" if months < 1 else f"about {months:.0f} month{'s' if round(months) != 1 else ''}"
    return f"{number(abs(years_per_year), 2)} years ({said}) every year"


def moved(change: float) -> str:
    """Return "rose 0.4 years", "fell 1.2 years" or "did not move" (to one decimal)."""
    if round(abs(change), 1) == 0:
        return "did not move"
    return f"{'rose' if change > 0 else 'fell'} {years(abs(change))}"


def chance(probability: float) -> str:
    """Return a probability in words: "less than 1 in 100", "3 in 100"."""
    if probability < 0.01:
        return "less than 1 chance in 100"
    if probability > 0.99:
        return "more than 99 chances in 100"
    return f"{100 * probability:.0f} chances in 100"


def percent(probability: float) -> str:
    """Return a probability as a percentage for a table or title: "under 1%", "63%", "over 99%"."""
    if probability < 0.01:
        return "under 1%"
    return "over 99%" if probability > 0.99 else f"{100 * probability:.0f}%"
