"""The command line of the charts: what to export, with which settings, in which formats, to which folder."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from charts.catalogue.catalogue import CATALOGUE, entry, shots
from charts.catalogue.packs import PACKS, SET_BY_PACKS, SEXES, area, area_of_level
from charts.catalogue.places_asked import with_places
from charts.catalogue.view import View, view_of
from charts.export.names import slug
from charts.export.publish import LATEST, PUBLISHED, publish
from charts.export.run import FORMATS, Order, Step, as_zip, export, save, steps
from charts.export.site.contents import count_pages
from charts.export.site.write import write_site
from charts.kit.media import MEDIA
from charts.kit.words import listed
from pipeline import store
from pipeline.answers.place.groups import BETWEEN, own_group
from pipeline.answers.place.profile import place_of
from pipeline.errors import PictureFailed, UsageError
from pipeline.geography.groups import NAMED_GROUPS
from pipeline.plain_words import in_plain_words
from pipeline.processed import Tables

NATIONAL_TITLE = "The gap in healthy life expectancy in England"


explained = in_plain_words("Stopped. What was not yet written is missing.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Export charts, decks, briefs and tables from the processed figures."""


@main.command("list")
def list_charts() -> None:
    """List the charts with the settings each depends on, and the packs."""
    for one in CATALOGUE.values():
        click.echo(f"{one.id:24} {one.label}\n{'':24} settings: {', '.join(one.needs)}")
    click.echo("\nPacks: national; region NAME; place NAME or CODE.")


@main.command("export")
@click.argument("what", nargs=-1, required=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write to.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="May be repeated; all formats where left out.",
)
@click.option(
    "--shape", "media", type=click.Choice(list(MEDIA)), multiple=True, help="Shape of pictures; all where left out."
)
@click.option(
    "--template", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PowerPoint file to build on."
)
@click.option(
    "--address", default="", envvar="DASHBOARD_ADDRESS", show_envvar=True, help="Where the dashboard runs, for links."
)
@click.option("--sex", type=click.Choice(SEXES), help="Women or men; both where left out.")
@click.option("--definition", help="Who counts as richest and poorest.")
@click.option("--baseline", help='Period whose gap is to be closed, as "2011 to 2013".')
@click.option("--target", help="Last year of the period in which the target is to be met.")
@click.option("--share", help="Per cent of the gap to close, as 50.")
@click.option("--rule", help="What the richest end is assumed to do.")
@click.option("--path", help="Shape of the path to the target.")
@click.option("--level", help="Areas on a map: region, combined-authority or utla.")
@click.option("--period", help="Period of a map; the latest where left out.")
@click.option("--since", help="Earlier period of a map of changes; the first where left out.")
@click.option("--measure", help="What a map shows.")
@click.option("--view", help="Form of a map: map or tiles.")
@click.option("--periods", help='Periods on a map: one, or "four" side by side.')
@click.option("--groups", help="What a slope of inequality is fitted through.")
@click.option("--index", help="Slope index (sii) or relative index (rii) of inequality.")
@click.option("--block", help="Indicator of a building block, as adult-obesity.")
@click.option("--line", help="What is read from the nation down to a place: hle or an indicator.")
@click.option("--case", help="Number of a case of local action, as 4.A.")
@click.option("--place", help="Name or code of an area to mark, or of a group of authorities.")
@click.option("--codes", help='Codes of the authorities of your own area, "~" between them.')
@click.option("--name", help="Name of your own area.")
@click.option("--compare", help='Up to three places to show beside the place, as codes with "~" between them.')
@click.option("--against", help="Code of the place that makes a gap with the place; England where left out.")
@click.option("--quantity", help="What places are compared by: hle, le, poor-health or share.")
@click.option("--alike", help="What the places beside a place are alike in: deprivation, or global for ONS neighbours.")
@click.option("--zip", "zipped", is_flag=True, help="Write one zip file instead of a folder of files.")
@explained
def export_charts(
    what: tuple[str, ...],
    out: Path,
    formats: tuple[str, ...],
    media: tuple[str, ...],
    template: Path | None,
    address: str,
    zipped: bool,
    **settings: str | None,
) -> None:
    """Export WHAT: charts by name, or a pack: national, region NAME, place CODE."""
    tables = Tables.open_whole()
    given = {name: value for name, value in settings.items() if value is not None}
    if {"codes", "name"} & set(given):
        given["place"] = given.pop("name", "")
        given["codes"] = given.get("codes", "")
        own_group(tables.table("areas"), name=given["place"], codes=given["codes"].split(BETWEEN))
    elif "place" in given:
        given["place"] = _place_named(tables, given["place"])
    order = _order(
        tables,
        what,
        view_of(given),
        sexes=(given["sex"],) if "sex" in given else SEXES,
        more={
            "formats": formats or FORMATS,
            "media": media or tuple(MEDIA),
            "template": template,
            "address": address.rstrip("/"),
        },
    )
    _refuse_what_changes_nothing(order, what[0], given, formats, media, template)
    problems: dict[str, str] = {}
    with _progress(steps(order)) as step:
        files = export(order, tables, step=step, failed=problems.setdefault)
    if zipped:
        target = out / f"{order.name}.zip"
        store.write_bytes(as_zip(files), target)
        click.echo(f"{len(files)} files in {target}")
    else:
        save(files, out)
        click.echo(f"{len(files)} files in {out}")
    if problems:
        named = "; ".join(f"{name}: {why}" for name, why in problems.items())
        raise PictureFailed(
            f"{len(problems)} of the pictures could not be made, and the files are without them. {named}.",
            where=str(out),
            do="Run the command again; where the same are named again, report them.",
        )


def _refuse_what_changes_nothing(
    order: Order,
    first: str,
    given: Mapping[str, str],
    formats: Sequence[str],
    media: Sequence[str],
    template: Path | None,
) -> None:
    """Refuse settings that no chart or file of an order depends on, rather than leave the user in the belief that one does.

    Raises:
        UsageError: there is one.
    """
    needed = {name for shot in order.shots for name in shot.entry.needs} - (SET_BY_PACKS if first in PACKS else set())
    unused = [f"--{name}" for name in given if name not in needed]
    if template and formats and "pptx" not in formats:
        unused.append("--template")
    if media and formats and not {"png", "svg"} & set(formats):
        unused.append("--shape")
    if unused:
        raise UsageError(
            f"{listed(unused)} would change nothing in what is exported.",
            do="Leave it out; `python -m charts list` shows the settings of each chart.",
        )


@main.command("publish")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=PUBLISHED,
    help="Folder that the web server shows.",
)
@click.option(
    "--address", default="", envvar="DASHBOARD_ADDRESS", show_envvar=True, help="Where the dashboard runs, for links."
)
@explained
def publish_pack(out: Path, address: str) -> None:
    """Write the national pack and the tables under addresses that stay: latest, and one of this release and build."""
    tables = Tables.open_whole()
    order = _order(
        tables, ("national",), View(), sexes=SEXES, more={"address": address.rstrip("/"), "period_in_names": False}
    )
    with _progress(steps(order)) as step:
        done = publish(order, tables, out, step=step)
    if not done.files:
        click.echo(
            f"{done.dated.name} is published already: nothing was written. To write it anew, remove {out / LATEST}."
        )
        return
    click.echo(f"{done.files} files in {out / LATEST}" + (f" and {done.dated}" if done.dated_is_new else ""))


@main.command("site")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write to.")
@click.option(
    "--address", default="", envvar="DASHBOARD_ADDRESS", show_envvar=True, help="Where the dashboard runs, for links."
)
@explained
def write_static_edition(out: Path, address: str) -> None:
    """Write a static edition: plain files that need no server and no network, a page for every place."""
    tables = Tables.open_whole()
    with _progress(count_pages(tables)) as step:
        count = write_site(tables, out, address=address, step=step)
    click.echo(f"{count} files in {out}: open {out / 'index.html'}")


def _order(tables: Tables, what: Sequence[str], view: View, *, sexes: Sequence[str], more: Mapping[str, Any]) -> Order:
    first, *rest = what
    if first not in PACKS:
        chosen = [entry(name).id for name in what]
        name = "charts" if len(chosen) > 1 else chosen[0]
        title = NATIONAL_TITLE if len(chosen) > 1 else entry(first).label
        return Order(shots=shots(chosen, sexes=sexes, view=view), view=view, title=title, name=name, **more)
    title, name = NATIONAL_TITLE, "england"
    if first == "national":
        if rest:
            raise UsageError(f"`national` takes no further word, but {' '.join(rest)!r} was given.", do="Leave it out.")
    else:
        view = _of_pack(tables, first, " ".join(rest), view)
        area_name = place_of(with_places(tables, view), view.place).name
        title, name = f"Healthy life expectancy: {area_name}", slug(area_name)
    return Order(shots=PACKS[first](tables, view, sexes), view=view, title=title, name=name, **more)


def _place_named(tables: Tables, text: str) -> str:
    """Code of an area, or our name of a group of authorities, by its name or code."""
    group = next(
        (one.group for one in NAMED_GROUPS.values() if text.casefold() in {one.group, one.name.casefold()}), ""
    )
    return group or str(area(tables, text)["area_code"])


def _of_pack(tables: Tables, pack: str, text: str, view: View) -> View:
    """The view of the place that a pack is asked for; the reader's own area where no name is given."""
    if view.codes and not text:
        return view
    if not text:
        raise UsageError(f"`{pack}` needs a name or a code.", do=f"For instance `export {pack} E12000001`.")
    if view.codes:
        raise UsageError(f"Both {text!r} and an own area were given.", do="Leave one of them out.")
    if pack == "place" and any(text.casefold() in {one.group, one.name.casefold()} for one in NAMED_GROUPS.values()):
        return view.with_settings(place=_place_named(tables, text))
    return view.with_settings(place=str(area_of_level(tables, text, pack=pack)["area_code"]))


@contextmanager
def _progress(total: int) -> Iterator[Step]:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("starting", total=total)

        def step(words: str) -> None:
            bar.update(task, advance=1, description=words)

        yield step
