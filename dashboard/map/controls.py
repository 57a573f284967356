"""The controls of the Map screen: the usual ones in one row, the rest one click away."""

from collections.abc import Sequence

import streamlit as st

from charts.catalogue.choices import CHOICES, SIDE_BY_SIDE
from charts.catalogue.view import View
from dashboard import controls, link, settings_line
from pipeline.answers.map.rows import apart
from pipeline.errors import UsageError
from pipeline.periods import parse_period

_FORMER_WORDS = {"Four side by side": "four"}
"""Words of older addresses -> the choice."""


def choose(periods: Sequence[str]) -> View:
    """Let the visitor choose what the map shows.

    Args:
        periods: labels, earliest first.

    Raises:
        UsageError: a change is asked for, but no period comes before the one chosen.
    """
    with settings_line.folded():
        level, sex = controls.buttons("level", "Areas", label_seen=False), controls.sex()
        measure = link.selectbox(
            "Measure",
            list(CHOICES["measure"]),
            key="measure",
            default=View().measure,
            format_func=CHOICES["measure"].__getitem__,
            label_visibility="collapsed",
            width=235,
        )
        side_by_side = measure in SIDE_BY_SIDE and _periods() == "four"
        more = st.popover("More", icon=":material/tune:", key="map-more")
    view = View(level=level, sex=sex, measure=measure)
    with more:
        form = _form() if level == "utla" else view.view
        if side_by_side:
            return view.with_settings(view=form, periods="four")
        period = link.select_slider("Period", periods, key="period", default=periods[-1])
        since = _since(periods, later=period) if measure == "change" else ""
    return view.with_settings(view=form, period=period, since=since)


def _periods() -> str:
    return controls.buttons("periods", "Periods", label_seen=False, others=_FORMER_WORDS)


def _form() -> str:
    """Let the visitor choose land or tiles, which only authorities have."""
    return controls.buttons(
        "view",
        "Map type",
        help="A map of land shows large areas large, whoever lives there. Tiles give each authority a square of the same "
        "size.",
    )


def _since(periods: Sequence[str], *, later: str) -> str:
    """Let the visitor choose the earlier period of a change."""
    earlier = [one for one in periods if parse_period(one).start < parse_period(later).start]
    if not earlier:
        raise UsageError(
            "No period comes before the first, so there is no change to show.", do="Choose a later period."
        )
    return link.selectbox(
        "Compared with",
        earlier,
        key="since",
        help="We can test a change between periods that share no year. Between periods that share years, we show the change "
        "without a test.",
        format_func=lambda one: one if apart(one, later) else f"{one} (shares years: not tested)",
    )
