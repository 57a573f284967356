"""What a chart is looked at with: sex, definition, years, place; the same words as in the dashboard's addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from charts.catalogue.choices import CHOICES
from pipeline.answers.gap.question import (
    DEFAULT_TARGET_YEAR,
    FIRST_TARGET_YEAR,
    LAST_TARGET_YEAR,
    Question,
    usual_baseline,
)
from pipeline.answers.place.neighbours import BY_DEPRIVATION
from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION
from pipeline.measures.gap.path import PathShape, RichEndRule
from pipeline.processed import Tables

HLE_LINE = "hle"

LONGEST_ECHO = 60
"""Characters of a mistaken setting that are said back."""


@dataclass(frozen=True, kw_only=True)
class View:
    """Every setting that some chart depends on; the names are the words in the dashboard's addresses."""

    sex: str = "female"
    definition: str = DEFAULT_DEFINITION
    baseline: str = ""
    """Label of a period; empty for the usual one."""
    target: int = DEFAULT_TARGET_YEAR
    share: int = 50
    """Per cent of the gap to close."""
    rule: RichEndRule = "held"
    path: PathShape = "linear"
    model: str = ""
    """Id of the forecast; empty for the one with the best record, which gives the verdicts."""
    beside: str = ""
    """A link, or the words behind its question mark, whose settings are set beside the view's own; empty for the defaults."""
    among: str = "all"
    """Which readings are shown: all, or those that share the "definition", "baseline" or "target" of the view."""
    level: str = "utla"
    period: str = ""
    """Label of a period; empty for the latest."""
    since: str = ""
    """Label of the earlier period of a change; empty for the first."""
    measure: str = "level"
    place: str = ""
    """Code of an area, our name of a group of authorities, the name of the reader's own area, or empty."""
    codes: str = ""
    """Codes of the authorities of the reader's own area, "~" between them; empty for any other place."""
    compare: str = ""
    """Up to three places to show beside the place, "~" between them; empty for England alone."""
    against: str = ""
    """The place that makes a gap with the place; empty for England."""
    quantity: str = "hle"
    """What places are compared by."""
    alike: str = BY_DEPRIVATION
    """What the places beside a place are alike in: deprivation, or one of the kinds of statistical neighbours."""
    view: str = "map"
    """Form of a map: land ("map") or tiles of one size ("tiles")."""
    periods: str = "one"
    """Whether a map shows one period, or "four" side by side."""

    groups: str = "deciles"
    """What a slope of inequality is fitted through."""
    index: str = "sii"
    """Slope index ("sii") or relative index ("rii") of inequality."""
    block: str = ""
    """Indicator of a building block; empty for the one with the widest gap."""
    line: str = HLE_LINE
    """What is read from the nation down to a place: healthy life expectancy or an indicator."""
    case: str = ""
    """Number of a case of local action; empty for the first."""
    part: str = ""
    """Part of healthy life that building blocks belong to; empty for all."""
    department: str = ""
    """Department that leads on building blocks; empty for any."""
    acts: str = ""
    """Level of government that can act on building blocks; empty for any."""
    term: str = ""
    """Whether building blocks answer in the "short" or the "long" term; empty for either."""
    scale: str = ""
    """ "both" where women's and men's charts are read side by side, on one scale; empty where each has its own."""
    rows: str = ""
    """ "screen" for as many rows as a screen has room for; empty for as many as can be read on a slide."""
    layout: str = ""
    """ "page" for a chart that shares a printed page with others; empty for one with room to itself."""

    def with_settings(self, **settings: Any) -> "View":
        """Return the view with some settings changed."""
        return replace(self, **settings)

    def only(self, settings: Iterable[str]) -> "View":
        """Return the view with these settings, and every other at its default."""
        return View(**{name: getattr(self, name) for name in settings})

    def chosen(self, needs: Iterable[str]) -> dict[str, str]:
        """Return the settings a chart needs as they stand in an address, without the empty ones."""
        return {name: str(getattr(self, name)) for name in needs if getattr(self, name) != ""}


SETTINGS = tuple(field.name for field in fields(View))


def view_of(settings: Mapping[str, str]) -> View:
    """Return the view that words describe: from an address, or from a command line.

    Raises:
        UsageError: a setting is unknown, or has a value that it cannot have.
    """
    typed: dict[str, Any] = {}
    for name, text in settings.items():
        if name not in SETTINGS:
            raise UsageError(f"There is no setting {name!r}.", do=f"The settings are {', '.join(SETTINGS)}.")
        allowed = CHOICES.get(name)
        if allowed is not None and text not in allowed:
            raise UsageError(f"{name} cannot be {text[:LONGEST_ECHO]!r}.", do=f"Choose one of {', '.join(allowed)}.")
        typed[name] = text
    if "target" in typed:
        typed["target"] = _number(typed["target"], "target", FIRST_TARGET_YEAR, LAST_TARGET_YEAR)
    if "share" in typed:
        typed["share"] = _number(typed["share"], "share", 5, 95)
    return View(**typed)


def _number(text: str, name: str, lowest: int, highest: int) -> int:
    value = int(text) if text.isdecimal() and len(text) <= len(str(highest)) else -1
    if not lowest <= value <= highest:
        raise UsageError(
            f"{name} cannot be {text[:LONGEST_ECHO]!r}.", do=f"Give a whole number from {lowest} to {highest}."
        )
    return value


def question_of(tables: Tables, view: View) -> Question:
    """Return the question that a view asks.

    An empty baseline becomes the usual one, or the first period of a definition that starts later.

    Raises:
        UsageError: the build holds no figures for the definition.
    """
    gaps = tables.table("gaps")
    periods = sorted(gaps.loc[gaps["definition"] == view.definition, "period"].unique())
    if not periods:
        raise UsageError(
            f"The build holds no gap by definition {view.definition!r}.",
            do=f"Choose one of {', '.join(gaps['definition'].unique())}.",
        )
    return Question(
        definition_id=view.definition,
        baseline=view.baseline or usual_baseline(periods),
        target_year=view.target,
        share_to_close=view.share / 100,
        rule=view.rule,
        shape=view.path,
    )


def period_of(hle: pd.DataFrame, view: View) -> str:
    """Return the period of a view: the one it names, else the latest that the figures hold.

    Raises:
        UsageError: the figures do not hold the period named.
    """
    periods = sorted(hle["period"].unique())
    if view.period and view.period not in periods:
        raise UsageError(f"There are no figures for {view.period!r}.", do=f"Choose one of {', '.join(periods)}.")
    return view.period or periods[-1]


def since_of(hle: pd.DataFrame, view: View) -> str:
    """Return the earlier period of a change: the one that a view names, else the first that the figures hold.

    Raises:
        UsageError: there is no such period before that of the view.
    """
    earlier = [period for period in sorted(hle["period"].unique()) if period < period_of(hle, view)]
    if not earlier or view.since not in {"", *earlier}:
        raise UsageError(
            f"No change since {view.since or 'an earlier period'!r} can be shown.",
            do=f"Choose one of {', '.join(earlier)}." if earlier else "Choose a later period.",
        )
    return view.since or earlier[0]


def address(screen: str, settings: Mapping[str, str]) -> str:
    """Return the address of a screen with settings, below the dashboard's own: "progress?sex=female"."""
    if not settings:
        return screen
    return f"{screen}{'&' if '?' in screen else '?'}{urlencode(settings)}"
