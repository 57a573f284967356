"""The top of every screen: whose site it is, search, Share, Download and Cite, and the menu."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.kit import words
from dashboard import screen
from dashboard.masthead import bundle, cite, search, share
from dashboard.saving import picture
from pipeline.areas import area_type_of
from pipeline.processed import Tables
from pipeline.sources import SOURCES

LINKS = '<script type="module" src="app/static/links.js"></script>'
"""What makes a click on a link to a screen one entry of the history."""
_QUESTION = ("definition", "baseline", "target")
CARRIED: Mapping[str, tuple[str, ...]] = {
    "app.py": _QUESTION,
    "pages/map.py": ("sex", "period", "place"),
    "pages/place.py": ("place", "codes", "sex", "definition", "target"),
    "pages/progress.py": ("sex", *_QUESTION, "share", "rule", "path"),
    "pages/deprivation.py": ("sex", "period", "place"),
    "pages/slides.py": (*_QUESTION, "place", "codes"),
}
"""Screen -> the settings that it takes over from the one that is left."""


@dataclass(frozen=True)
class Masthead:
    """Places at the top of a screen that are filled once its figures are open, and once it is drawn."""

    site: DeltaGenerator
    box: DeltaGenerator
    tools: DeltaGenerator
    found: DeltaGenerator
    menu: DeltaGenerator

    def link(self, pages: Sequence[tuple[str, str]], shown: screen.Screen, *, here: str) -> None:
        """Show the menu, once every choice of this screen is known: the next one takes over what it shares."""
        links = "".join(_link(file, label, shown, here=file == here) for file, label in pages)
        self.menu.html(
            # the code behind the buttons that save charts comes before they do, or a quick click would be lost
            f'<nav class="menu" aria-label="Screens">{links}</nav>{LINKS}{picture.SCRIPT}',
            unsafe_allow_javascript=True,  # our own, from our own server; labels and choices are escaped
        )

    def fill(self, figures: Tables) -> None:
        """Say how old the figures are, and offer the search."""
        with self.site:
            st.html(site(figures.release))
        search.show(figures, box=self.box, found=self.found)

    def finish(self, figures: Tables, shown: screen.Screen, *, title: str) -> None:
        """Offer what is to be taken away of a screen, as it is now."""
        with self.tools:
            share.button(shown)
            bundle.button(figures, shown, title=title)
            cite.popover(figures, shown, title=title, today=datetime.now(tz=UTC).date())


def _carried(shown: screen.Screen, taken: Sequence[str]) -> dict[str, str]:
    """What a screen takes over; a group of authorities only goes where its codes do."""
    group = not area_type_of(shown.controls.get("place", ""))
    kept = set(taken) - ({"place"} if group and "codes" not in taken else set())
    return {name: text for name, text in shown.chosen.items() if name in kept}


def _link(file: str, label: str, shown: screen.Screen, *, here: bool) -> str:
    """A link to a screen, as HTML: a browser makes one element sooner than nine `st.page_link`."""
    words = urlencode(_carried(shown, CARRIED.get(file, ())))
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    address = f"{f'/{base}' if base else ''}{screen.address_of(file)}{f'?{words}' if words else ''}"
    current = ' aria-current="page"' if here else ""
    return f'<a href="{html.escape(address)}"{current}>{html.escape(label)}</a>'


def begin() -> Masthead:
    """Draw the top of a screen."""
    with st.container(key="masthead", horizontal=True, vertical_alignment="center", gap="small"):
        site_place = st.container(key="masthead-site")
        box = st.container(key="masthead-search")
        tools = st.container(key="masthead-tools", horizontal=True, gap="small", width="content")
    found = st.container()
    menu = st.container()
    return Masthead(site_place, box, tools, found, menu)


def site(release: str) -> str:
    """The site's name, who runs it, the date of its figures and when the next are expected, as HTML."""
    operator = cite.run_by()
    said = ["Independent. Not an official statistic.", f"Run by {operator}." if operator else ""]
    said.append(f"Figures of {words.day(release)}.")
    if SOURCES["ons-hle"].next_release > release:
        said.append(f"Next: {words.day(SOURCES['ons-hle'].next_release)}.")
    about = html.escape(" ".join(part for part in said if part))
    return f'<p class="site"><strong>{cite.SITE}</strong> <span>{about}</span></p>'
