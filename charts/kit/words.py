"""How numbers and names are written on every chart and screen."""

from collections.abc import Sequence
from datetime import date

from pipeline.answers.gap import sentence
from pipeline.answers.gap.sentence import running_end

PEOPLE = sentence.PEOPLE
"""Sex -> who is meant, in plain words."""
number, interval, percent = sentence.number, sentence.interval, sentence.percent

LEVELS = {
    "country": "England",
    "region": "Regions",
    "combined-authority": "Combined authorities",
    "utla": "Local authorities",
}


def place(name: str) -> str:
    """A place or group in running text: "the North East", "the least deprived fifth"."""
    return running_end(name)


def people(sex: str) -> str:
    """ "women" or "men"."""
    return PEOPLE[sex]


def listed(names: Sequence[str]) -> str:
    """Names in running text: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def number_of(count: int, noun: str, plural: str = "") -> str:
    """ "1 building block", "3 building blocks"; the plural where it does more than add an s: "2 authorities"."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def sentence_start(text: str) -> str:
    """Text with a capital first letter; the others stay as they are."""
    return text[:1].upper() + text[1:]


def said_once(texts: Sequence[str]) -> str:
    """Texts one after another, each of their sentences once."""
    return " ".join(dict.fromkeys(f"{one.rstrip('.')}." for text in texts for one in text.split(". ") if one))


def signed(value: float, decimals: int = 1) -> str:
    """A number with its sign, "+0.4" or "\N{MINUS SIGN}0.4"."""
    text = number(value, decimals)
    return text if float(f"{value:.{decimals}f}") <= 0 else f"+{text}"


def years(value: float, decimals: int = 1) -> str:
    """ "5.9 years"; one year is "1.0 years"."""
    return f"{number(value, decimals)} years"


def more_or_fewer(away: float) -> str:
    """How far from another figure: "9.5 fewer than", "0.4 more than", "the same as"."""
    if round(abs(away), 1) == 0:
        return "the same as"
    return f"{number(abs(away))} {'more' if away > 0 else 'fewer'} than"


def with_interval(value: float, lower: float, upper: float, decimals: int = 1) -> str:
    """ "5.9 (95% interval 4.7 to 7.1)", or the value alone where there is no interval."""
    limits = interval(lower, upper, decimals)
    return f"{number(value, decimals)} (95% interval {limits})" if limits else number(value, decimals)


def with_limits(value: float, lower: float, upper: float, decimals: int = 1) -> str:
    """ "5.9 (4.7 to 7.1)" for a table, or the value alone where there is no interval."""
    limits = interval(lower, upper, decimals)
    return f"{number(value, decimals)} ({limits})" if limits else number(value, decimals)


def day(release: str) -> str:
    """A release date in words: "2026-02-19" -> "19 February 2026"; "2022-01" -> "January 2022"; "2021" as it is."""
    if len(release) == len("2021"):
        return release
    if len(release) == len("2022-01"):
        return f"{date.fromisoformat(release + '-01'):%B %Y}"
    moment = date.fromisoformat(release)
    return f"{moment.day} {moment:%B %Y}"


def pace(years_per_year: float) -> str:
    """A pace without its sign: "0.36 years (about 4 months) every year"."""
    size = abs(years_per_year)
    if size > 1:
        return f"{number(size, 2)} years every year"
    months = f"about {number_of(round(size * 12), 'month')}" if size * 12 >= 1 else "under a month"
    return f"{number(size, 2)} years ({months}) every year"


def moved(change: float) -> str:
    """ "rose 0.4 years", "fell 1.2 years" or "did not move" (to one decimal)."""
    if round(abs(change), 1) == 0:
        return "did not move"
    return f"{'rose' if change > 0 else 'fell'} {years(abs(change))}"


def chance(probability: float) -> str:
    """A probability in words: "less than 1 chance in 100", "1 chance in 100", "3 chances in 100"."""
    if probability < 0.01:
        return "less than 1 chance in 100"
    if probability > 0.99:
        return "more than 99 chances in 100"
    return f"{number_of(round(100 * probability), 'chance')} in 100"
