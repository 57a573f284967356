"""One export from start to end: draw the charts, make every picture in one browser, write the files and their list."""

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import plotly.graph_objects as go

from charts.catalogue.catalogue import Shot
from charts.catalogue.deprivation import SMALL_AREAS
from charts.catalogue.view import View
from charts.export.brief import LARGEST_PICTURE, TALLEST_PICTURE, Part, brief, sentences_about
from charts.export.chromium import Chromium, Picture, PictureFormat
from charts.export.data import data_files, zipped
from charts.export.inert import inert
from charts.export.manifest import ExportedFile, manifest_text
from charts.export.names import file_stem
from charts.export.page import chart_page, script_files
from charts.export.powerpoint.deck import Slide, deck, needs_picture, picture_on_slide
from charts.export.workbook import workbook
from charts.kit.chart import Chart
from charts.kit.framed import framed, is_long, plain
from charts.kit.listing import Listing
from charts.kit.media import MEDIA, PRINT, WIDE, Medium
from charts.kit.scales import on_one_scale
from pipeline import store
from pipeline.processed import Tables

FORMATS = ("png", "svg", "pdf", "pptx", "html", "xlsx", "csv", "brief", "data")
"""What an export can hold; "brief" is an HTML file and a PDF, "data" all processed tables with their data package."""

IN_BRIEF = replace(PRINT, width=LARGEST_PICTURE[0], height=LARGEST_PICTURE[1])

_RASTER_AND_VECTOR: tuple[PictureFormat, ...] = ("png", "svg")

Step = Callable[[str], None]


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


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    shot: Shot
    chart: Chart
    stem: str


def steps(order: Order) -> int:
    """How many steps an export takes, for a progress bar."""
    each = len(order.shots)
    pictures = each * (
        len(order.media) * len({"png", "svg"} & set(order.formats)) + len({"pdf", "brief"} & set(order.formats))
    )
    files = each * len({"html", "csv"} & set(order.formats)) + len(
        set(order.formats) & {"pptx", "xlsx", "brief", "data"}
    )
    return each + pictures + files


def export(order: Order, tables: Tables, *, step: Step = lambda _: None) -> list[ExportedFile]:
    """Every file of an export, the manifest last; nothing is written yet.

    `step` is called with a few words at each step.

    Raises:
        ToolMissing: a picture is wanted and there is no Chromium.
        UsageError: a chart is asked for what the figures do not hold, or the template cannot be used.
    """
    drawn = []
    for shot, chart in _charts(order.shots, tables, step):
        stem = file_stem(shot, chart, tables, period=order.period_in_names)
        drawn.append(_Drawn(shot=shot, chart=chart, stem=stem))
    files = [*_with_browser(order, drawn, tables, step), *_without_browser(order, drawn, tables, step)]
    listed = manifest_text(files, title=order.title, tables=tables).encode()
    return [*files, ExportedFile(path="manifest.json", content=listed, title="List of the files")]


def _charts(shots: Sequence[Shot], tables: Tables, step: Step) -> list[tuple[Shot, Chart]]:
    """The chart of each shot, women's and men's of the same view on one scale."""
    charts = []
    views: dict[tuple[str, View], list[int]] = {}
    for i, shot in enumerate(shots):
        charts.append(shot.chart(tables))
        views.setdefault((shot.entry.id, shot.view.with_settings(sex="")), []).append(i)
        step("drawing charts")
    for alike in views.values():
        for i, chart in zip(alike, on_one_scale([charts[i] for i in alike]), strict=True):
            charts[i] = chart
    return list(zip(shots, charts, strict=True))


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


def _with_browser(order: Order, drawn: Sequence[_Drawn], tables: Tables, step: Step) -> Iterator[ExportedFile]:
    formats = set(order.formats)
    on_slides = [one for one in drawn if "pptx" in formats and needs_picture(one.chart)]
    if not (formats & {"png", "svg", "pdf", "brief"} or on_slides):
        if "pptx" in formats:
            yield _deck(order, drawn, {}, step)
        return
    with Chromium() as browser:
        wanted: list[tuple[_Drawn, Medium, PictureFormat]] = [
            (one, MEDIA[medium], kind)
            for one in drawn
            for medium in order.media
            for kind in _RASTER_AND_VECTOR
            if kind in formats
        ]
        wanted += [(one, WIDE, "pdf") for one in drawn if "pdf" in formats]
        made = browser.pictures(_framed_pictures(wanted), done=lambda: step("making pictures"))
        for (one, medium, kind), content in zip(wanted, made, strict=True):
            ending = f"-{medium.id}.{kind}" if kind != "pdf" else ".pdf"
            yield _file(one, f"{kind}/{one.stem}{ending}", content)
        if "pptx" in formats:
            made = browser.pictures([picture_on_slide(one.chart) for one in on_slides])
            yield _deck(order, drawn, {one.stem: png for one, png in zip(on_slides, made, strict=True)}, step)
        if "brief" in formats:
            made = browser.pictures([_in_brief(one.chart) for one in drawn], done=lambda: step("making pictures"))
            yield from _brief(order, drawn, made, tables, browser)
            step("writing the brief")


def _framed_pictures(wanted: Sequence[tuple[_Drawn, Medium, PictureFormat]]) -> Iterator[Picture]:
    """Yield the pictures; a figure is laid out once for all its formats."""
    figures: dict[tuple[str, str], go.Figure] = {}
    for one, medium, kind in wanted:
        key = (one.stem, medium.id)
        if key not in figures:
            figures[key] = framed(one.chart, medium)
        yield Picture(figure=figures[key], medium=medium, format=kind)


def _without_browser(order: Order, drawn: Sequence[_Drawn], tables: Tables, step: Step) -> Iterator[ExportedFile]:
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
            text = one.chart.table.map(inert).to_csv(index=False, lineterminator="\n")
            yield _file(one, f"csv/{one.stem}.csv", text.encode("utf-8-sig"))
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
        for name, content in data_files(tables).items():
            yield ExportedFile(path=f"data/{name}", content=content, title=f"Processed table {name}")
        step("copying the tables")


def _listings(drawn: Sequence[_Drawn], tables: Tables) -> list[Listing]:
    """What a workbook lists beside its charts: the small areas of each place whose pockets it holds."""
    return [SMALL_AREAS.of(tables, one.shot.view) for one in drawn if one.shot.entry.id == "pockets"]


def _deck(order: Order, drawn: Sequence[_Drawn], pictures: dict[str, bytes], step: Step) -> ExportedFile:
    slides = [Slide(shot=one.shot, chart=one.chart, picture=pictures.get(one.stem, b"")) for one in drawn]
    about = drawn[0].chart.source if drawn else ""
    several = len(slides) > 1
    content = deck(
        slides,
        title=order.title if several else "",
        subtitle=about,
        template=order.template,
        address=order.address,
    )
    step("writing slides")
    return ExportedFile(path=f"{order.name}.pptx", content=content, title=f"{order.title}: slides")


def _brief(
    order: Order, drawn: Sequence[_Drawn], pictures: Sequence[bytes], tables: Tables, browser: Chromium
) -> Iterator[ExportedFile]:
    parts = [Part(shot=one.shot, chart=one.chart, svg=svg) for one, svg in zip(drawn, pictures, strict=True)]
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


def _in_brief(chart: Chart) -> Picture:
    tallest = TALLEST_PICTURE if is_long(chart.drawing) else IN_BRIEF.height
    shape = replace(IN_BRIEF, height=min(chart.drawing.layout["height"], tallest))
    return Picture(figure=plain(chart, width=shape.width, height=shape.height), medium=shape, format="svg")


def _file(one: _Drawn, path: str, content: bytes) -> ExportedFile:
    settings = one.shot.view.chosen(one.shot.entry.needs)
    return ExportedFile(
        path=path, content=content, title=one.chart.title, alt=one.chart.alt, chart=one.shot.entry.id, settings=settings
    )
