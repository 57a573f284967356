"""How to cite the screen that is open."""

import os
from datetime import date

import streamlit as st

from charts.kit import words
from dashboard import screen
from dashboard.masthead import share
from pipeline.processed import Tables

SITE = "Healthy life expectancy gap"


def popover(figures: Tables, shown: screen.Screen, *, title: str, today: date) -> None:
    """Show a button that opens the citation, which a click copies."""
    said = citation(figures, author=run_by(), title=title, address=share.address(shown), today=today)
    with st.popover("Cite", icon=":material/format_quote:"):
        st.markdown("Cite this page as:")
        st.code(said, language=None, wrap_lines=True)
        st.markdown("The figures are by the Office for National Statistics, Open Government Licence v3.0.")


def citation(figures: Tables, *, author: str, title: str, address: str, today: date) -> str:
    """Author, year, title, date of the figures, address and day of viewing."""
    return (
        f"{author or f'{SITE} dashboard'} ({figures.release[:4]}). {title}. {SITE}. "
        f"Figures released {words.day(figures.release)}, build {figures.build}. "
        f"Viewed {words.day(today.isoformat())}. {address}"
    )


def run_by() -> str:
    """Who runs this dashboard, from the environment variable RUN_BY; "" where not said."""
    return os.environ.get("RUN_BY", "").strip()
