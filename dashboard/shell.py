"""The frame of every screen: page title, menu, and what is said when there is nothing to show."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import PurePath
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.catalogue.catalogue import charts_named
from charts.kit import words
from charts.kit.palette import DARK, LIGHT
from dashboard import glossary, kept, link, screen, share, tables
from dashboard.server import metrics
from pipeline.errors import NotBuilt, PipelineError
from pipeline.processed import Tables

ICON = "/app/static/icon.png"
"""Address of the tab's icon. A file named here would be read and sent anew at every run of a screen."""
NAME = "Healthy life expectancy gap"
MENU = (
    ("app.py", "The gap today"),
    ("pages/map.py", "Map"),
    ("pages/progress.py", "Progress"),
    ("pages/deprivation.py", "Deprivation"),
    ("pages/place.py", "Place"),
    ("pages/levers.py", "Levers"),
    ("pages/slides.py", "Slides"),
    ("pages/data.py", "Data and methods"),
)

_STYLE = f"""
<style>
.block-container {{padding-top: 2.5rem; padding-bottom: 3rem; max-width: 1280px;}}
[data-testid="stHeader"] {{background: transparent;}}
.chart-title {{font-size: 1.35rem; font-weight: 650; line-height: 1.3; margin: 0.5rem 0 0.1rem 0; padding: 0;}}
.chart-subtitle {{font-size: 1rem; margin: 0 0 0.2rem 0;}}
.verdict {{font-size: 1.9rem; font-weight: 700; margin: 0.4rem 0 0.2rem 0; padding: 0;}}
.verdict-word {{border: 3px solid currentColor; border-radius: 0.5rem; padding: 0 0.6rem; white-space: nowrap;}}
.chart-foot {{font-size: 0.875rem; margin: 0.1rem 0;}}
{tables.STYLE}
@media screen and (max-width: 1000px) {{
  .stHorizontalBlock:has(> .stColumn) {{flex-wrap: wrap; gap: 1rem;}}
  .stHorizontalBlock > .stColumn {{flex: 1 1 100%; min-width: 100%;}}
}}
@media screen and (max-width: 640px) {{
  .stHeading h1 {{font-size: 2.1rem;}}
  .stHeading h2 {{font-size: 1.6rem;}}
  .stHeading h3 {{font-size: 1.35rem;}}
  .stSelectbox input {{font-size: 0.8rem; text-overflow: ellipsis;}}
  .stApp .stMarkdown :is(pre, pre *) {{white-space: pre-wrap !important;}}
}}
.st-key-not-embedded {{display: none;}}
.stMainBlockContainer:has(.st-key-one-page) {{max-width: 1100px;}}
@page {{size: A4; margin: 10mm;}}
@media print {{
  [data-testid="stHeader"], .stPageLink, .stPopover, .stDownloadButton, .st-key-controls, hr {{display: none !important;}}
  [data-testid="stAppViewContainer"], .stMain, .stApp {{overflow: visible !important; position: static !important; height: auto !important;}}
  .stMainBlockContainer {{zoom: 0.64; padding: 0 !important;}}
  .stMainBlockContainer:has(.st-key-one-page) {{zoom: 0.58;}}
  .stMainBlockContainer:has(.st-key-one-page) .st-key-screen-head {{display: none;}}
  .stHorizontalBlock:has(> .stColumn) {{display: flow-root !important;}}
  .stHorizontalBlock > .stColumn {{float: left; width: 49% !important;}}
  .stHorizontalBlock > .stColumn + .stColumn {{float: right;}}
  .stColumn:has([class*="st-key-panel-map"], .st-key-panel-lever-departments) {{width: 59% !important;}}
  .stColumn:has([class*="st-key-panel-map"], .st-key-panel-lever-departments) + .stColumn {{width: 39% !important;}}
  .stElementContainer:has(.stPlotlyChart) {{zoom: 0.8;}}
  [class*="st-key-panel-"] .stHorizontalBlock:has(.stPopover), .stLayoutWrapper:has(> .stHorizontalBlock .stPopover) {{display: none !important;}}
  :is(.st-key-panel-lever-gaps, .st-key-panel-lever-associations) .stElementContainer:has(.stPlotlyChart) {{zoom: 0.56;}}
  .stVerticalBlock {{gap: 0.4rem !important;}}
  .stHeading h2 {{padding-top: 0.4rem !important;}}
  .st-key-one-page .stElementContainer:has(.stPlotlyChart) {{zoom: 1;}}
  [class*="st-key-panel-"], .stAlert, .data-table:not(:has(tr:nth-child(13))) {{break-inside: avoid;}}
  h2, h3 {{break-after: avoid;}}
}}
</style>
"""


@contextmanager
def page(title: str, question: str, *, terms: Sequence[str] = ("hle", "gap", "interval", "period")) -> Iterator[Tables]:
    """Open a screen: title, menu, and the question that it answers; a user's mistake becomes a panel, not a traceback.

    With `?embed=true` the menu and the foot are left out, and with `&chart=NAME` everything but that one chart.

    Args:
        title: name of the screen, as in the menu.
        question: the question it answers, in one plain sentence.
        terms: terms that the screen uses, by their names in GLOSSARY.md; their explanation is a click away.

    Yields:
        The tables of the build that is on disk now.
    """
    began = time.perf_counter()
    with _framed(title, question, terms) as current:
        yield current
    metrics.observe_run(_address(title), time.perf_counter() - began)


def _address(title: str) -> str:
    """The screen's address, as "/map"; "/" is the first."""
    file = next((file for file, label in MENU if label == title), MENU[0][0])
    return "/" if file == MENU[0][0] else f"/{PurePath(file).stem}"


@contextmanager
def _framed(title: str, question: str, terms: Sequence[str]) -> Iterator[Tables]:
    st.set_page_config(page_title=f"{title} | {NAME}", page_icon=ICON, layout="wide")
    st.html(_STYLE)
    embedded = bool(st.context.is_embedded)
    shown = _begin(st.query_params.get("chart", "") if embedded else "")
    if not embedded:
        _menu()
    if shown.only:
        shown.stage = st.container()
    with st.container(key="not-embedded") if shown.only else nullcontext():
        with st.container(key="screen-head"):
            st.title(title, anchor=False)
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(question, width="stretch")
                glossary.explain(*terms)
        notices = st.container()
        try:
            current = shown.tables = Tables.open()
            kept.only_of_build(current.build)
            if not embedded:
                with notices:
                    watch_for_new_build(current.build)
            yield current
        except PipelineError as error:
            with shown.stage:
                st.error(error.explain().replace("\n", "\n\n"), icon=":material/error:")
            if isinstance(error, NotBuilt):
                st.stop()
        _say_what_was_misread([*_no_such_screen(title), *shown.misread, *share.unknown_words(shown)], notices)
    if shown.only:
        _foot_of_one_chart(shown)
    elif not embedded:
        _foot(current, shown)


def _begin(chart: str) -> screen.Screen:
    """Begin a screen, of one chart alone where its name is given."""
    shown = screen.begin(screen.Screen(palette=DARK if st.context.theme.type == "dark" else LIGHT))
    if chart:
        shown.only, sex = charts_named(chart)
        shown.only_sex = sex or ("male" if st.query_params.get("sex", "").lower() in {"male", "men"} else "female")
    return shown


@st.fragment(run_every=300)
def watch_for_new_build(shown_build: str) -> None:
    """Look every five minutes whether figures were built anew since this screen was drawn, and offer to show them."""
    with suppress(NotBuilt):
        if Tables.open().build != shown_build:
            st.info("**New figures have come in** since this screen was drawn.", icon=":material/update:")
            if st.button("Show the new figures"):
                st.rerun(scope="app")


def _menu() -> None:
    with st.container(horizontal=True, gap="small"):
        for file, label in MENU:
            st.page_link(file, label=label)


def _no_such_screen(title: str) -> list[str]:
    """Return what to say where the address names a screen that there is not, so that the first one is shown."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    asked = urlsplit(st.context.url or "").path.strip("/").removeprefix(base).strip("/")
    if title != MENU[0][1] or not asked:
        return []
    return [
        f"There is no screen “{link.quoted(asked)}”, so the first one is shown. All screens stand in the menu above."
    ]


def _say_what_was_misread(sentences: Sequence[str], place: DeltaGenerator) -> None:
    if sentences:
        lines = "\n".join(f"- {sentence}" for sentence in sentences)
        place.warning(f"**Part of the link was not understood.** The rest was.\n\n{lines}", icon=":material/link_off:")


def _foot(current: Tables, shown: screen.Screen) -> None:
    st.divider()
    share.copy_button(shown)
    st.html(
        f'<p class="chart-foot">Newest figures by area: ONS, released {words.day(current.release)}. Build {current.build}. '
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.</p>"
    )


def _foot_of_one_chart(shown: screen.Screen) -> None:
    with shown.stage:
        if not shown.found:
            names = ", ".join(dict.fromkeys(one.id for one in shown.charts.values())) or "none"
            asked = link.quoted(st.query_params["chart"])
            st.warning(f"There is no chart “{asked}” on this screen. Its charts: {names}.")
        st.markdown(f"[{NAME}: see it with all its settings]({share.address(shown)})")
