"""How figures of building blocks are written: each unit in its own way, sources of many publishers in one line."""

from collections.abc import Iterable, Sequence

import pandas as pd

from charts.kit import words

LEVELS = {"national": "the nation", "combined-authority": "a combined authority", "local": "a council"}
"""Level of government -> who can act, in running text."""
_PLAIN_DECIMALS = {"per 100,000 residents": 0, "score out of 10": 2}


def said(value: float, unit: str) -> str:
    """A figure with its unit, short enough for a row: "18.2%", "\N{POUND SIGN}29,634", "9.2 times"."""
    if pd.isna(value):
        return "none"
    if unit.startswith("pounds"):
        return f"\N{POUND SIGN}{value:,.0f}"
    endings = {"%": "%", "times earnings": " times", "minutes": " min"}
    decimals = _PLAIN_DECIMALS.get(unit, 1)
    return f"{value:,.0f}" if decimals == 0 else f"{words.number(value, decimals)}{endings.get(unit, '')}"


def short_department(name: str) -> str:
    """A department's name without "Department for": "Work and Pensions", "HM Treasury"."""
    for start in ("Department for ", "Department of ", "Ministry of "):
        name = name.removeprefix(start)
    return name


def running(label: str) -> str:
    """A building block in a sentence: "Child poverty" -> "child poverty", but "English and maths"."""
    return label if label.startswith("English") else label[0].lower() + label[1:]


def blocks(count: int) -> str:
    """ "1 building block", "30 building blocks"."""
    return words.number_of(count, "building block")


MOVED = {
    "caught up": "narrowed",
    "fell behind": "widened",
    "little changed": "little changed",
    "one period": "one period",
}
"""How a gap has moved, as tables have it -> as readers have it."""


def scope(count: int, *, department: str = "", level: str = "", horizon: str = "", block: str = "") -> str:
    """Which building blocks a chart shows, as a sentence for its settings line; an empty filter leaves all in."""
    parts = [
        f"in {block.lower()}" if block else "",
        f"led by {department}" if department else "",
        f"on which {LEVELS[level]} can act" if level else "",
        f"{horizon} term" if horizon else "",
    ]
    chosen = ", ".join(part for part in parts if part)
    return f"{blocks(count)} {chosen}." if chosen else f"{blocks(count)}."


def scope_drawn(chosen: str, which: str, drawn: int, *, of: int) -> str:
    """The sentence of `scope`, and how many rows of these are drawn where not all are."""
    return chosen if drawn == of else f"The {drawn} {which} of {chosen}"


def similar_line(names: Sequence[str]) -> str:
    """Which places are similar to one, for its settings line."""
    return f"Similar places: nearest average IMD 2025 score, whatever the region: {'; '.join(names)}."


def sources(levers: pd.DataFrame, *, build: str) -> str:
    """Source line of a chart of several building blocks (rows of table `levers`)."""
    return sources_of(levers["publisher"].tolist(), levers["release"].tolist(), build=build)


def sources_of(publishers: Iterable[str], releases: Sequence[str], *, build: str) -> str:
    """Source line of figures of these publishers, released on these dates."""
    first, last = (words.day(date) for date in (min(releases), max(releases)))
    when = f"released {first}" if first == last else f"released {first} to {last}"
    return f"Source: {words.listed(sorted(set(publishers)))}, {when}, Open Government Licence v3.0. Build {build}."
