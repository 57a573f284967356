"""The visitor's own deck: an ordered list of charts that lives in the address, so that a bookmark keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.catalogue.catalogue import Shot, entry
from charts.catalogue.entry import Entry
from charts.catalogue.view import View, view_of
from charts.kit import words
from charts.kit.chart import Chart
from dashboard import kept, link
from pipeline.errors import PipelineError, UsageError
from pipeline.processed import Tables

PER_SLIDE = ("sex", "level", "measure")
"""Settings that each slide has for itself; the others hold for the whole deck."""

LONGEST = 30

DEFAULT = "gap-path.female,gap-path.male,both-ends.female,both-ends.male,definitions.female,definitions.male,map.female,map.male"


@dataclass(frozen=True)
class Item:
    """One slide: a chart, and the settings that it has for itself."""

    entry: Entry
    settings: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """How the slide is written in the address: "map.female.utla.level"."""
        return ".".join((self.entry.id, *(value for _, value in self.settings)))

    @property
    def label(self) -> str:
        """How the slide is named in a list."""
        told = dict(self.settings)
        parts = [self.entry.label]
        if "level" in told:
            parts.append(words.LEVELS[told["level"]].lower())
        if told.get("measure", "level") != "level":
            parts.append(told["measure"].replace("-", " "))
        if "sex" in told:
            parts.append(words.people(told["sex"]))
        return ", ".join(parts)

    def shot(self, view: View) -> Shot:
        """Return the slide's chart with the deck's settings and its own."""
        return Shot(entry=self.entry, view=view.with_settings(**dict(self.settings)))


def drawable(shots: Sequence[Shot], tables: Tables) -> list[tuple[Shot, Chart]]:
    """Return the slides that can be drawn with their settings, each with its chart."""
    found = []
    for shot in shots:
        try:
            found.append((shot, kept.chart(shot.entry.id, tables, shot.view)))
        except PipelineError:
            continue
    return found


def item(code: str) -> Item:
    """Return the slide that a code names; settings left out take their defaults.

    Raises:
        UsageError: there is no such chart or setting.
    """
    chart_id, *values = code.split(".")
    one = entry(chart_id)
    own = [name for name in PER_SLIDE if name in one.needs]
    if len(values) > len(own):
        raise UsageError(f"{code!r} has more settings than the chart.", do=f"It takes {', '.join(own) or 'none'}.")
    given = dict(zip(own, values, strict=False))
    view = view_of(given)
    return Item(one, tuple((name, str(getattr(view, name))) for name in own))


def read(text: str) -> tuple[list[Item], list[str]]:
    """Return the slides that an address names, and one sentence for each that was not understood."""
    items: list[Item] = []
    misread: list[str] = []
    codes = [part for part in text.split(",") if part]
    if len(codes) > LONGEST:
        misread.append(f"A deck has at most {LONGEST} slides; the {len(codes) - LONGEST} after them are left out.")
    for code in codes[:LONGEST]:
        try:
            items.append(item(code))
        except UsageError as error:
            misread.append(f"Slide “{link.quoted(code)}”: {link.plain(error.what)} It is left out.")
    return items, misread


def written(items: Sequence[Item]) -> str:
    """Return slides as they stand in an address."""
    return ",".join(one.code for one in items)


def moved(items: Sequence[Item], position: int, by: int) -> list[Item]:
    """Return the slides with one moved earlier (-1) or later (+1); at an end it stays."""
    changed = list(items)
    target = min(max(position + by, 0), len(changed) - 1)
    changed.insert(target, changed.pop(position))
    return changed
