"""How a chart is shown on a screen: finding, figure, settings, source, and the same figures as a table."""

import html
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

import pandas as pd
import streamlit as st

from charts.catalogue.catalogue import entry
from charts.catalogue.view import View
from charts.export.data import chart_csv
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.framed import framed_drawing
from charts.kit.media import Medium
from charts.kit.ready import Ready
from dashboard import kept, screen, stage, tables
from dashboard.saving import download
from dashboard.saving.picture import buttons
from pipeline.errors import UsageError
from pipeline.processed import Tables

BENEATH = "Picture, data, notes"
"""Words on the button beneath a chart."""
SORTED_FROM_ROWS = 10
"""Tables of so many rows can be sorted; shorter ones are seen at a glance."""


def show(chart_id: str, view: View, *, on_click: Callable[[str], None] | None = None) -> None:
    """Show a chart of the catalogue with everything that belongs to it; where it cannot be drawn, say why.

    Args:
        chart_id: its id.
        view: what it is looked at with.
        on_click: called with the code of an area that the visitor clicks.
    """
    _show_where_wanted(chart_id, view, on_click=on_click)


def pair(chart_id: str, view: View, *, title_seen: bool = True) -> None:
    """Show women's and men's chart side by side on one scale.

    Without `title_seen` their titles are for screen readers only, where the screen says the same above.
    """
    with st.container(horizontal=True, gap="large", key=f"beside-{chart_id}"):
        for sex in words.PEOPLE:
            own = view.with_settings(sex=sex, scale="both")
            _show_where_wanted(chart_id, own, of_pair=sex, title_seen=title_seen)


def row(*chart_ids: str, view: View) -> None:
    """Show charts side by side, looked at with the same settings."""
    with st.container(horizontal=True, gap="large", key=f"beside-{chart_ids[0]}"):
        for chart_id in chart_ids:
            show(chart_id, view)


def _show_where_wanted(
    chart_id: str,
    view: View,
    *,
    of_pair: str = "",
    on_click: Callable[[str], None] | None = None,
    title_seen: bool = True,
) -> None:
    shown = screen.current()
    key = f"{chart_id}-{of_pair}" if of_pair else chart_id
    shown.charts[key] = screen.Drawn(chart_id, "", of_pair)
    if not shown.wants(chart_id, of_pair=of_pair):
        return
    shown.found = True
    if shown.clean:
        _show_clean(chart_id, view, shown.clean)
        return
    with shown.stage, st.container(key=f"panel-{key}"):
        try:
            chart = kept.chart(chart_id, shown.tables or Tables.open(), view, palette=shown.palette)
        except UsageError as error:
            st.info(error.what, icon=":material/info:")
            return
        shown.charts[key] = screen.Drawn(chart_id, chart.title, of_pair)
        shown.made.append(chart)
        clean = stage.link_to_clean_view(chart, chart_id, sex=of_pair)
        _show(chart, key=key, on_click=on_click, title_seen=title_seen or bool(shown.only), link=clean)
        _beneath(chart, key=key, name=_name(chart_id, of_pair))


def _name(chart_id: str, of_pair: str) -> str:
    """The name of a chart whatever is chosen, with whom it is about where two stand in a pair."""
    label = entry(chart_id).label
    return f"{label}, {words.people(of_pair)}" if of_pair else label


def _show_clean(chart_id: str, view: View, medium: Medium) -> None:
    """Show a chart as a picture of it looks, and nothing else: on white, whatever the colours of the screen."""
    shown = screen.current()
    stage.set_up(medium)
    with shown.stage, st.container(key="stage"):
        try:
            chart = kept.chart(chart_id, shown.tables or Tables.open(), view)
        except UsageError as error:
            st.info(error.what, icon=":material/info:")
            return
        stage.heading(chart)
        framed(chart, medium, key="clean-figure")


def _show(chart: Chart, *, key: str, on_click: Callable[[str], None] | None, title_seen: bool, link: str) -> None:
    # an unseen title stands below a heading of the second level that says the same
    level, look = ("h2", "chart-title") if title_seen else ("h3", "for-screen-readers")
    st.html(
        f'<{level} class="{look}">{html.escape(chart.title)}</{level}>'
        f'<p class="chart-subtitle">{html.escape(chart.subtitle)} {link}</p>'
    )
    st.plotly_chart(
        Ready(chart.drawing),
        key=f"{key}-figure",
        theme=None,
        alt=chart.alt,
        config={"displaylogo": False, "displayModeBar": False, **chart.config},
        on_select=partial(_clicked, f"{key}-figure", on_click) if on_click else "ignore",
        selection_mode="points",
    )
    if screen.current().only:
        st.html(f'<p class="chart-foot">{html.escape(chart.settings)} {html.escape(chart.source)}</p>')


# A fragment, filled only once opened: a changed control sends nothing that nobody looks at.
@st.fragment
def _beneath(chart: Chart, *, key: str, name: str) -> None:
    """Show the button beneath a chart that opens its picture, figures and notes.

    Those who hear it hear the chart's name too (screens.css hides emphasis there). The name is the same whatever is chosen: a
    button with other words is another button to the browser, which is closed and made anew.
    """
    label = f"{BENEATH} *{name}*"
    beneath = st.popover(label, icon=":material/table:", key=f"{key}-beneath", on_change="rerun", type="tertiary")
    if beneath.open:
        with beneath:
            buttons(chart, plot=f"{key}-figure")
            _table_twin(chart, key=key)
            listed = "".join(f"<li>{html.escape(note)}</li>" for note in (*chart.caveats, chart.settings) if note)
            # in the tab order, so that a long list can be scrolled by keyboard
            st.html(f'<div role="group" tabindex="0" aria-label="Notes and limitations"><ul>{listed}</ul></div>')


def framed(chart: Chart, medium: Medium, *, key: str) -> None:
    """Show a chart as it looks on a slide or in a picture, at the size of that."""
    drawing = framed_drawing(chart, medium)
    st.plotly_chart(
        Ready(drawing),
        key=key,
        theme=None,
        width=drawing.layout["width"],
        height=drawing.layout["height"],
        alt=f"{chart.title}. {chart.alt}",
        config={"displaylogo": False, "displayModeBar": False, **chart.config},
    )


def _table_twin(chart: Chart, *, key: str) -> None:
    table = _sorted_as_asked(chart.table, key=key)
    tables.show(_without_gaps(table), label=f"Data: {chart.title}")
    download.button("Download as CSV", chart_csv(table), f"{chart.file_stem}.csv", key=f"{key}-csv")


def _sorted_as_asked(table: pd.DataFrame, *, key: str) -> pd.DataFrame:
    if len(table) < SORTED_FROM_ROWS:
        return table
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.selectbox(
            "Sort by", list(table.columns), index=None, placeholder="As shown", width=320, key=f"{key}-sort"
        )
        highest_first = st.toggle("Highest first", key=f"{key}-sort-down")
    return (
        table if by is None else table.sort_values(by, ascending=not highest_first, na_position="last", kind="stable")
    )


def _without_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as it is read: "none" in empty cells, at most two decimals, no decimals that say nothing."""
    return table.map(lambda cell: "none" if pd.isna(cell) else f"{cell:.2f}" if isinstance(cell, float) else str(cell))


def _clicked(key: str, on_click: Callable[[str], None]) -> None:
    shown = st.session_state.get(key)  # gone already where Back leaves this screen
    points = shown["selection"]["points"] if shown else []
    if points and points[0].get("location"):
        on_click(str(points[0]["location"]))


_DIRECTION_SIGNS = {
    "Wider": "\N{NORTH EAST ARROW}",
    "No clear change": "\N{RIGHTWARDS ARROW}",
    "Narrower": "\N{SOUTH EAST ARROW}",
}


class Said(NamedTuple):
    """The answer for one sex."""

    who: str
    gap: str
    """Seen in large type."""
    direction: str
    """Seen in a frame: "Wider since ..."; "" where there is no answer, and the lines say why."""
    lines: tuple[str, ...]
    """What else is said, beneath."""


def answers(said: Iterable[Said]) -> None:
    """Show the answers for women and men side by side."""
    side_by_side([_answer(one) for one in said])


def side_by_side(parts: Iterable[str], *, key: str = "") -> None:
    """Show parts, given as HTML, side by side; one element costs a browser less than columns.

    Args:
        parts: HTML; whoever made it has escaped what is not theirs.
        key: class for its style.
    """
    st.html(f'<div class="side-by-side {key}">{"".join(f"<div>{part}</div>" for part in parts)}</div>')


def _answer(said: Said) -> str:
    direction = html.escape(said.direction)
    chip = ""
    if direction:
        sign = _DIRECTION_SIGNS[said.direction.partition(" since")[0]]
        chip = f' <span class="chip"><span aria-hidden="true">{sign}</span> {direction}</span>'
    beneath = "".join(f'<p class="answer-line">{html.escape(line)}</p>' for line in said.lines)
    return (
        f'<h2 class="answer"><span class="who">{html.escape(said.who)}</span> <span class="number">{html.escape(said.gap)}'
        f"</span>{chip}</h2>{beneath}"
    )


def lines(said: Mapping[str, str]) -> None:
    """Show what belongs to a finding: a word or two that say what a line is about -> the line; empty ones are left out."""
    st.markdown("\n".join(f"- **{name}:** {line}" for name, line in said.items() if line))
