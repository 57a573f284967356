"""The command line: fetch, adopt, build, check, diff, status, ask."""

import sys
from datetime import date
from pathlib import Path

import click
import stamina.instrumentation
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from pipeline import store, swap
from pipeline.errors import SourceChanged
from pipeline.intake import lock
from pipeline.intake.cache import one_fetch_at_a_time
from pipeline.intake.fetch import Fetcher, Limits
from pipeline.intake.ingest import ingest_hand_prepared
from pipeline.intake.outcomes import Outcome, conclude, line_of
from pipeline.intake.refresh import chosen_sources, refresh
from pipeline.plain_words import in_plain_words
from pipeline.sources import HOSTS, SOURCES, Source

CACHE_FOLDER = store.ROOT / ".cache" / "upstream"

explained = in_plain_words("Stopped. The figures held stay as they were.")


def _of_figures(context: click.Context, option: click.Parameter, folder: Path) -> Path:
    """Refuse a mistyped folder before anything is written there."""
    if any(folder.iterdir()) and not (folder / lock.NAME).is_file():
        raise click.BadParameter(
            f"{folder} holds no {lock.NAME}, so it is no folder of published figures.", context, option
        )
    return folder


raw_option = click.option(
    "--raw",
    "raw_folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    callback=_of_figures,
    default=store.RAW_FOLDER,
    help="Folder of the published figures [default: data/raw].",
)
mirror_option = click.option(
    "--mirror",
    default="",
    metavar="DIR_OR_URL",
    help="Take the publishers' files from this folder or address, laid out as <host>/<path>, not from the publishers.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Published figures in, tables for the dashboard out.

    On the day of a release: status, fetch, diff, build, check. docs/updating-the-data.md walks through it.

    Exit codes: 0 fine, 2 usage, 3 a file could not be downloaded, 4 a file is not what we know, 5 a table breaks its contract,
    6 this machine could not write, 130 stopped by Ctrl-C.
    """
    # retries are shown by the progress bar and the final message, not by a log
    stamina.instrumentation.set_on_retry_hooks([])


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
@explained
def fetch(mirror: str, only: tuple[str, ...], strict: bool, cache_folder: Path, raw_folder: Path) -> None:
    """Bring published figures into data/raw.

    Sources are independent: where one fails, its figures stay as they were, the others go on, and the command ends
    with the exit code of the first failure. Nothing is written before it has been checked; an unchanged file is not
    touched.
    """
    sources = chosen_sources(only)
    console = Console(stderr=True)
    with (
        one_fetch_at_a_time(cache_folder),
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


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@raw_option
@explained
def adopt(folder: Path, raw_folder: Path) -> None:
    """Bring in tables that somebody prepared from files that could not be downloaded.

    FOLDER holds the prepared tables. The lock says of each that it was prepared, its checksum, and how far to trust it. A
    file that came from the publisher itself is never replaced.
    """
    changed = ingest_hand_prepared(folder, raw_folder, today=date.today(), report=click.echo)
    click.echo(f"{len(changed)} file(s) changed.")


@main.command()
@raw_option
@explained
def build(raw_folder: Path) -> None:
    """Make the tables of the dashboard from data/raw; no network.

    Writes data/processed, the boundaries under static/ and docs/data-dictionary.md: all of them, or none.
    """
    from pipeline.build import build as make  # noqa: PLC0415 - each command loads only what it needs

    swap.finish(raw_folder)
    report = make(raw_folder, store.PROCESSED_FOLDER, store.DOCS_FOLDER, store.STATIC_FOLDER)
    click.echo(f"Build {report.build} from the release of {report.release}: {len(report.rewritten)} file(s) rewritten.")
    for name in report.rewritten:
        click.echo(f"  {name}")


@main.command()
@mirror_option
@click.option("--offline", is_flag=True, help="Do not ask the publishers for newer releases.")
@raw_option
@explained
def status(mirror: str, offline: bool, raw_folder: Path) -> None:
    """Show what is held, how old it is, where it came from, and what is newer upstream.

    Nothing is downloaded but the publishers' small notes. A publisher that cannot be asked is named; the command still
    succeeds.
    """
    from pipeline.intake import status as held  # noqa: PLC0415 - each command loads only what it needs

    swap.finish(raw_folder)
    lines = [
        (file.name, file.release, file.age, f"retrieved {file.retrieved}", file.origin)
        for file in held.held(raw_folder, today=date.today())
    ]
    widths = [max((len(line[column]) for line in lines), default=0) for column in range(5)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    for source in held.not_held(raw_folder):
        click.echo(f"not held: {source.id}, {source.title}")
    click.echo(f"readers that never met their publisher's own file: {', '.join(one.id for one in held.never_met())}")
    if offline:
        return
    fetcher = Fetcher(hosts=HOSTS, cache_folder=CACHE_FOLDER, mirror=mirror, limits=Limits(attempts=1))
    found = held.upstream(SOURCES.values(), raw_folder=raw_folder, fetcher=fetcher, today=date.today())
    newer = [one for one in found if one.is_newer]
    unasked = [one for one in found if one.error is not None]
    click.echo()
    for one in newer:
        click.echo(f"newer upstream: {one.source.id}, {one.newest} (held: {one.held or 'nothing'})")
    if unasked:
        click.echo(f"{len(unasked)} of {len(found)} publishers' notes could not be read; the first failure:")
        click.echo(unasked[0].error.explain() if unasked[0].error else "")
    elif not newer:
        click.echo("Nothing newer upstream among the sources that give the date of their newest release.")


@main.command()
@click.option("--strict", is_flag=True, help="Fail where a second source has other areas than the first, too.")
@raw_option
@explained
def check(strict: bool, raw_folder: Path) -> None:
    """Check everything that is held: contracts, checksums, and one source against another.

    Fails with exit code 5 where a table breaks its contract, is not the file that the lock vouches for or, of the tables of
    the dashboard, not that of the build; and with exit code 4 where a second source differs from the first by more than the tolerance stated for the two in pipeline/sources.
    """
    from pipeline.intake import check as held  # noqa: PLC0415 - each command loads only what it needs

    swap.finish(raw_folder)
    swap.finish(store.PROCESSED_FOLDER)
    problems = [*held.problems(raw_folder), *held.mixture(store.PROCESSED_FOLDER)]
    for problem in problems:
        click.echo(f"{problem.explain()}\n", err=True)
    if problems:
        sys.exit(problems[0].exit_code)
    click.echo(
        f"{len(lock.read(raw_folder))} files keep their contracts and match the lock; the tables are of one build."
    )
    comparisons = held.comparisons(raw_folder, store.PROCESSED_FOLDER)
    for one in comparisons:
        click.echo(f"{one.source.id}: {one.cells:,} figures compared, {len(one.differences):,} differ beyond rounding.")
        for words in (*one.areas, *one.differences):
            click.echo(f"  {words}")
    if not comparisons:
        click.echo("No second source is held, so none was compared.")
    if any(one.differences or (strict and one.areas) for one in comparisons):
        click.echo(
            "\nTwo sources of the same figures differ. Look at both publishers' pages: one may have revised.", err=True
        )
        sys.exit(SourceChanged.exit_code)


@main.command()
@click.option(
    "--against",
    default="HEAD",
    metavar="REVISION_OR_FOLDER",
    help="Compare with this git revision or folder of figures.",
)
@click.option(
    "--between",
    nargs=2,
    metavar="OLD NEW",
    help="Compare two releases of healthy life expectancy that are both held, by date.",
)
@click.option("--markdown", is_flag=True, help="Write Markdown, for a pull request.")
@raw_option
@explained
def diff(against: str, between: tuple[str, str] | None, markdown: bool, raw_folder: Path) -> None:
    """Show what new figures change: periods, areas, codes, the largest revisions, every gap and verdict.

    Compares data/raw with the last commit unless told otherwise.
    """
    from pipeline.review import diff as changed  # noqa: PLC0415 - each command loads only what it needs
    from pipeline.review.report import report  # noqa: PLC0415 - as above

    swap.finish(raw_folder)
    now = changed.figures_in(raw_folder, "the figures held")
    if between:
        old, new = between
        found = changed.difference(changed.at_release(now, old), changed.at_release(now, new))
    elif Path(against).is_dir():
        found = changed.difference(changed.figures_in(Path(against), f"folder {against}"), now)
    else:
        with changed.committed(against) as folder:
            found = changed.difference(changed.figures_in(folder, f"commit {against}"), now)
    click.echo(report(found, markdown=markdown))


@main.command("ask")
@click.option("--definition", multiple=True, help="Who counts as richest and poorest, as income-regions.")
@click.option("--between", nargs=2, metavar="A B", help="Two places by code or name, in place of a definition.")
@click.option("--sex", multiple=True, help="female or male.")
@click.option("--baseline", multiple=True, help='Period whose gap is to be closed, as "2011 to 2013".')
@click.option("--target", multiple=True, help="Last year of the period in which the target is to be met.")
@click.option("--share", multiple=True, help="Per cent of the gap to close, 5 to 95.")
@click.option("--rule", multiple=True, help="What the better-off end does: held, own-trend or england.")
@click.option("--shape", multiple=True, help="Shape of the path to the target: linear or geometric.")
@click.option("--model", multiple=True, help="Forecast behind the chance; the one with the best record if left out.")
@click.option("--all", "everything", is_flag=True, help="Every definition and both sexes, where none is given.")
@click.option(
    "--hle",
    "own",
    type=click.Path(path_type=Path),
    help="CSV file of own estimates; areas that are not ours need --between.",
)
@click.option("--template", is_flag=True, help="Print a file of own estimates to start from.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON: an object, or a list where more than one is asked.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, a row for each question.")
@explained
def ask_figures(
    between: tuple[str, str] | None,
    own: Path | None,
    everything: bool,
    template: bool,
    as_json: bool,
    as_csv: bool,
    **settings: tuple[str, ...],
) -> None:
    """Ask what the screens answer: the gap, its target, the pace it needs and has, the chance, and what it takes.

    A setting that is left out has its usual value. One that is given several times asks several questions.
    docs/for-analysts.md explains the keys of the reply.
    """
    from pipeline.answers.ask import command  # noqa: PLC0415 - each command loads only what it needs

    click.echo(
        command.template()
        if template
        else command.asked_and_told(
            settings, between=between, own=own, everything=everything, as_json=as_json, as_csv=as_csv
        ),
        nl=False,
    )
