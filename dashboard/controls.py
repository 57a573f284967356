"""The controls that several screens share, each tied to one word in the address so that a link carries it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.kit import words
from charts.kit.settings_line import RULES
from dashboard import link
from dashboard.shared import shared
from pipeline.answers.gap.question import (
    DEFAULT_BASELINE,
    DEFAULT_TARGET_YEAR,
    LAST_TARGET_YEAR,
    PERIOD_YEARS,
    Question,
)
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION, DEFINITIONS
from pipeline.measures.gap.path import PathShape, RichEndRule

_PERCENT_TO_CLOSE = (25, 33, 50, 67, 75)


def definition(gaps: pd.DataFrame) -> str:
    """Let the visitor choose the definition of the gap, among those that table `gaps` holds."""
    ids = shared(_definitions_in, gaps)
    return link.selectbox(
        "Who counts as richest and poorest",
        ids,
        index=ids.index(DEFAULT_DEFINITION),
        format_func=lambda name: DEFINITIONS[name].label,
        key="definition",
        width=380,  # the longest names are long: on a phone it takes a row of its own
        help="No official text says which regions the promise means, so you can choose. Each definition is explained under "
        "Data and methods.",
    )


def _definitions_in(gaps: pd.DataFrame) -> list[str]:
    held = set(gaps["definition"])
    return [name for name in DEFINITIONS if name in held]


def baseline(periods: Sequence[str]) -> str:
    """Let the visitor choose the period from which halving is counted."""
    options = list(periods)
    return link.selectbox(
        "Baseline: the gap to be halved",
        options,
        index=options.index(DEFAULT_BASELINE) if DEFAULT_BASELINE in options else 0,
        key="baseline",
        help="The baseline: the period whose gap is to be halved. No official text fixes one.",
    )


def target_year(hle: pd.DataFrame) -> int:
    """Let the visitor choose the year by which the gap is to be halved; the first is a period that is wholly to come."""
    options = list(range(shared(_last_year_of, hle) + PERIOD_YEARS, LAST_TARGET_YEAR + 1))
    chosen: int = link.selectbox(
        "Target year",
        options,
        index=options.index(DEFAULT_TARGET_YEAR),
        key="target",
        width=160,
        help="The last year of the three-year period in which the gap should be half. No official text fixes one.",
    )
    return chosen


def _last_year_of(hle: pd.DataFrame) -> int:
    return int(hle["period_end"].max())


def rule() -> RichEndRule:
    """Let the visitor choose what the richest end is assumed to do."""
    ids: list[RichEndRule] = list(RULES)
    return link.selectbox(
        "Richest end is",
        ids,
        format_func=lambda name: RULES[name].removeprefix("richest end ").capitalize(),
        key="rule",
        width=360,
        help="A fall of the richest end is never counted as progress.",
    )


def share_to_close() -> float:
    """Let the visitor choose how much of the gap is to be closed; half by default."""
    percent: int = link.selectbox(
        "Share of the gap to close",
        _PERCENT_TO_CLOSE,
        index=2,
        format_func=lambda value: "Half (50%)" if value == 50 else f"{value}%",
        key="share",
        others={f"{value / 100:g}": value for value in _PERCENT_TO_CLOSE},
    )
    return percent / 100


def path_shape() -> PathShape:
    """Let the visitor choose the shape of the path to the target."""
    shapes: dict[PathShape, str] = {
        "linear": "The same number of years each year",
        "geometric": "The same percentage each year",
    }
    chosen: PathShape = link.selectbox(
        "Path closes the gap by", list(shapes), format_func=lambda name: shapes[name], key="path", width=300
    )
    return chosen


def sex() -> str:
    """Let the visitor choose women or men."""
    return _one_of("For", {name: words.people(name).capitalize() for name in words.PEOPLE}, default="female", key="sex")


def _one_of(label: str, options: dict[str, str], *, default: str, key: str) -> str:
    chosen = link.segmented_control(
        label,
        list(options),
        default=default,
        format_func=lambda name: options[name],
        key=key,
        wrap=True,
    )
    return str(chosen)


def question(
    *,
    definition_id: str,
    baseline_period: str,
    target: int,
    rule_name: RichEndRule = "held",
    share_to_close: float = 0.5,
    shape: PathShape = "linear",
) -> Question:
    """Return the question that the controls describe."""
    return Question(
        definition_id=definition_id,
        baseline=baseline_period,
        target_year=target,
        rule=rule_name,
        share_to_close=share_to_close,
        shape=shape,
    )


def first_period(gaps: pd.DataFrame, definition_id: str) -> str:
    """Return the default baseline where the definition has it, else its first period."""
    periods = baseline_periods(gaps, definition_id)
    return DEFAULT_BASELINE if DEFAULT_BASELINE in periods else periods[0]


def baseline_periods(gaps: pd.DataFrame, definition_id: str) -> list[str]:
    """Return the periods of a definition that can be a baseline: all but the latest."""
    return shared(_all_but_the_latest, gaps, definition_id)


def _all_but_the_latest(gaps: pd.DataFrame, definition_id: str) -> list[str]:
    return sorted(gaps.loc[gaps["definition"] == definition_id, "period"].unique())[:-1]


def level() -> str:
    """Let the visitor choose regions, combined authorities or local authorities."""
    levels = {name: label for name, label in words.LEVELS.items() if name != "country"}
    return _one_of("Areas", levels, default="utla", key="level")


def period(hle: pd.DataFrame) -> str:
    """Let the visitor choose a period, the latest first."""
    return link.selectbox("Period", periods_of(hle)[::-1], key="period", width=220)


def periods_of(hle: pd.DataFrame) -> list[str]:
    """Return the periods of a table, the earliest first."""
    return shared(_periods_in, hle)


def _periods_in(hle: pd.DataFrame) -> list[str]:
    return sorted(hle["period"].unique())


def place(areas: pd.DataFrame) -> str:
    """Let the visitor choose one of the areas below the country by name; returns its code, or ""."""
    names = shared(_names_of_places, areas)
    chosen = link.selectbox(
        "Place",
        list(names),
        index=None,
        format_func=lambda code: names.get(code, code),
        key="place",
        placeholder="Type or choose a name",
    )
    return chosen or ""


def _names_of_places(areas: pd.DataFrame) -> dict[str, str]:
    rows = areas[areas["area_type"] != "country"].sort_values("area_name")
    return dict(zip(rows["area_code"], rows["area_name"], strict=True))


def choose_place(area_code: str) -> None:
    """Make an area the chosen place (called when it is clicked on the map)."""
    st.session_state["place"] = area_code
