"""Every chart by name: what it needs, on which screen it lives, and how it is drawn; page, slide and file call the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from charts.chart import Chart
from charts.definitions import definitions_compared
from charts.ends import both_ends, levelling
from charts.gap_path import gap_path
from charts.map_views import MapView, main_map, maps_by_period
from charts.pace import pace_gauge
from charts.palette import LIGHT, Palette
from charts.small_multiples import SERIES
from charts.view import View, address, period_of, question_of
from pipeline.answer import answer, answers_by_definition
from pipeline.errors import UsageError
from pipeline.outlook import Standing, standing
from pipeline.processed import Tables
from pipeline.standings import variances_of

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


def standing_of(tables: Tables, view: View) -> Standing:
    """Return the answer and outlook that a view asks for."""
    one = answer(tables.table("gaps"), question_of(tables, view), view.sex, england=tables.england())
    return standing(one, variances_of(tables.table("variances")))


def _gap_path(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    return gap_path(found.answer, found.outlook, build=tables.build, palette=palette)


def _both_ends(tables: Tables, view: View, palette: Palette) -> Chart:
    return both_ends(standing_of(tables, view).answer, build=tables.build, palette=palette)


def _levelling(tables: Tables, view: View, palette: Palette) -> Chart:
    return levelling(standing_of(tables, view).answer, build=tables.build, palette=palette)


def _pace(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    return pace_gauge(found.answer, found.outlook, build=tables.build, palette=palette)


def _definitions(tables: Tables, view: View, palette: Palette) -> Chart:
    variances = variances_of(tables.table("variances"))
    answers = answers_by_definition(tables.table("gaps"), question_of(tables, view), view.sex, england=tables.england())
    return definitions_compared([standing(one, variances) for one in answers], build=tables.build, palette=palette)


def _map(tables: Tables, view: View, palette: Palette) -> Chart:
    hle = tables.newest("hle")
    side_by_side = view.periods == "four" and view.measure in SERIES
    shown = MapView(
        measure=view.measure,
        area_type=view.level,
        sex=view.sex,
        period=period_of(hle, view),
        since=str(hle["period"].min()) if view.measure == "change" else "",
        form=view.view,
        selected=view.place,
    )
    return (maps_by_period if side_by_side else main_map)(tables, shown, palette=palette)


_ALL = (
    Entry(
        id="gap-path",
        label="The gap, its path to the target and its forecast",
        needs=("sex", *QUESTION, "path"),
        draw=_gap_path,
        screen="progress",
    ),
    Entry(
        id="pace-gauge",
        label="Pace observed and pace needed",
        needs=("sex", *QUESTION),
        draw=_pace,
        screen="progress",
    ),
    Entry(
        id="both-ends",
        label="Both ends of the gap",
        needs=("sex", *QUESTION, "rule"),
        draw=_both_ends,
        screen="progress",
    ),
    Entry(
        id="levelling",
        label="Which end moved",
        needs=("sex", *QUESTION),
        draw=_levelling,
        screen="progress",
    ),
    Entry(
        id="definitions",
        label="The gap by every definition",
        needs=("sex", "baseline", "target", "share"),
        draw=_definitions,
        screen="",
    ),
    Entry(
        id="map",
        label="Map",
        needs=("sex", "level", "period", "measure", "place", "view", "periods"),
        draw=_map,
        screen="map",
    ),
)

CATALOGUE: Mapping[str, Entry] = {entry.id: entry for entry in _ALL}
"""Chart id -> entry, in the order in which lists show them."""


def entry(chart_id: str) -> Entry:
    """Return the entry of a chart.

    Raises:
        UsageError: there is none of that name.
    """
    try:
        return CATALOGUE[chart_id]
    except KeyError:
        raise UsageError(f"There is no chart {chart_id!r}.", do=f"The charts are {', '.join(CATALOGUE)}.") from None


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One chart of the catalogue with the settings it is looked at with: a slide, a file, a page of a brief."""

    entry: Entry
    view: View

    def chart(self, tables: Tables, *, palette: Palette = LIGHT) -> Chart:
        """Return the chart."""
        return self.entry.chart(tables, self.view, palette=palette)

    @property
    def live_view(self) -> str:
        """Address of the same view on the dashboard, below the dashboard's own."""
        return self.entry.live_view(self.view)


def shots(chart_ids: Sequence[str], *, sexes: Sequence[str], view: View) -> list[Shot]:
    """Return each chart for each sex, chart by chart, otherwise with the same settings."""
    return [Shot(entry=entry(chart_id), view=view.with_settings(sex=sex)) for chart_id in chart_ids for sex in sexes]
