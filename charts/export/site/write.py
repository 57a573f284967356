"""Writes the static edition: every page from a template, its first charts as pictures, one copy of plotly.js for all of them."""

import json
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from charts.catalogue.catalogue import Shot
from charts.catalogue.choices import CHOICES
from charts.catalogue.view import View
from charts.export.brief import sentences_about
from charts.export.chromium import Chromium, Picture
from charts.export.data import zipped
from charts.export.page import PLOTLY_FILE, STYLE, foot, json_for_script, on_page, table
from charts.export.pairs import on_scales_of_pairs
from charts.export.site.contents import Page, chart_pages, definition_path, place_pages, place_path, places
from charts.export.site.pictures import PICTURED, WIDTH, picture_of, pictured
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.offline import boundaries, empty_topology
from pipeline import store
from pipeline.errors import UsageError
from pipeline.processed import Tables

MENU = {
    "index.html": "The gap",
    "map.html": "Map",
    "places.html": "Places",
    "takes.html": "What it would take",
    "deprivation.html": "Deprivation",
    "levers.html": "Levers",
    "methods.html": "Methods",
    "downloads.html": "Downloads",
}
"""File -> its words in the menu."""

_KINDS = {"region": "region", "combined-authority": "combined authority", "utla": "local authority"}

TEXTS = {"methods.html": "methods.md", "methods-of-levers.html": "levers.md"}
"""File -> the text in docs that it shows."""

_TEMPLATES = Path(__file__).with_name("templates")

_PICTURES_AT_ONCE = 10
"""How many pictures the browser is given at a time."""

Step = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A chart as a page shows it."""

    chart: Chart
    drawing: Drawing
    """What plotly.js draws."""
    live_view: str
    """Address of the same view on the dashboard; "" where it is not known."""
    picture: str = ""
    """The file of its picture, below the folder of the edition; "" where it has none."""


def write_site(
    tables: Tables, folder: Path, *, address: str = "", codes: Collection[str] = (), step: Step = lambda _: None
) -> int:
    """Write the static edition into a folder and return how many files it has.

    `address`: where the dashboard runs, for the links to the live view; "" where not known; `codes`: the places to write about; all
    where left out.

    Raises:
        ToolMissing: there is no Chromium to make the pictures with; nothing is written.
        PictureFailed: a picture cannot be made.
        StorageFailed: the folder cannot be written.
    """
    count = 0
    for path, content in _files(tables, address.rstrip("/"), codes, step):
        store.write_bytes(content, folder / path)
        count += 1
    return count


def _files(tables: Tables, address: str, codes: Collection[str], step: Step) -> Iterator[tuple[str, bytes]]:
    templates = _templates(tables, address)
    yield from _chart_files(tables, templates, address, codes, step)
    listed = [
        {"path": place_path(row["area_code"]), "name": row["area_name"], "level": _KINDS[row["area_type"]]}
        for row in places(tables, codes=codes).to_dict("records")
    ]
    yield _page_of_words(templates, "places.html", places=listed)
    for path, text in _texts().items():
        yield _page_of_words(templates, path, "methods.html", methods=text)
    yield _page_of_words(templates, "downloads.html", tables=tables.package["resources"])
    data = tables.files()
    yield "data.zip", zipped(data)
    yield from ((f"data/{name}", content) for name, content in data.items())
    yield from _shared_files()


def _page_of_words(templates: Environment, path: str, template: str = "", **told: object) -> tuple[str, bytes]:
    return path, templates.get_template(template or path).render(here=path, up="", **told).encode()


def _chart_files(
    tables: Tables, templates: Environment, address: str, codes: Collection[str], step: Step
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of charts, then their pictures, which the browser makes while the next pages are written."""
    template = templates.get_template("charts.html")
    orders: dict[str, Picture] = {}
    making: list[Future[dict[str, bytes]]] = []
    with Chromium() as browser, ThreadPoolExecutor(1) as beside:
        for one in (*chart_pages(), *place_pages(tables, codes=codes)):
            shown, missing = _drawn(one, tables, address)
            told = {"page": one, "answer": _answer(one, tables), "shown": shown, "missing": missing}
            more = {"here": one.path, "up": _up(one), "outlines": _outlines(shown)}
            yield one.path, template.render(**told, **more).encode()
            step("writing pages")
            orders |= {each.picture: picture_of(each.chart, each.drawing) for each in shown if each.picture}
            if len(orders) >= _PICTURES_AT_ONCE:
                making.append(beside.submit(pictured, browser, orders))
                orders = {}
        making.append(beside.submit(pictured, browser, orders))
        for some in making:
            yield from some.result().items()


def _texts() -> dict[str, str]:
    """File -> the text on methods that it shows, as HTML, with links to the others."""
    reader = MarkdownIt("commonmark").enable("table")
    found = {}
    for path, name in TEXTS.items():
        text = reader.render((store.DOCS_FOLDER / name).read_text(encoding="utf-8"))
        for other, its_name in TEXTS.items():
            text = text.replace(f'href="{its_name}', f'href="{other}')
        found[path] = text
    return found


def _shared_files() -> Iterator[tuple[str, bytes]]:
    """Yield what all pages share: styles, scripts, and each map's boundaries as a script, since a page on disk may fetch none."""
    yield "shared/plotly.min.js", PLOTLY_FILE.read_bytes()
    yield "shared/style.css", (STYLE + (_TEMPLATES / "site.css").read_text(encoding="utf-8")).encode()
    yield "shared/site.js", (_TEMPLATES / "site.js").read_bytes()
    for level in CHOICES["level"]:
        told = json.dumps(boundaries(f"{level}.geojson"), separators=(",", ":"))
        yield f"shared/{level}.js", f'(window.BOUNDARIES ??= {{}})["{level}.geojson"] = {told};\n'.encode()


def _templates(tables: Tables, address: str) -> Environment:
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {
        "menu": MENU,
        "definitions": {
            "index.html" if name == View().definition else definition_path(name): label
            for name, label in CHOICES["definition"].items()
        },
        "release": words.day(tables.release),
        "build": tables.build,
        "address": address,
        "topology": json_for_script(empty_topology()),
        "picture_width": WIDTH,
    }
    found.filters |= {
        "foot": foot,
        "figures": lambda chart: table(chart.table, caption=f"Data: {chart.title}"),
        "json": _told,
    }
    return found


def _drawn(page: Page, tables: Tables, address: str) -> tuple[list[Shown], list[str]]:
    """The charts of a page, and why others cannot be drawn, each reason once."""
    drawn, missing = [], []
    for shot in page.shots:
        try:
            drawn.append((shot, shot.chart(tables)))
        except UsageError as error:
            missing.append(error.what)
    shown = [
        _shown(shot, chart, address, f"pictures/{Path(page.path).stem}-{number}.svg" if number <= PICTURED else "")
        for number, (shot, chart) in enumerate(on_scales_of_pairs(drawn), start=1)
    ]
    return shown, list(dict.fromkeys(missing))


def _answer(page: Page, tables: Tables) -> list[str]:
    """What holds for women and for men in a place; of the gap the verdict alone, since its first charts say the rest."""
    if page.about is None:
        return []
    sentences = sentences_about(tables, page.about)
    return sentences if page.about.place else sentences[:1]


def _up(page: Page) -> str:
    """What leads from a page to the folder of the edition."""
    return "../" * page.path.count("/")


def _shown(shot: Shot, chart: Chart, address: str, picture: str) -> Shown:
    return Shown(
        chart=chart,
        drawing=on_page(chart.drawing),
        live_view=f"{address}/{shot.live_view}" if address else "",
        picture=picture,
    )


def _told(drawing: Drawing) -> str:
    return json_for_script({"data": drawing.traces, "layout": drawing.layout})


def _outlines(shown: list[Shown]) -> list[str]:
    """Names of the maps whose boundaries a page needs."""
    files = {
        Path(trace["geojson"]).stem
        for one in shown
        for trace in one.chart.drawing.traces
        if isinstance(trace.get("geojson"), str)
    }
    return sorted(files)
