"""Settings as words, from a command line, into questions; what cannot be is refused with what was probably meant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from typing import cast, get_args

from pipeline.answers.gap.evidence import evidence_of
from pipeline.answers.gap.question import (
    DEFAULT_TARGET_YEAR,
    FIRST_TARGET_YEAR,
    LAST_TARGET_YEAR,
    Question,
    usual_baseline,
)
from pipeline.answers.gap.sentence import PEOPLE
from pipeline.errors import SourceChanged, UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION, DEFINITIONS
from pipeline.measures.gap.path import PathShape, RichEndRule
from pipeline.periods import parse_period
from pipeline.processed import Tables

LOWEST_SHARE, HIGHEST_SHARE = 5, 95
"""Per cent of the gap to close."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question, for one sex, by one forecast ("" for the one with the best record)."""

    question: Question
    sex: str
    model: str = ""


def asked(tables: Tables, given: Mapping[str, Sequence[str]], *, everything: bool = False) -> list[Asked]:
    """Every question that settings make together.

    Args:
        tables: an open build; its definition `own-pair` is asked about where it has one and no definition is given.
        given: definition, sex, baseline, target, share, rule, shape and model -> their values as words, none for the usual one.
        everything: every definition and both sexes where none is given; a definition without the baseline is asked
            about from its own first period.

    Raises:
        UsageError: a value is not one that the setting can have.
    """
    held = [str(name) for name in tables.table("gaps")["definition"].unique()]
    own_pair = [name for name in held if name not in DEFINITIONS]
    known = [name for name in DEFINITIONS if name in held]
    usual = own_pair or (known if everything else [DEFAULT_DEFINITION if DEFAULT_DEFINITION in held else known[0]])
    definitions = _chosen("definition", given, own_pair or known, usual)
    sexes = _chosen("sex", given, list(PEOPLE), list(PEOPLE) if everything else ["female"])
    rules = _chosen("rule", given, get_args(RichEndRule), ["held"])
    shapes = _chosen("shape", given, get_args(PathShape), ["linear"])
    models = _chosen("model", given, evidence_of(tables).models, [""])
    targets = _numbers("target", given, FIRST_TARGET_YEAR, LAST_TARGET_YEAR, DEFAULT_TARGET_YEAR)
    shares = _numbers("share", given, LOWEST_SHARE, HIGHEST_SHARE, 50)
    baselines = [_period(text) for text in given.get("baseline", ())] or [""]
    periods = {name: _periods(tables, name) for name in definitions}
    return [
        Asked(
            question=Question(
                definition_id=definition,
                baseline=_baseline(periods[definition], baseline, or_first=everything),
                target_year=target,
                share_to_close=share / 100,
                rule=cast(RichEndRule, rule),
                shape=cast(PathShape, shape),
            ),
            sex=sex,
            model=model,
        )
        for definition, sex, baseline, target, share, rule, shape, model in product(
            definitions, sexes, baselines, targets, shares, rules, shapes, models
        )
    ]


def suggestion(text: str, among: Collection[str]) -> str:
    """ "Did you mean a?", or nothing where nothing is like it."""
    found = get_close_matches(text.lower(), [name.lower() for name in among], n=1)
    return next((f"Did you mean {name}? " for name in among if found and name.lower() == found[0]), "")


def _chosen(
    name: str, given: Mapping[str, Sequence[str]], allowed: Sequence[str], usual: Sequence[str]
) -> Sequence[str]:
    for text in given.get(name, ()):
        if text not in allowed:
            raise UsageError(
                f"There is no {name} {text!r}.", do=f"{suggestion(text, allowed)}Choose one of {', '.join(allowed)}."
            )
    return given.get(name) or usual


def _numbers(name: str, given: Mapping[str, Sequence[str]], lowest: int, highest: int, usual: int) -> list[int]:
    for text in given.get(name, ()):
        if not (text.isdecimal() and lowest <= int(text[:5]) <= highest):
            raise UsageError(f"The {name} cannot be {text!r}.", do=f"Give a whole number from {lowest} to {highest}.")
    return [int(text) for text in given.get(name, ())] or [usual]


def _period(text: str) -> str:
    try:
        return parse_period(text).label
    except SourceChanged:
        raise UsageError(
            f"The baseline cannot be {text!r}.", do='Write a period as "2011 to 2013" or 2011-2013.'
        ) from None


def _periods(tables: Tables, definition_id: str) -> list[str]:
    gaps = tables.table("gaps")
    return sorted(gaps.loc[gaps["definition"] == definition_id, "period"].unique())


def _baseline(periods: Sequence[str], asked_for: str, *, or_first: bool) -> str:
    if not asked_for:
        return usual_baseline(periods)
    return periods[0] if or_first and asked_for not in periods else asked_for
