"""The frame of every screen: page title, menu, and what is said when there is nothing to show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from charts import words
from charts.palette import DARK, LIGHT, Palette
from dashboard.figures import Figures, NotBuilt, figures
from pipeline.errors import PipelineError

ICON = Path(__file__).resolve().parents[1] / "static" / "icon.png"
NAME = "Healthy life expectancy gap"
MENU = (
    ("app.py", "The gap today"),
    ("pages/map.py", "Map"),
    ("pages/progress.py", "Progress"),
)

_STYLE = """
<style>
.block-container {padding-top: 2.5rem; padding-bottom: 3rem; max-width: 1280px;}
[data-testid="stHeader"] {background: transparent;}
.chart-title {font-size: 1.35rem; font-weight: 650; line-height: 1.3; margin: 0.5rem 0 0.1rem 0; padding: 0;}
.chart-subtitle {font-size: 1rem; margin: 0 0 0.2rem 0;}
.verdict {font-size: 1.9rem; font-weight: 700; margin: 0.4rem 0 0.2rem 0; padding: 0;}
.verdict-word {border: 3px solid currentColor; border-radius: 0.5rem; padding: 0 0.6rem; white-space: nowrap;}
.chart-foot {font-size: 0.875rem; margin: 0.1rem 0;}
@media print {
  [data-testid="stHeader"], .stApp [data-testid="stPageLink"] {display: none;}
  [data-testid="stAppViewContainer"], .stMain, .stApp {overflow: visible !important; position: static !important; height: auto !important;}
  .stPlotlyChart, .stTable {break-inside: avoid;}
}
</style>
"""


@contextmanager
def page(title: str, question: str) -> Iterator[Figures]:
    """Open a screen: title, menu, and the question that it answers; a user's mistake becomes a panel, not a traceback.

    Args:
        title: name of the screen, as in the menu.
        question: the question it answers, in one plain sentence.

    Yields:
        The figures of the current build.
    """
    st.set_page_config(page_title=f"{title} | {NAME}", page_icon=str(ICON), layout="wide")
    st.html(_STYLE)
    _menu()
    st.title(title, anchor=False)
    st.markdown(question)
    try:
        current = figures()
        yield current
    except NotBuilt as error:
        st.error(
            "**There are no figures to show yet.** Run `python -m pipeline build` in the folder of the dashboard, then "
            f"reload this page. ({error})"
        )
    except PipelineError as error:
        st.error(error.explain().replace("\n", "\n\n"))
    else:
        _foot(current)


def _menu() -> None:
    with st.container(horizontal=True, gap="small"):
        for file, label in MENU:
            st.page_link(file, label=label)


def _foot(current: Figures) -> None:
    st.divider()
    st.caption(
        f"Newest figures: ONS, released {words.day(current.release)}. Build {current.build}. Source: Office for National "
        "Statistics licensed under the Open Government Licence v.3.0."
    )


def palette() -> Palette:
    """Return the colours that suit the visitor's light or dark screen."""
    return DARK if st.context.theme.type == "dark" else LIGHT
