"""Every chart by name: page, slide and file call the same entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from charts.catalogue import deprivation, england, gap, levers, levers_places, own_place, promise, scenarios
from charts.catalogue import map as maps
from charts.catalogue import place as places
from charts.catalogue.entry import Entry
from charts.catalogue.view import View
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from pipeline.errors import UsageError
from pipeline.processed import Tables

CATALOGUE: Mapping[str, Entry] = {
    entry.id: entry
    for part in (
        gap.ENTRIES,
        promise.ENTRIES,
        scenarios.ENTRIES,
        england.ENTRIES,
        maps.ENTRIES,
        deprivation.ENTRIES,
        places.ENTRIES,
        own_place.ENTRIES,
        levers.ENTRIES,
        levers_places.ENTRIES,
    )
    for entry in part
}
"""Chart id -> entry, in the order in which lists show them."""

OLD_NAMES: Mapping[str, tuple[str, ...]] = {
    "pace": ("pace-gauge",),
    "map-periods": ("map",),
    "place-pockets": ("pockets",),
    "local-action-all": ("local-action",),
    "local-action": ("local-action", "action-record"),
}
"""Name in a link of the first edition -> the charts that it may have meant; no screen shows two of these at once."""


def charts_named(name: str) -> tuple[tuple[str, ...], str]:
    """Return the ids of the charts that a name in an address may mean, and the sex that it names; "" for none.

    The first edition named charts that stood in pairs "gap-path-female" and "gap-path-male".
    """
    start, _, sex = name.rpartition("-")
    if sex not in words.PEOPLE:
        start, sex = name, ""
    return OLD_NAMES.get(start, (start,)), sex


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
    also: tuple[str, ...] = ()
    """Sexes that have no picture of their own here: the subtitle says what theirs would show."""

    def chart(self, tables: Tables, *, palette: Palette = LIGHT) -> Chart:
        """Return the chart."""
        chart = self.entry.chart(tables, self.view, palette=palette)
        others = [self.entry.chart(tables, self.view.with_settings(sex=sex)).title for sex in self.also]
        return replace(chart, subtitle=". ".join((chart.subtitle, *others)))

    @property
    def live_view(self) -> str:
        """Address of the same view on the dashboard, below the dashboard's own."""
        return self.entry.live_view(self.view)


def shots(chart_ids: Sequence[str], *, sexes: Sequence[str], view: View) -> list[Shot]:
    """Return each chart for each sex, or once where it is the same for both; otherwise with the same settings."""
    return [
        Shot(entry=one, view=view.with_settings(sex=sex))
        for one in map(entry, chart_ids)
        for sex in (sexes if "sex" in one.needs else sexes[:1])
    ]
