"""The controls that several screens share, each tied to one word in the address so that a link carries it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts import words
from charts.area_map import MEASURES
from charts.settings import RULES
from pipeline.answer import DEFAULT_BASELINE, DEFAULT_TARGET_YEAR, LAST_TARGET_YEAR, Question
from pipeline.measures.definitions import DEFAULT_DEFINITION, DEFINITIONS


def definition(gaps: pd.DataFrame) -> str:
    """Let the visitor choose the definition of the gap, among those that table `gaps` holds."""
    held = set(gaps["definition"])
    ids = [name for name in DEFINITIONS if name in held]
    return st.selectbox(
        "Who counts as richest and poorest",
        ids,
        index=ids.index(DEFAULT_DEFINITION),
        format_func=lambda name: DEFINITIONS[name].label,
        key="definition",
        bind="query-params",
        help="No official text says which regions the promise means, so you can choose. Each definition is explained under "
        "Data and methods.",
    )


def baseline(periods: Sequence[str]) -> str:
    """Let the visitor choose the period from which halving is counted."""
    options = list(periods)
    return st.selectbox(
        "Baseline: the gap to be halved",
        options,
        index=options.index(DEFAULT_BASELINE) if DEFAULT_BASELINE in options else 0,
        key="baseline",
        bind="query-params",
        help="The baseline: the period whose gap is to be halved. No official text fixes one.",
    )


def target_year(first: int) -> int:
    """Let the visitor choose the year by which the gap is to be halved; `first` is the earliest that makes sense."""
    options = list(range(first, LAST_TARGET_YEAR + 1))
    return st.selectbox(
        "Target year",
        options,
        index=options.index(DEFAULT_TARGET_YEAR),
        key="target",
        bind="query-params",
        help="The target year: last year of the three-year period in which the gap should be half. No official text fixes "
        "one.",
    )


def rule() -> str:
    """Let the visitor choose what the richest end is assumed to do."""
    ids = list(RULES)
    return st.selectbox(
        "Richest end is",
        ids,
        format_func=lambda name: RULES[name].removeprefix("richest end ").capitalize(),
        key="rule",
        bind="query-params",
        help="A fall of the richest end is never counted as progress.",
    )


def sex() -> str:
    """Let the visitor choose women or men."""
    chosen = st.segmented_control(
        "For",
        list(words.PEOPLE),
        default="female",
        required=True,
        format_func=lambda name: words.people(name).capitalize(),
        key="sex",
        bind="query-params",
    )
    return str(chosen)


def question(*, definition_id: str, baseline_period: str, target: int, rule_name: str = "held") -> Question:
    """Return the question that the controls describe."""
    return Question(
        definition_id=definition_id,
        baseline=baseline_period,
        target_year=target,
        rule=rule_name,  # type: ignore[arg-type] # the control offers only the known rules
    )


def first_period(gaps: pd.DataFrame, definition_id: str) -> str:
    """Return the default baseline where the definition has it, else its first period."""
    periods = baseline_periods(gaps, definition_id)
    return DEFAULT_BASELINE if DEFAULT_BASELINE in periods else periods[0]


def baseline_periods(gaps: pd.DataFrame, definition_id: str) -> list[str]:
    """Return the periods of a definition that can be a baseline: all but the latest."""
    return sorted(gaps.loc[gaps["definition"] == definition_id, "period"].unique())[:-1]


def level() -> str:
    """Let the visitor choose regions, combined authorities or local authorities."""
    chosen = st.segmented_control(
        "Areas",
        ["region", "combined-authority", "utla"],
        default="utla",
        required=True,
        format_func=lambda name: words.LEVELS[name],
        key="level",
        bind="query-params",
    )
    return str(chosen)


def period(hle: pd.DataFrame) -> str:
    """Let the visitor choose a period, the latest first."""
    return st.selectbox("Period", sorted(hle["period"].unique(), reverse=True), key="period", bind="query-params")


def map_measure() -> str:
    """Let the visitor choose what the map shows."""
    chosen = st.segmented_control(
        "Show",
        list(MEASURES),
        default="level",
        required=True,
        format_func=lambda name: MEASURES[name].label,
        key="measure",
        bind="query-params",
    )
    return str(chosen)


def place(rows: pd.DataFrame) -> str:
    """Let the visitor choose one of the areas by name; returns its code, or ""."""
    names = dict(zip(rows["area_code"], rows["area_name"], strict=True))
    codes = sorted(names, key=lambda code: names[code])
    chosen = st.selectbox(
        "Place",
        codes,
        index=None,
        format_func=lambda code: names.get(code, code),
        key="place",
        bind="query-params",
        placeholder="Type or choose a name",
    )
    return chosen or ""


def choose_place(area_code: str) -> None:
    """Make an area the chosen place (called when it is clicked on the map)."""
    st.session_state["place"] = area_code
