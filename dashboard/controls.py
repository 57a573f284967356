"""The controls of all screens, each tied to one word in the address so that a link carries it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Literal, cast

import pandas as pd
import streamlit as st

from charts.catalogue.choices import CHOICES
from charts.catalogue.entry import Answer
from charts.catalogue.scenarios import LONGEST_LINK
from charts.catalogue.view import View
from dashboard import kept, link
from pipeline.answers.gap.question import DEFAULT_BASELINE, DEFAULT_TARGET_YEAR, LAST_TARGET_YEAR, PERIOD_YEARS
from pipeline.areas import ENDED, SUCCESSORS
from pipeline.geography.groups import NAMED_GROUPS
from pipeline.measures.gap.path import PathShape, RichEndRule
from pipeline.processed import Tables

_PERCENT_TO_CLOSE = (25, 33, 50, 67, 75)
_KINDS = {"region": "region", "combined-authority": "combined authority"}


def _usual(setting: str) -> str:
    return str(getattr(View(), setting))


def buttons(
    setting: str,
    label: str,
    *,
    label_seen: bool = True,
    others: Mapping[str, str] | None = None,
    help: str | None = None,  # as Streamlit calls it
) -> str:
    """Let the visitor choose one of a few values of a setting; `others`: further words of an address -> value."""
    words = CHOICES[setting]
    return link.segmented_control(
        label,
        list(words),
        default=_usual(setting),
        format_func=words.__getitem__,
        key=setting,
        others=others,
        label_visibility="visible" if label_seen else "collapsed",
        wrap=True,
        help=help,
    )


def options(
    setting: str,
    label: str,
    *,
    held: Collection[str] | None = None,
    width: int | Literal["stretch"] = "stretch",
    help: str | None = None,
) -> str:
    """Let the visitor choose a value of a setting from a list, among those held if any are named."""
    words = CHOICES[setting]
    return link.selectbox(
        label,
        [name for name in words if held is None or name in held],
        default=_usual(setting),
        format_func=words.__getitem__,
        key=setting,
        width=width,
        help=help,
    )


def sex() -> str:
    """Let the visitor choose women or men."""
    return buttons("sex", "Sex", label_seen=False)


def among() -> str:
    """Let the visitor choose which readings of the promise to see."""
    return buttons("among", "Readings")


def beside() -> str:
    """Let the visitor paste a link whose settings are set beside their own; "" for the default settings."""
    return link.text_input(
        "Compare with",
        key="beside",
        max_chars=LONGEST_LINK,
        placeholder="The default settings. Or paste a link that Share has copied",
        width=520,
    ).strip()


def alike() -> str:
    """Let the visitor choose what the places beside a place are alike in."""
    return options(
        "alike",
        "Similar places by",
        width=230,
        help="Nearest by deprivation is our choice. ONS names twenty statistical neighbours of each authority.",
    )


def definition(gaps: pd.DataFrame) -> str:
    """Let the visitor choose the definition of the gap, among those that a table of gaps holds."""
    return options(
        "definition",
        "Who counts as richest and poorest",
        held=gaps["definition"].unique(),
        width=380,  # the longest names are long: on a phone it takes a row of its own
        help="No official text says which regions the promise means, so you can choose. Each definition is explained under "
        "Data and methods.",
    )


def baseline(tables: Tables, definition_id: str) -> str:
    """Let the visitor choose the period from which halving is counted: any of a definition but the latest."""
    periods = tables.once(f"baselines {definition_id}", lambda: _periods_of_gap(tables, definition_id)[:-1])
    return link.selectbox(
        "Baseline: the gap to be halved",
        periods,
        default=DEFAULT_BASELINE if DEFAULT_BASELINE in periods else periods[0],
        key="baseline",
        help="The baseline: the period whose gap is to be halved. No official text fixes one.",
    )


def _periods_of_gap(tables: Tables, definition_id: str) -> list[str]:
    gaps = tables.table("gaps")
    return periods_of(gaps[gaps["definition"] == definition_id])


def target_year(tables: Tables) -> int:
    """Let the visitor choose the year by which the gap is to be halved; the first is a period that is wholly to come."""
    latest = int(tables.newest("hle")["period_end"].max())
    years = list(range(latest + PERIOD_YEARS, LAST_TARGET_YEAR + 1))
    return link.selectbox(
        "Target year",
        years,
        default=DEFAULT_TARGET_YEAR,
        key="target",
        width=160,
        help="The last year of the three-year period in which the gap should be half. No official text fixes one.",
    )


def rule() -> RichEndRule:
    """Let the visitor choose what the richest end is assumed to do."""
    about = "A fall of the richest end is never counted as progress."
    return cast(RichEndRule, options("rule", "Richest end is", width=360, help=about))


def share_to_close() -> int:
    """Let the visitor choose how many per cent of the gap are to be closed; half by default."""
    return link.selectbox(
        "Share of the gap to close",
        _PERCENT_TO_CLOSE,
        default=50,
        format_func=lambda value: "Half (50%)" if value == 50 else f"{value}%",
        key="share",
        others={f"{value / 100:g}": value for value in _PERCENT_TO_CLOSE},
    )


def path_shape() -> PathShape:
    """Let the visitor choose the shape of the path to the target."""
    return cast(PathShape, options("path", "Path closes the gap by", width=300))


def model(default: str) -> str:
    """Let the visitor choose the forecast; "" for the one with the best record, whose id is `default`."""
    offered = CHOICES["model"]
    chosen = link.selectbox(
        "Forecast",
        [default, *(name for name in offered if name != default)],
        default=default,
        format_func=lambda name: f"{offered[name]} (best record)" if name == default else offered[name],
        key="model",
        width=360,
        help="How good each has been is shown under How good is the forecast?",
    )
    return "" if chosen == default else chosen


def period(hle: pd.DataFrame) -> str:
    """Let the visitor choose a period, the latest first."""
    return link.selectbox("Period", periods_of(hle)[::-1], key="period", width=220)


def periods_of(table: pd.DataFrame) -> list[str]:
    """The periods of a table, the earliest first."""
    return sorted(table["period"].unique())


def place(
    tables: Tables,
    *,
    default: str = "",
    further: Mapping[str, str] | None = None,
    width: int | Literal["stretch"] = "stretch",
    help: str | None = None,
) -> str:
    """Let the visitor choose any place by name or code, replaced codes included.

    Args:
        tables: the processed tables.
        default: code of the place at first; without one, none is chosen and "" returned.
        further: code -> name of places beside those of the tables, such as groups of authorities.
        width: width of the list.
        help: what the choice is for.
    """
    labels, others = kept.answer(_PLACES, tables)
    labels = {**labels, **(further or {})}
    choose: Callable[..., str | None] = (
        partial(link.selectbox, default=default)
        if default
        else partial(link.optional_selectbox, placeholder="Type or choose a name")
    )
    chosen = choose(
        "Place",
        list(labels),
        key="place",
        format_func=labels.__getitem__,
        others=others,
        explained=explained(),
        width=width,
        help=help,
    )
    return chosen or ""


def place_labels(areas: pd.DataFrame) -> dict[str, str]:
    """Return code -> name by name; regions and combined authorities say what they are, since they share names."""
    labels = {
        row["area_code"]: f"{row['area_name']} ({_KINDS[row['area_type']]})"
        if row["area_type"] in _KINDS
        else row["area_name"]
        for row in areas[areas["area_type"] != "country"].to_dict("records")
    }
    return dict(sorted(labels.items(), key=lambda pair: pair[1]))


def group_labels() -> dict[str, str]:
    """Return our name of each group of authorities in law -> its name, and what it is."""
    return {one.group: f"{one.name} (strategic authority)" for one in NAMED_GROUPS.values()}


def other_words(areas: pd.DataFrame) -> dict[str, str]:
    """Return what else a link may say for a place: a replaced code, a bare name (the region's, where two share it)."""
    rows = areas[areas["area_type"] != "country"]
    order = rows["area_type"].map({"utla": 0, "combined-authority": 1, "region": 2})
    names = rows.assign(order=order).sort_values("order")
    return dict(zip(names["area_name"], names["area_code"], strict=True)) | {
        old: new for old, new in SUCCESSORS.items() if new in set(rows["area_code"])
    }


def _places(tables: Tables, _: View) -> tuple[Mapping[str, str], Mapping[str, str]]:
    areas = tables.table("areas")
    return place_labels(areas), other_words(areas)


_PLACES = Answer(id="places", needs=(), ask=_places)


def explained() -> dict[str, str]:
    """Code of an area that was split or merged -> what became of it."""
    return {code: f"{code} was the code of {what}" for code, what in ENDED.items()}


def choose_place(area_code: str) -> None:
    """Make an area the chosen place (called when it is clicked on the map)."""
    st.session_state["place"] = area_code


def filters(setting: str, label: str, values: Sequence[str], *, every: str) -> str:
    """Let the visitor narrow what is shown to one value of a setting; "" for all."""
    words = CHOICES.get(setting, {})
    chosen = link.selectbox(
        label,
        ["all", *values],
        key=setting,
        format_func=lambda name: every if name == "all" else words.get(name, name),
    )
    return "" if chosen == "all" else chosen
