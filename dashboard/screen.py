"""The screen that is being drawn: its figures and colours, and what was drawn on it so far."""

from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import parse_qsl

from streamlit.delta_generator import DeltaGenerator

from charts.catalogue.entry import Entry
from charts.kit.chart import Chart
from charts.kit.media import Medium
from charts.kit.palette import LIGHT, Palette
from pipeline.processed import Tables


class Drawn(NamedTuple):
    """A chart on the screen."""

    id: str
    title: str
    """Empty where another chart alone was asked for."""
    sex: str
    """Whom it is about where women's and men's charts stand in a pair; else empty."""


@dataclass
class Screen:
    """One drawing of one screen."""

    tables: Tables | None = None
    palette: Palette = LIGHT
    controls: dict[str, str] = field(default_factory=dict)
    """Word in the address -> value, for every control drawn so far."""
    chosen: dict[str, str] = field(default_factory=dict)
    """Word in the address -> visible words of what is chosen, where that is not the default."""
    charts: dict[str, Drawn] = field(default_factory=dict)
    """Key on the screen -> chart, for every chart drawn so far."""
    made: list[Chart] = field(default_factory=list)
    """The charts drawn so far."""
    head: DeltaGenerator | None = None
    """Where the heading goes; None once it is written."""
    misread: list[str] = field(default_factory=list)
    """One sentence for every value in the address that is not one of a control's choices."""
    only: tuple[str, ...] = ()
    """Ids that the one chart to show may have, where the address asks for one alone."""
    only_sex: str = "female"
    """Which chart of a pair that is."""
    clean: Medium | None = None
    """Shape in which that chart fills the window, without anything to press; None where it looks as on its screen."""
    found: bool = False
    """Whether the one chart was drawn."""
    stage: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Where the one chart is drawn."""

    def wants(self, chart_id: str, *, of_pair: str) -> bool:
        """Whether a chart is shown: every one, but where one alone is asked for."""
        return not self.only or (chart_id in self.only and of_pair in {"", self.only_sex})


_CURRENT: ContextVar[Screen] = ContextVar("screen")


def begin(screen: Screen) -> Screen:
    """Make a screen the current one."""
    _CURRENT.set(screen)
    return screen


def current() -> Screen:
    """The current screen; an empty one where a part of a screen is drawn again on its own."""
    try:
        return _CURRENT.get()
    except LookupError:
        return begin(Screen())


def address_of(file: str) -> str:
    """The address of a screen by its file, as "/map"; "/" is the first."""
    return "/" if file == "app.py" else f"/{PurePath(file).stem}"


def home(entry: Entry) -> tuple[str, dict[str, str]]:
    """The file of the screen that a chart is on, and the words of its address that open the chart's part."""
    name, _, query = entry.screen.partition("?")
    return f"pages/{name}.py" if name else "app.py", dict(parse_qsl(query))
