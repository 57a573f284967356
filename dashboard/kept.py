"""Keeps what was drawn or worked out for one visitor for all who ask for the same, until the figures are built anew."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import streamlit as st

from charts.catalogue.catalogue import entry
from charts.catalogue.entry import Answer, key
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from pipeline.processed import Tables

T = TypeVar("T")

MOST_KEPT = 3000
"""Charts and answers held at once, a few kilobytes each; the longest unused goes first."""


# Found by its name alone. Whoever asks while it is being made waits for it; an error is raised again and not kept.
@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False)
def _kept(name: str, _make: Callable[[], Any]) -> Any:
    return _make()


@st.cache_resource(max_entries=1, show_spinner=False)
def only_of_build(build: str) -> None:
    """Let go of what was drawn from other builds; does nothing while the build stays the same."""
    del build
    _kept.clear()


def chart(chart_id: str, tables: Tables, view: View, *, palette: Palette = LIGHT) -> Chart:
    """Return a chart; read it only, since all visitors share it.

    Raises:
        UsageError: the view asks for what the figures do not hold.
    """
    one = entry(chart_id)

    def drawn(own: View) -> Chart:
        return chart(chart_id, tables, own, palette=palette)

    name = f"{key(chart_id, view, one.settings)} {tables.build} {palette.paper}"
    return cast(Chart, _kept(name, lambda: one.chart(tables, view, palette=palette, drawn=drawn)))


def answer(asked: Answer[T], tables: Tables, view: View = View()) -> T:  # noqa: B008 # a view cannot be changed
    """Return what is said beside charts; read it only, since all visitors share it.

    Raises:
        UsageError: the view asks for what the figures do not hold.
    """
    name = f"answer {key(asked.id, view, asked.needs)} {tables.build}"
    return cast(T, _kept(name, lambda: asked.of(tables, view)))
