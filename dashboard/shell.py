"""The frame of every screen: masthead, menu, heading, foot, and what is said when there is nothing to show."""

import html
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.catalogue.catalogue import CATALOGUE, charts_named
from charts.kit import words
from charts.kit.palette import DARK, LIGHT
from dashboard import glossary, kept, link, screen, stage
from dashboard.masthead import cite, masthead, share
from dashboard.watching import metrics, problem
from pipeline.errors import NotBuilt, PipelineError
from pipeline.processed import Tables

ICON = "/app/static/icon.png"
"""Address of the tab's icon. A file named here would be read and sent anew at every run of a screen."""
NAME = cite.SITE
MENU = (
    ("app.py", "The gap"),
    ("pages/map.py", "Map"),
    ("pages/place.py", "Place"),
    ("pages/progress.py", "What it would take"),
    ("pages/deprivation.py", "Deprivation"),
    ("pages/levers.py", "Levers"),
    ("pages/slides.py", "Slides"),
    ("pages/data.py", "Data and methods"),
    ("pages/trust.py", "How far to trust this"),
)

_STYLE = Path(__file__).with_name("screens.css")
_LIGHT_ON_PAPER = """<style>@media print {
  :root, body, .stApp, .stApp :not(svg, svg *) {background: #fff !important; color: #000 !important; color-scheme: light;}
  .stPlotlyChart {filter: invert(1) hue-rotate(180deg) brightness(1.06);}
}</style>"""
"""Turns a screen in dark colours into one that can be printed."""


@contextmanager
def page(
    title: str, question: str = "", *, terms: Sequence[str] = ("hle", "gap", "interval", "period")
) -> Iterator[Tables]:
    """Open a screen: masthead, menu and heading; a user's mistake becomes a panel, not a traceback.

    With `?embed=true` the masthead and the foot are left out, and with `&chart=NAME` everything but that one chart.

    Args:
        title: name of the screen, as in the menu.
        question: the question it answers, in one plain sentence; without one, the screen writes its own heading
            (`heading`).
        terms: terms that the screen uses, by their names in GLOSSARY.md; they are explained beside the question. A screen
            without one places `glossary.explain` itself.

    Yields:
        The tables of the build that is on disk now.
    """
    began = time.perf_counter()
    with _framed(title, question, terms) as current:
        yield current
    link.let_go()
    metrics.observe_run(screen.address_of(_file(title)), time.perf_counter() - began)


def heading(text: str) -> None:
    """Write the heading of a screen that has no question: its answer, or the name of what is shown. Written once, it stays."""
    shown = screen.current()
    if shown.head is not None:
        shown.head.title(text, anchor=False)
        shown.head = None


def _file(title: str) -> str:
    """The file of a screen by its name; that of the first where the menu has no such name."""
    return next((file for file, label in MENU if label == title), MENU[0][0])


@contextmanager
def _framed(title: str, question: str, terms: Sequence[str]) -> Iterator[Tables]:
    st.set_page_config(page_title=f"{title} | {NAME}", page_icon=ICON, layout="wide")
    st.html(_STYLE)
    if st.context.theme.type == "dark":
        st.html(_LIGHT_ON_PAPER)
    link.begin(title)
    embedded = bool(st.context.is_embedded)
    shown = _begin(st.query_params.get("chart", "") if embedded else "")
    top = None if embedded else masthead.begin()
    if shown.only:
        shown.stage = st.container()
    with st.container(key="not-embedded") if shown.only else nullcontext():
        notices = st.container()
        _head(shown, title, question, terms)
        try:
            current = shown.tables = Tables.open()
            kept.only_of_build(current.build)
            if top:
                top.fill(current)
                with notices:
                    watch_for_new_build(current.build)
            yield current
        except PipelineError as error:
            heading(title)
            with shown.stage:
                problem.show(error, box=st.error)
            if isinstance(error, NotBuilt):
                if top:
                    top.link(MENU, shown, here=_file(title))
                st.stop()
        _say_what_was_misread([*_no_such_screen(title), *shown.misread, *share.unknown_words(shown)], notices)
    if shown.only:
        _at_home(shown, title)
        _foot_of_one_chart(shown)
    elif top:
        top.link(MENU, shown, here=_file(title))
        _foot(current, shown)
        top.finish(current, shown, title=title)


def _head(shown: screen.Screen, title: str, question: str, terms: Sequence[str]) -> None:
    """Write the heading and the question, or keep their place for the screen's own heading."""
    shown.head = place = st.container(key="screen-head")
    if question:
        heading(title)
        with place, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(question, width="stretch")
            glossary.explain(*terms)


def _begin(chart: str) -> screen.Screen:
    """Begin a screen, of one chart alone where its name is given."""
    shown = screen.begin(screen.Screen(palette=DARK if st.context.theme.type == "dark" else LIGHT))
    if chart:
        shown.only, sex = charts_named(chart)
        shown.clean = stage.clean_shape(st.query_params)
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


def _no_such_screen(title: str) -> list[str]:
    """Return what to say where the address names a screen that there is not, so that the first one is shown."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    asked = urlsplit(st.context.url or "").path.strip("/").removeprefix(base).strip("/")
    if title != MENU[0][1] or not asked:
        return []
    return [f"There is no screen “{link.quoted(asked)}”, so the first one is shown. All screens are in the menu above."]


def _say_what_was_misread(sentences: Sequence[str], place: DeltaGenerator) -> None:
    if sentences:
        lines = "\n".join(f"- {sentence}" for sentence in sentences)
        place.warning(
            f"**We could not use part of this link, so defaults are shown.**\n\n{lines}", icon=":material/link_off:"
        )


def _foot(current: Tables, shown: screen.Screen) -> None:
    """Say once for the whole screen where its figures come from."""
    told = [one.source.replace(f" Build {current.build}.", "") for one in shown.made]
    sources = "Source: " + words.said_once([one.removeprefix("Source: ") for one in told])
    said = sources if told else f"Newest figures by area: Office for National Statistics, {words.day(current.release)}."
    with st.container(key="screen-foot"):
        st.html(f'<p class="chart-foot">{html.escape(said)} Build {current.build}.</p>')
        share.embed_button(shown)


def _at_home(shown: screen.Screen, title: str) -> None:
    """Go to the screen of the one chart that was asked for, where an older address names a screen that it has left."""
    homes = [screen.home(CATALOGUE[one]) for one in shown.only if one in CATALOGUE]
    for file, query in homes:
        if not shown.found and file != _file(title):
            st.switch_page(file, query_params={**st.query_params.to_dict(), "sex": shown.only_sex, **query})


def _foot_of_one_chart(shown: screen.Screen) -> None:
    if shown.clean and shown.found:
        return
    with shown.stage:
        if not shown.found:
            names = ", ".join(dict.fromkeys(one.id for one in shown.charts.values())) or "none"
            asked = link.quoted(st.query_params["chart"])
            st.warning(f"There is no chart “{asked}” on this screen. Its charts: {names}.")
        st.markdown(f"[{NAME}: see it with all its settings]({share.address(shown)})")
