"""How the commands speak: outcomes in one line each, failures in plain words, one fetch at a time."""

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click
import stamina.instrumentation
from filelock import FileLock, Timeout

from pipeline.errors import PipelineError, StorageFailed
from pipeline.intake.refresh import Outcome
from pipeline.intake.status import age

P = ParamSpec("P")
INTERRUPTED = 130
_LONGEST_WAIT_SECONDS = 600


def in_plain_words(command: Callable[P, None]) -> Callable[P, None]:
    """Show a user's failure without a traceback, and leave with its own exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        # retries are told by the progress bar and the final message, not by a log
        stamina.instrumentation.set_on_retry_hooks([])
        try:
            command(*args, **kwargs)
        except PipelineError as error:
            click.echo(error.explain(), err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Stopped. The figures held stay as they were.", err=True)
            sys.exit(INTERRUPTED)

    return wrapped


def line_of(outcome: Outcome, *, today: date) -> str:
    """Return the line that reports an outcome; empty for one that `conclude` sums up."""
    if outcome.newest:
        return ""
    words = {
        "new": "new",
        "revised": "revised: the publisher's figures have changed",
        "unchanged": "unchanged",
        "kept": f"kept, the mirror does not hold the file; figures of {outcome.release}, {age(outcome.release, today)}",
        "absent": "not held, and the mirror does not hold the file",
        "failed": "failed, the figures held stay as they are",
    }
    return f"{outcome.name}: {words[outcome.result]}"


def conclude(outcomes: list[Outcome], *, strict: bool) -> None:
    """Say what is wrong and what to do next; leave with the exit code of the first failure."""
    told = ("failed", "kept", "absent") if strict else ("failed",)
    failures = [(outcome, outcome.error) for outcome in outcomes if outcome.result in told and outcome.error]
    unseen = [outcome for outcome in outcomes if outcome.newest and outcome.result == "kept"]
    if unseen:
        click.echo(
            f"Newer releases were not looked for: the mirror does not hold the notes of {len(unseen)} source(s).",
            err=True,
        )
    # one host that is down fails many sources in the same words: they are said once
    concerned: dict[str, list[str]] = {}
    for outcome, error in failures:
        concerned.setdefault(error.explain(), []).append(f"{outcome.source.id}, release {outcome.release}")
    for words, sources in concerned.items():
        others = len(set(sources)) - 1
        click.echo(f"\n{sources[0]}{f' (and {others} more)' if others else ''}\n{words}", err=True)
    changed = [outcome for outcome in outcomes if outcome.result in ("new", "revised")]
    if changed:
        click.echo(f"\n{len(changed)} file(s) changed. Next: python -m pipeline diff, then python -m pipeline build.")
    elif not failures:
        click.echo("\nNothing has changed.")
    if failures:
        sys.exit(failures[0][1].exit_code)


def alone(cache_folder: Path) -> FileLock:
    """Return the lock that lets one fetch at a time through; say so where another one is at work.

    Raises:
        StorageFailed: the cache folder cannot be written.
    """
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        waiting = FileLock(cache_folder / "fetch.lock", timeout=_LONGEST_WAIT_SECONDS)
        try:
            waiting.acquire(timeout=0)
        except Timeout:
            click.echo("Another fetch is at work; waiting for it to end.", err=True)
        else:
            waiting.release()
    except OSError as error:
        raise StorageFailed(
            f"The cache folder cannot be written: {error.strerror or error}.",
            where=cache_folder.name,
            do="Make it writable, or name another with --cache.",
        ) from None
    return waiting
