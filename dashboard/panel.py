"""How a chart is shown on a screen: finding, figure, settings, source, and the same figures as a table."""

import html
from collections.abc import Callable
from functools import partial

import streamlit as st

from charts.chart import Chart


def show(chart: Chart, *, key: str, on_click: Callable[[str], None] | None = None) -> None:
    """Show a chart with everything that belongs to it.

    Args:
        chart: the chart.
        key: name of this place on the screen, unique on it.
        on_click: called with the code of an area that the visitor clicks.
    """
    st.html(
        f'<h3 class="chart-title">{html.escape(chart.title)}</h3>'
        f'<p class="chart-subtitle">{html.escape(chart.subtitle)}</p>'
    )
    st.plotly_chart(
        chart.figure,
        key=f"{key}-figure",
        theme=None,
        alt=chart.alt,
        config={"displaylogo": False, "displayModeBar": False, "responsive": True, **chart.config},
        on_select=partial(_clicked, f"{key}-figure", on_click) if on_click else "ignore",
        selection_mode="points",
    )
    st.html(f'<p class="chart-foot">{html.escape(chart.settings)} {html.escape(chart.source)}</p>')
    with st.container(horizontal=True, gap="small"):
        with st.popover("Figures as a table", icon=":material/table:"):
            st.table(chart.table.fillna("none"), hide_index=True, alt=f"Table of the figures in: {chart.title}")
            st.download_button(
                "Download as CSV",
                chart.table.to_csv(index=False).encode("utf-8-sig"),
                file_name=f"{chart.file_stem}.csv",
                mime="text/csv",
                key=f"{key}-csv",
                on_click="ignore",
            )
        if chart.caveats:
            with st.popover("What to bear in mind", icon=":material/info:"):
                for caveat in chart.caveats:
                    st.markdown(f"- {caveat}")


def _clicked(key: str, on_click: Callable[[str], None]) -> None:
    points = st.session_state[key]["selection"]["points"]
    if points and points[0].get("location"):
        on_click(str(points[0]["location"]))


_VERDICTS = {
    "Halved": ("green", ":material/check_circle:"),
    "On track": ("green", ":material/trending_down:"),
    "Cannot tell": ("gray", ":material/question_mark:"),
    "Off track": ("orange", ":material/trending_flat:"),
    "Widening": ("red", ":material/trending_up:"),
}


def verdict(word: str, *, who: str) -> None:
    """Show the verdict as a large badge; its word and icon say it without the colour."""
    colour, icon = _VERDICTS[word]
    st.markdown(f"## {who.capitalize()}: :{colour}-badge[{icon} {word}]")
