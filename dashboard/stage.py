"""A stage that fills the window with one chart, as a picture of it looks: a slide, or the clean view of a chart."""

import html
from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from charts.kit.chart import Chart
from charts.kit.media import MEDIA, SQUARE, WIDE, Medium

SCRIPT = '<script type="module" src="app/static/present.js"></script>'

_STYLE = """
.stApp, [data-testid="stAppViewContainer"] {background: #fff !important; color: #1b1b1b !important;}
[data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stDecoration"] {display: none !important;}
.block-container {padding: 0 !important; max-width: none !important;}
.stMain {overflow: hidden !important;}
.st-key-stage * {overflow: visible !important;}
.for-screen-readers {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
"""


def set_up(medium: Medium, *, more_style: str = "") -> None:
    """Clear the screen for a stage of a shape, whose part of the page is the container `stage`."""
    size = f"width: {medium.width}px; min-width: {medium.width}px; height: {medium.height}px;"
    st.html(
        f"<style>{_STYLE}.st-key-stage {{position: fixed; top: 0; left: 0; {size}}}{more_style}</style>{SCRIPT}",
        unsafe_allow_javascript=True,  # the script is ours, from our own server
    )


def heading(chart: Chart) -> None:
    """Write the title of the chart on the stage for those who hear it; those who see it read it in the picture."""
    st.html(f'<h1 class="for-screen-readers" aria-live="polite">{html.escape(chart.title)}</h1>')


def clean_shape(address: Mapping[str, str]) -> Medium | None:
    """Return the shape in which an address asks for one chart alone, with its title and source and nothing else."""
    wanted = address.get("clean", "")
    return MEDIA.get(wanted) if wanted in {WIDE.id, SQUARE.id} else None


def link_to_clean_view(chart: Chart, chart_id: str, *, sex: str) -> str:
    """Return the link to a chart's clean view as HTML, with the settings that the address holds now."""
    more = {"embed": "true", "chart": chart_id, "clean": WIDE.id} | ({"sex": sex} if sex else {})
    address = html.escape(f"?{urlencode({**st.query_params, **more})}")
    spoken = html.escape(f"Clean view: {chart.title}")
    return f'<a class="clean-view" href="{address}" target="_blank" rel="noopener" aria-label="{spoken}">Clean view</a>'
