"""How figures of building blocks are said: each unit in its own way, sources of many publishers in one line."""

from collections.abc import Iterable, Sequence

import pandas as pd

from charts.kit import words

LEVELS = {"national": "the nation", "combined-authority": "a combined authority", "local": "a council"}
"""Level of government -> who can act, in running text."""

_PLAIN_DECIMALS = {
    "per 100,000 residents": 0,
    "score out of 10": 2,
}


def said(value: float, unit: str) -> str:
    """Return a figure with its unit, short enough for a row: "18.2%", "\N{POUND SIGN}29,634", "9.2 times"."""
    if pd.isna(value):
        return "none"
    if unit == "%":
        return f"{words.number(value)}%"
    if unit.startswith("pounds"):
        return f"\N{POUND SIGN}{value:,.0f}"
    if unit == "times earnings":
        return f"{words.number(value)} times"
    if unit == "minutes":
        return f"{words.number(value)} min"
    decimals = _PLAIN_DECIMALS.get(unit, 1)
    return f"{value:,.0f}" if decimals == 0 else words.number(value, decimals)


def said_in_full(value: float, unit: str) -> str:
    """Return a figure with its unit as it stands in a sentence: "43 per 100,000 residents"."""
    plain = said(value, unit)
    return f"{plain} {unit}" if unit.startswith(("per ", "tonnes")) else plain


def short_department(name: str) -> str:
    """Return a department's name without "Department for": "Work and Pensions", "HM Treasury"."""
    for start in ("Department for ", "Department of ", "Ministry of "):
        name = name.removeprefix(start)
    return name


def sources(levers: pd.DataFrame, *, build: str) -> str:
    """Return the source line of a chart that draws on many publishers; its table names each one.

    Args:
        levers: rows of table `levers` that the chart uses.
        build: build id.
    """
    return sources_of(levers["publisher"].tolist(), levers["release"].tolist(), build=build)


def sources_of(publishers: Iterable[str], releases: Sequence[str], *, build: str) -> str:
    """Return the source line of figures of these publishers, released on these dates."""
    publishers = sorted(set(publishers))
    listed = publishers[0] if len(publishers) == 1 else f"{', '.join(publishers[:-1])} and {publishers[-1]}"
    first, last = (words.day(date) for date in (min(releases), max(releases)))
    when = f"released {first}" if first == last else f"released {first} to {last}"
    return f"Source: {listed}, {when}, Open Government Licence v3.0. Build {build}."


def number_of(count: int, noun: str) -> str:
    """Return "1 building block", "3 building blocks"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: list[str]) -> str:
    """Return names in running text: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def running(label: str) -> str:
    """Return a row's name as it stands in a sentence: "Child poverty" -> "child poverty", but "English and maths"."""
    return label if label.startswith("English") else label[0].lower() + label[1:]
