"""Saving and copying a chart as a picture: the buttons, and what the browser needs to draw it at the size of a slide."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from charts.kit.chart import Chart
from charts.kit.drawing import as_json
from charts.kit.framed import framed_drawing, scale_of
from charts.kit.media import MEDIA, Medium

SCRIPT = '<script type="module" src="app/static/pictures.js"></script>'
"""The code behind the buttons. A browser runs it once, however often it is named: a chart alone has no other place for it."""

STYLE = """<style>
[data-pictures] button {font: inherit; padding: 0.25rem 0.75rem; margin: 0 0.35rem 0.35rem 0; cursor: pointer;
 border: 1px solid currentColor; border-radius: 0.5rem; background: transparent; color: inherit; min-height: 2.5rem;}
[data-pictures] button:hover {text-decoration: underline;} [data-pictures] button:disabled {opacity: 0.6;}
[data-pictures] button:focus-visible {outline: 3px solid #0072b2; outline-offset: 2px;}
[data-pictures] > div {display: flex; flex-wrap: wrap; align-items: center;}
[data-pictures] h3 {font-size: 1rem; margin: 0; padding: 0; flex: 0 0 8.5rem;} [data-pictures] p {margin: 0.2rem 0; min-height: 1.4rem;}
[data-pictures] a {color: inherit;} @media (max-width: 640px) {[data-pictures] h3 {flex-basis: 100%;}}
</style>"""


def buttons(chart: Chart, *, plot: str, media: Sequence[Medium] = tuple(MEDIA.values())) -> None:
    """Show the buttons that save or copy a chart.

    Args:
        chart: the chart.
        plot: key of the figure on the screen.
        media: the shapes to choose from.
    """
    blocks = "".join(
        f"<div {frame_attribute(chart, medium, plot=plot)}><h3>{html.escape(medium.label)}</h3>"
        f"{_button('png', 'PNG', medium)}{_button('svg', 'SVG', medium)}{_button('copy', 'Copy image', medium)}</div>"
        for medium in media
    )
    st.html(
        f'{STYLE}{SCRIPT}<div data-pictures="{html.escape(chart.file_stem)}">{blocks}<p role="status"></p></div>',
        unsafe_allow_javascript=True,  # the script is ours, from our own server; everything else is escaped
    )


def frame_attribute(chart: Chart, medium: Medium, *, plot: str = "") -> str:
    """Return the attribute that tells the browser how to draw a chart in a shape: layout, size, name, and its marks.

    Args:
        chart: the chart.
        medium: the shape.
        plot: key of the figure on the screen, whose marks are used but for those that the shape changes; where empty,
            all marks are sent along.
    """
    drawn = framed_drawing(chart, medium)
    frame: dict[str, Any] = {
        "name": f"{chart.file_stem}-{medium.id}",
        "width": drawn.layout["width"],
        "height": drawn.layout["height"],
        "scale": scale_of(drawn, medium),
        "layout": drawn.layout,
        "config": chart.config,
    }
    if plot:
        frame |= {"plot": plot, "traces": _changed(chart.drawing.traces, drawn.traces)}
    else:
        frame["data"] = drawn.traces
    return f'data-frame="{html.escape(as_json(frame))}"'


def _changed(shown: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {
        str(i): {name: value for name, value in after.items() if before.get(name) != value}
        for i, (before, after) in enumerate(zip(shown, wanted, strict=True))
    }
    return {i: changed for i, changed in found.items() if changed}


def _button(action: str, label: str, medium: Medium) -> str:
    spoken = f"{label}, {medium.label}"
    return f'<button type="button" data-picture="{action}" aria-label="{html.escape(spoken)}">{html.escape(label)}</button>'
