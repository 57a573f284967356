"""What came of each release that was fetched, and how it is reported: a line each, then what is wrong and what to do."""

import sys
from dataclasses import dataclass
from datetime import date
from typing import Literal

import click

from pipeline.errors import PipelineError
from pipeline.intake.ingest import Ready
from pipeline.sources import Source

Result = Literal["new", "revised", "unchanged", "same", "kept", "absent", "failed"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one release of one source."""

    source: Source
    release: str
    result: Result
    error: PipelineError | None = None
    newest: bool = False
    """True where the publisher was asked for a release newer than those we know."""
    file: Ready | None = None
    """What is ready to be written under data/raw."""

    @property
    def name(self) -> str:
        """File under data/raw."""
        return self.source.raw_name(self.release)


def age(release: str, today: date) -> str:
    """How old a release is: "9 months old"."""
    year, month = (int(part) for part in f"{release}-01".split("-")[:2])
    months = (today.year - year) * 12 + today.month - month
    return f"{months} month{'' if months == 1 else 's'} old" if months < 24 else f"{months // 12} years old"


def line_of(outcome: Outcome, *, today: date) -> str:
    """The line that reports an outcome; empty for one that `conclude` sums up."""
    if outcome.newest:
        return ""
    words = {
        "new": "new",
        "revised": "revised: the publisher's figures have changed",
        "unchanged": "unchanged",
        "same": "no new release: the publisher's notes have a new date, the figures are those held",
        "kept": f"kept, the mirror does not hold the file; figures of {outcome.release}, {age(outcome.release, today)}",
        "absent": "not held, and the mirror does not hold the file",
        "failed": "failed, the figures held stay as they are",
    }
    return "\n  ".join([f"{outcome.name}: {words[outcome.result]}", *(outcome.file.notes if outcome.file else ())])


def conclude(outcomes: list[Outcome], *, strict: bool) -> None:
    """Say what is wrong and what to do next; leave with the exit code of the first failure."""
    reported = ("failed", "kept", "absent") if strict else ("failed",)
    failures = [(outcome, outcome.error) for outcome in outcomes if outcome.result in reported and outcome.error]
    not_looked_for = sum(outcome.newest and outcome.result == "kept" for outcome in outcomes)
    if not_looked_for:
        click.echo(
            f"Newer releases were not looked for: the mirror does not hold the notes of {not_looked_for} source(s).",
            err=True,
        )
    # one host that is down fails many sources in the same words: they are said once
    concerned: dict[str, list[str]] = {}
    for outcome, error in failures:
        concerned.setdefault(error.explain(), []).append(f"{outcome.source.id}, release {outcome.release}")
    for words, sources in concerned.items():
        others = len(set(sources)) - 1
        click.echo(f"\n{sources[0]}{f' (and {others} more)' if others else ''}\n{words}", err=True)
    changed = sum(outcome.result in ("new", "revised") for outcome in outcomes)
    if changed:
        click.echo(f"\n{changed} file(s) changed. Next: python -m pipeline diff, then python -m pipeline build.")
    elif not failures:
        click.echo("\nNothing has changed.")
    if failures:
        sys.exit(failures[0][1].exit_code)
