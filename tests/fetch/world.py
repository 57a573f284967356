"""A publisher, a folder of held figures, and one way to run a fetch against them."""

import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click
import publisher as local

from pipeline import store
from pipeline.errors import PipelineError
from pipeline.intake import lock
from pipeline.intake.fetch import Fetcher, Limits
from pipeline.intake.outcomes import Outcome, conclude, line_of
from pipeline.intake.refresh import refresh
from pipeline.sources import HOSTS, SOURCES, Source

COMMIT = "/[0-9a-f]{40}/"
TODAY = date(2026, 11, 21)
QUICK = Limits(
    connect_seconds=0.5, read_seconds=0.4, total_seconds=3, attempts=3, wait_seconds=0.01, longest_wait_seconds=0.5
)
HLE = replace(SOURCES["ons-hle"], releases=SOURCES["ons-hle"].releases[-1:], latest=None)
"""Healthy life expectancy, the one release of February 2026."""


@dataclass
class World:
    """A publisher, a folder of held figures, and what a fetch said of them."""

    server: local.Publisher
    raw_folder: Path
    processed_folder: Path
    cache_folder: Path
    outcomes: list[Outcome] = field(default_factory=list)

    def fetcher(self, *, limits: Limits = QUICK, mirror: str | None = None) -> Fetcher:
        """Return a fetcher of this world."""
        return Fetcher(
            hosts=HOSTS,
            cache_folder=self.cache_folder,
            mirror=self.server.address if mirror is None else mirror,
            limits=limits,
        )

    def fetch(
        self, source: Source = HLE, *, strict: bool = False, limits: Limits = QUICK, mirror: str | None = None
    ) -> int:
        """Run a fetch as the command does and return its exit code; its words go to stdout and stderr."""
        try:
            self.outcomes = refresh(
                [source],
                fetcher=self.fetcher(limits=limits, mirror=mirror),
                raw_folder=self.raw_folder,
                today=TODAY,
                report=lambda outcome: click.echo(line_of(outcome, today=TODAY)),
            )
            conclude(self.outcomes, strict=strict)
        except PipelineError as error:
            click.echo(error.explain(), err=True)
            return error.exit_code
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    def held(self) -> dict[str, bytes]:
        """Return every byte that is held, published and processed."""
        return local.tree(self.raw_folder.parent)


def keep_only(raw_folder: Path, *names: str) -> None:
    """Copy some of the committed figures, and what the lock says of them, into a new folder.

    Their addresses name no commit, or other bytes could never come from there.
    """
    committed = lock.read(store.RAW_FOLDER)
    held = {name: replace(committed[name], url=re.sub(COMMIT, "/main/", committed[name].url)) for name in names}
    for name in names:
        (raw_folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(store.RAW_FOLDER / name, raw_folder / name)
    store.write_text(lock.text_of(held), raw_folder / lock.NAME)
