"""The command line: fetch, adopt, build, check, diff, status."""

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click
import stamina.instrumentation
from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from pipeline import store
from pipeline.errors import PipelineError, StorageFailed
from pipeline.fetch import Fetcher
from pipeline.refresh import Outcome, chosen_sources, refresh
from pipeline.sources import HOSTS, Source

P = ParamSpec("P")
CACHE_FOLDER = store.ROOT / ".cache" / "upstream"
INTERRUPTED = 130

raw_option = click.option(
    "--raw",
    "raw_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=store.RAW_FOLDER,
    help="Folder of the published figures [default: data/raw].",
)
mirror_option = click.option(
    "--mirror",
    default="",
    metavar="DIR_OR_URL",
    help="Take the publishers' files from this folder or address, laid out as <host>/<path>, not from the publishers.",
)


def in_plain_words(command: Callable[P, None]) -> Callable[P, None]:
    """Show a user's failure without a traceback, and leave with its own exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Published figures in, tables for the dashboard out.

    On the day of a release: status, fetch, diff, build, check. docs/updating-the-data.md walks through it.

    Exit codes: 0 fine, 2 usage, 3 a file could not be had, 4 a file is not what we know, 5 a table breaks its contract,
    6 this machine could not write, 130 stopped by Ctrl-C.
    """


@main.command()
@mirror_option
@click.option("--only", multiple=True, metavar="SOURCE", help="Only this source or table; may be given several times.")
@click.option("--strict", is_flag=True, help="Fail where a mirror does not hold a file, too.")
@click.option(
    "--cache",
    "cache_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=CACHE_FOLDER,
    help="Folder that keeps the publishers' files between runs [default: .cache/upstream].",
)
@raw_option
@in_plain_words
def fetch(mirror: str, only: tuple[str, ...], strict: bool, cache_folder: Path, raw_folder: Path) -> None:
    """Bring published figures into data/raw.

    Each source stands for itself: where one fails, its figures stay as they were, the others go on, and the command ends
    with the exit code of the first failure. Nothing is written before it has been checked; an unchanged file is not
    touched.
    """
    sources = chosen_sources(only)
    console = Console(stderr=True)
    with (
        _alone(cache_folder, console),
        Progress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=console, transient=True
        ) as bar,
    ):
        task = bar.add_task("", total=None)

        def begin(source: Source, release: str) -> None:
            bar.reset(task, description=f"{source.id} {release}", total=None)

        def progress(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        def report(outcome: Outcome) -> None:
            if line := line_of(outcome, today=date.today()):
                console.print(line, highlight=False, markup=False, soft_wrap=True)

        outcomes = refresh(
            sources,
            fetcher=Fetcher(hosts=HOSTS, cache_folder=cache_folder, mirror=mirror, progress=progress),
            raw_folder=raw_folder,
            today=date.today(),
            begin=begin,
            report=report,
        )
    conclude(outcomes, strict=strict)


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


def age(release: str, today: date) -> str:
    """Return how old a release is: "9 months old"."""
    year, month = (int(part) for part in release.split("-")[:2])
    months = (today.year - year) * 12 + today.month - month
    return f"{months} month{'' if months == 1 else 's'} old" if months < 24 else f"{months // 12} years old"


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
    for outcome, error in failures:
        click.echo(f"\n{outcome.source.id}, release {outcome.release}\n{error.explain()}", err=True)
    changed = [outcome for outcome in outcomes if outcome.result in ("new", "revised")]
    if changed:
        click.echo(f"\n{len(changed)} file(s) changed. Next: python -m pipeline diff, then python -m pipeline build.")
    elif not failures:
        click.echo("\nNothing has changed.")
    if failures:
        sys.exit(failures[0][1].exit_code)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@raw_option
@in_plain_words
def adopt(folder: Path, raw_folder: Path) -> None:
    """Bring in tables that somebody prepared from files that could not be had.

    FOLDER holds the prepared tables. The lock says of each that it was prepared, its checksum, and how far to trust it. A
    file that came from the publisher itself is never replaced.
    """
    from pipeline.adopt import adopt as bring_in  # noqa: PLC0415 - each command loads only what it needs

    changed = bring_in(folder, raw_folder, today=date.today(), report=click.echo)
    click.echo(f"{len(changed)} file(s) changed.")


@main.command()
@raw_option
@in_plain_words
def build(raw_folder: Path) -> None:
    """Make the tables of the dashboard from data/raw; no network.

    Writes data/processed, the boundaries under static/ and docs/data-dictionary.md: all of them, or none.
    """
    from pipeline.build import build as make  # noqa: PLC0415 - each command loads only what it needs

    report = make(raw_folder, store.PROCESSED_FOLDER, store.DOCS_FOLDER, store.STATIC_FOLDER)
    click.echo(f"Build {report.build} from the release of {report.release}: {len(report.rewritten)} file(s) rewritten.")
    for name in report.rewritten:
        click.echo(f"  {name}")


def _alone(cache_folder: Path, console: Console) -> FileLock:
    """Return the lock that lets one fetch at a time through; say so where another one is at work."""
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        waiting = FileLock(cache_folder / "fetch.lock", timeout=600)
        try:
            waiting.acquire(timeout=0)
        except Timeout:
            console.print("Another fetch is at work; waiting for it to end.")
        else:
            waiting.release()
    except OSError as error:
        raise StorageFailed(
            f"The cache folder cannot be written: {error.strerror or error}.",
            where=str(cache_folder),
            do="Make it writable, or name another with --cache.",
        ) from None
    return waiting
