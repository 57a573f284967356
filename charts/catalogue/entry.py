"""What the catalogue holds of one chart: its name, what it needs, where it is shown, how it is drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from charts.catalogue.places_asked import with_places
from charts.catalogue.view import View, address
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from charts.kit.scales import on_one_scale
from pipeline.processed import Tables

T = TypeVar("T")
Draw = Callable[[Tables, View, Palette], Chart]

QUESTION = ("definition", "baseline", "target", "share")
"""Settings of everything that answers a question about the gap."""
PLACE = ("place", "codes")
"""Settings that name a place, a group of authorities among them."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One chart of the catalogue."""

    id: str
    """Its name everywhere: on a page, in an address, of a slide and of a file."""
    label: str
    """Name in a list of charts."""
    needs: tuple[str, ...]
    """Settings of a view that the chart depends on, in the order in which they are asked for."""
    draw: Draw
    """Draws it with a view that holds the settings in `needs` and no other."""
    screen: str
    """Address of the screen that shows it, below the dashboard's own; "" is the first screen."""
    on_screens: tuple[str, ...] = ()
    """Further settings that only screens have: what the chart is read beside, and how much room there is."""

    @property
    def settings(self) -> tuple[str, ...]:
        """Every setting that may change the chart."""
        return (*self.needs, *self.on_screens)

    def chart(
        self,
        tables: Tables,
        view: View,
        *,
        palette: Palette = LIGHT,
        drawn: Callable[[View], Chart] | None = None,
    ) -> Chart:
        """Draw the chart.

        Args:
            tables: the processed tables.
            view: what it is looked at with; settings that it does not need change nothing.
            palette: colours.
            drawn: where the charts of both sexes come from that are put on one scale; drawn here if left out.

        Raises:
            UsageError: the view asks for what the figures do not hold.
        """
        own = view.only(self.settings)
        if not own.scale:
            return self.draw(with_places(tables, own), own, palette)
        drawn = drawn or (lambda one: self.draw(tables, one, palette))
        charts = on_one_scale([drawn(own.with_settings(sex=sex, scale="")) for sex in words.PEOPLE])
        return dict(zip(words.PEOPLE, charts, strict=True))[own.sex]

    def live_view(self, view: View) -> str:
        """Return the address of the same view on the dashboard, below the dashboard's own."""
        return address(self.screen, view.chosen(self.needs))


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[T]):
    """What a screen says beside its charts: a sentence, a table, or what both are made from."""

    id: str
    needs: tuple[str, ...]
    """Settings of a view that it depends on."""
    ask: Callable[[Tables, View], T]

    def of(self, tables: Tables, view: View) -> T:
        """Work it out; settings that it does not need change nothing.

        Raises:
            UsageError: the view asks for what the figures do not hold.
        """
        own = view.only(self.needs)
        return self.ask(with_places(tables, own), own)


def key(name: str, view: View, settings: Iterable[str]) -> str:
    """Return the words that tell what is drawn or said with one view from the same with another."""
    return address(name, view.chosen(settings))
