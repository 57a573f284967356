"""What the catalogue holds of one chart: its name, what it needs, where it lives, how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from charts.catalogue.view import View, address
from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from pipeline.processed import Tables

Draw = Callable[[Tables, View, Palette], Chart]

QUESTION = ("definition", "baseline", "target", "share")
"""Settings of everything that answers a question about the gap."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One chart of the catalogue."""

    id: str
    label: str
    """Name in a list of charts."""
    needs: tuple[str, ...]
    """Settings of a view that the chart depends on, in the order in which they are asked for."""
    draw: Draw
    screen: str
    """Address of the screen that shows it, below the dashboard's own; "" is the first screen."""

    def chart(self, tables: Tables, view: View, *, palette: Palette = LIGHT) -> Chart:
        """Return the chart.

        Raises:
            UsageError: the view asks for what the figures do not hold.
        """
        return self.draw(tables, view, palette)

    def live_view(self, view: View) -> str:
        """Return the address of the same view on the dashboard, below the dashboard's own."""
        return address(self.screen, view.chosen(self.needs))
