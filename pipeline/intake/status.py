"""What is held, how old it is, where it came from, and whether the publisher has something newer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.intake import lock
from pipeline.intake.fetch import Fetcher
from pipeline.intake.outcomes import age
from pipeline.intake.refresh import date_of
from pipeline.sources import SOURCES, Source


@dataclass(frozen=True, kw_only=True)
class Held:
    """One file that is held."""

    name: str
    release: str
    age: str
    retrieved: str
    origin: str
    """"publisher", "mirror" or "prepared table"."""


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """What a publisher has, of a source whose newest release can be asked for."""

    source: Source
    held: str
    newest: str = ""
    """Date of its newest release; empty where it could not be asked."""
    error: PipelineError | None = None

    @property
    def is_newer(self) -> bool:
        """True where the publisher has a release that we do not hold."""
        return self.newest > self.held


def held(raw_folder: Path, *, today: date) -> list[Held]:
    """Every file that the lock names, in its order."""
    return [
        Held(
            name=name,
            release=entry.release,
            age=age(entry.release, today),
            retrieved=entry.retrieved,
            origin=_origin(entry),
        )
        for name, entry in lock.read(raw_folder).items()
    ]


def _origin(entry: lock.Entry) -> str:
    if entry.trust:
        return "prepared table"
    return "mirror" if entry.retrieved_from.startswith("mirror:") else "publisher"


def not_held(raw_folder: Path) -> list[Source]:
    """The sources of which nothing is held."""
    known = {entry.source for entry in lock.read(raw_folder).values()}
    return [source for source in SOURCES.values() if source.id not in known]


def never_met() -> list[Source]:
    """The sources whose reader has never met the publisher's own file."""
    return [source for source in SOURCES.values() if source.layout_not_seen]


def upstream(sources: Iterable[Source], *, raw_folder: Path, fetcher: Fetcher, today: date) -> list[Upstream]:
    """Ask the publishers of each source for the date of its newest release; a failure is noted, not raised."""
    entries = lock.read(raw_folder).values()
    found = []
    for source in sources:
        if source.latest is None:
            continue
        newest_held = max((entry.release for entry in entries if entry.source == source.id), default="")
        try:
            about = fetcher.get(source.latest.about_url, largest_megabytes=2)
            newest = date_of(about.content, where=source.latest.about_url, today=today)
        except PipelineError as error:
            found.append(Upstream(source=source, held=newest_held, error=error))
        else:
            found.append(Upstream(source=source, held=newest_held, newest=newest))
    return found
