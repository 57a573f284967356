"""One export from start to end: draw the charts, make every picture in one browser, write the files and their list."""

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from charts.catalogue.catalogue import Shot
from charts.catalogue.deprivation import SMALL_AREAS
from charts.catalogue.view import View
from charts.export.brief import Part, brief, sentences_about
from charts.export.chromium import Chromium, Picture, Pictured
from charts.export.data import chart_csv, zipped
from charts.export.manifest import ExportedFile, manifest_text
from charts.export.names import file_stem
from charts.export.page import chart_page, script_files
from charts.export.pairs import on_scales_of_pairs
from charts.export.pictures import BRIEF, SLIDE, Drawn, Key, pictures_of
from charts.export.powerpoint.deck import Slide, deck
from charts.export.workbook import workbook
from charts.kit.chart import Chart
from charts.kit.listing import Listing
from charts.kit.media import MEDIA, WIDE
from pipeline import store
from pipeline.errors import PictureFailed, PipelineError
from pipeline.processed import Tables

FORMATS = ("png", "svg", "pdf", "pptx", "html", "xlsx", "csv", "brief", "data")
"""What an export can hold; "brief" is an HTML file and a PDF, "data" all processed tables with their data package."""

Step = Callable[[str], None]
Failed = Callable[[str, str], object]


def _give_up(name: str, why: str) -> None:
    raise PictureFailed(f"{name} could not be drawn: {why}.", do="Export the others by name; then report this one.")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be exported."""

    shots: Sequence[Shot]
    view: View
    title: str
    name: str
    """Start of the names of files that hold several charts."""
    formats: Collection[str] = FORMATS
    media: Collection[str] = tuple(MEDIA)
    template: Path | None = None
    address: str = ""
    period_in_names: bool = True
    """Whether file names end with the period; not where an address is to stay the same from release to release."""


def steps(order: Order) -> int:
    """How many steps an export takes, for a progress bar; a picture that only a slide needs takes one more."""
    each, formats = len(order.shots), set(order.formats)
    shapes = len(order.media) if formats & {"png", "svg"} else 0
    shapes += "pdf" in formats and not (shapes and WIDE.id in order.media)
    lists = len(formats & {"html", "csv"})
    return each * (1 + shapes + ("brief" in formats) + lists) + len(formats & {"pptx", "xlsx", "brief", "data"})


def export(
    order: Order, tables: Tables, *, step: Step = lambda _: None, failed: Failed = _give_up
) -> list[ExportedFile]:
    """Every file of an export, the manifest last; nothing is written yet.

    `step` is called with a few words at each step; `failed` with the name of a chart that cannot be drawn or pictured, and
    why: its files are left out and the others kept. Without `failed`, the first failure ends the export.

    Raises:
        ToolMissing: a picture is wanted and there is no Chromium.
        UsageError: a chart is asked for what the figures do not hold, or the template cannot be used.
        PictureFailed: a chart cannot be drawn, and there is no `failed` to tell.
    """
    drawn = []
    for shot, chart in _charts(order.shots, tables, step, failed):
        stem = file_stem(shot, chart, tables, period=order.period_in_names)
        drawn.append(Drawn(shot=shot, chart=chart, stem=stem))
    files = [*_with_browser(order, drawn, tables, step, failed), *_without_browser(order, drawn, tables, step)]
    listed = manifest_text(files, title=order.title, tables=tables).encode()
    return [*files, ExportedFile(path="manifest.json", content=listed, title="List of the files")]


def _charts(shots: Sequence[Shot], tables: Tables, step: Step, failed: Failed) -> list[tuple[Shot, Chart]]:
    """The chart of each shot, women's and men's of the same view on one scale."""
    drawn: list[tuple[Shot, Chart]] = []
    for shot in shots:
        try:
            drawn.append((shot, shot.chart(tables)))
        except PipelineError as error:
            if len(shots) == 1:
                raise
            failed(shot.entry.id, error.what)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other charts are wanted
            failed(shot.entry.id, f"{type(error).__name__}: {error}")
        step("drawing charts")
    return on_scales_of_pairs(drawn)


def save(files: Sequence[ExportedFile], folder: Path) -> None:
    """Write the files of an export under a folder, each whole or not at all.

    Raises:
        StorageFailed: the folder cannot be written.
    """
    for file in files:
        store.write_bytes(file.content, folder / file.path)


def as_zip(files: Sequence[ExportedFile]) -> bytes:
    """The files of an export as one zip archive."""
    return zipped({file.path: file.content for file in files})


def _with_browser(
    order: Order, drawn: Sequence[Drawn], tables: Tables, step: Step, failed: Failed
) -> Iterator[ExportedFile]:
    formats = set(order.formats)
    wanted = dict(pictures_of(drawn, formats=formats, media=order.media))
    if not wanted:
        if "pptx" in formats:
            yield _deck(order, drawn, {}, tables, step)
        return
    with Chromium() as browser:
        made = _made(browser, wanted, step, failed)
        yield from _picture_files(drawn, made)
        if "pptx" in formats:
            yield _deck(order, drawn, made, tables, step)
        if "brief" in formats:
            yield from _brief(order, drawn, made, tables, browser)
            step("writing the brief")


def _made(browser: Chromium, wanted: Mapping[Key, Picture], step: Step, failed: Failed) -> dict[Key, Pictured]:
    """What came of each picture."""
    pictured = browser.pictures(wanted.values(), done=lambda: step("making pictures"))
    made = dict(zip(wanted, pictured, strict=True))
    for (stem, shape), one in made.items():
        if one.problem:
            failed(f"{stem} ({shape})", one.problem)
    return made


def _picture_files(drawn: Sequence[Drawn], made: Mapping[Key, Pictured]) -> Iterator[ExportedFile]:
    for one in drawn:
        for shape in MEDIA:
            for kind, content in made.get((one.stem, shape), Pictured()).files.items():
                ending = f"-{shape}.{kind}" if kind != "pdf" else ".pdf"
                yield _file(one, f"{kind}/{one.stem}{ending}", content)


def _without_browser(order: Order, drawn: Sequence[Drawn], tables: Tables, step: Step) -> Iterator[ExportedFile]:
    formats = set(order.formats)
    if "html" in formats:
        shared = script_files() if len(drawn) > 1 else {}
        for one in drawn:
            live = f"{order.address}/{one.shot.live_view}" if order.address else ""
            page = chart_page(one.chart, live_view=live, scripts=tuple(shared))
            yield _file(one, f"html/{one.stem}.html", page.encode())
            step("writing pages")
        for name, script in shared.items():
            yield ExportedFile(path=f"html/{name}", content=script.encode(), title=f"Script of the pages: {name}")
    if "csv" in formats:
        for one in drawn:
            yield _file(one, f"csv/{one.stem}.csv", chart_csv(one.chart.table))
            step("writing tables")
    if "xlsx" in formats:
        content = workbook(
            [*(one.chart for one in drawn), *_listings(drawn, tables)],
            title=order.title,
            release=tables.release,
            build=tables.build,
            licence="Open Government Licence v3.0",
            address=order.address,
        )
        yield ExportedFile(path=f"{order.name}.xlsx", content=content, title=f"{order.title}: tables")
        step("writing the workbook")
    if "data" in formats:
        for name, content in tables.files().items():
            yield ExportedFile(path=f"data/{name}", content=content, title=f"Processed table {name}")
        step("copying the tables")


def _listings(drawn: Sequence[Drawn], tables: Tables) -> list[Listing]:
    """What a workbook lists beside its charts: the small areas of each place whose pockets it holds."""
    return [SMALL_AREAS.of(tables, one.shot.view) for one in drawn if one.shot.entry.id == "pockets"]


def _deck(
    order: Order, drawn: Sequence[Drawn], made: Mapping[Key, Pictured], tables: Tables, step: Step
) -> ExportedFile:
    pictures = {stem: one.files.get("png", b"") for (stem, use), one in made.items() if use == SLIDE}
    slides = [Slide(shot=one.shot, chart=one.chart, picture=pictures.get(one.stem, b"")) for one in drawn]
    several = len(slides) > 1
    answer = [*sentences_about(tables, order.view), *(one.chart.source for one in drawn[:1])]
    content = deck(
        slides,
        title=order.title if several else "",
        subtitle="\n".join(answer),
        template=order.template,
        address=order.address,
        release=tables.release,
    )
    step("writing slides")
    return ExportedFile(path=f"{order.name}.pptx", content=content, title=f"{order.title}: slides")


def _brief(
    order: Order, drawn: Sequence[Drawn], made: Mapping[Key, Pictured], tables: Tables, browser: Chromium
) -> Iterator[ExportedFile]:
    parts = [Part(shot=one.shot, chart=one.chart, svg=made[one.stem, BRIEF].files.get("svg", b"")) for one in drawn]
    page = brief(
        parts,
        title=order.title,
        sentences=sentences_about(tables, order.view),
        sources=tables.package["sources"],
        release=tables.release,
        build=tables.build,
        address=order.address,
    ).encode()
    title = f"{order.title}: brief"
    yield ExportedFile(path=f"{order.name}-brief.html", content=page, title=title)
    with _on_disk(page) as file:
        yield ExportedFile(path=f"{order.name}-brief.pdf", content=browser.page_as_pdf(file), title=title)


@contextmanager
def _on_disk(page: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="brief-") as folder:
        file = Path(folder) / "brief.html"
        file.write_bytes(page)
        yield file


def _file(one: Drawn, path: str, content: bytes) -> ExportedFile:
    settings = one.shot.view.chosen(one.shot.entry.needs)
    return ExportedFile(
        path=path, content=content, title=one.chart.title, alt=one.chart.alt, chart=one.shot.entry.id, settings=settings
    )
