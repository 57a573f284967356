"""The frame of every screen: page title, menu, and what is said when there is nothing to show."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path, PurePath
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.catalogue.catalogue import charts_named
from charts.kit import words
from charts.kit.palette import DARK, LIGHT
from dashboard import glossary, kept, link, screen, share
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

_STYLE = Path(__file__).with_name("screens.css")


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
