"""Writes the static edition: every page from a template, one copy of plotly.js and of each map for all of them."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from charts.catalogue.catalogue import Shot
from charts.catalogue.choices import CHOICES
from charts.catalogue.view import View
from charts.export.data import zipped
from charts.export.page import PLOTLY_FILE, STYLE, foot, json_for_script, table
from charts.export.site.contents import Page, chart_pages, definition_path, place_pages, place_path, places
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.framed import FONT
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

Step = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A chart as a page shows it."""

    chart: Chart
    drawing: str
    """What plotly.js draws, as JSON."""
    live_view: str
    """Address of the same view on the dashboard; "" where it is not known."""


def write_site(
    tables: Tables, folder: Path, *, address: str = "", codes: Collection[str] = (), step: Step = lambda _: None
) -> int:
    """Write the static edition into a folder and return how many files it has.

    `address`: where the dashboard runs, for the links to the live view; "" where not known; `codes`: the places to write about; all
    where left out.

    Raises:
        StorageFailed: the folder cannot be written.
    """
    count = 0
    for path, content in _files(tables, address.rstrip("/"), codes, step):
        store.write_bytes(content, folder / path)
        count += 1
    return count


def _files(tables: Tables, address: str, codes: Collection[str], step: Step) -> Iterator[tuple[str, bytes]]:
    templates = _templates(tables, address)
    page = templates.get_template("charts.html")
    for one in (*chart_pages(), *place_pages(tables, codes=codes)):
        shown, missing = _drawn(one, tables, address)
        told = {"page": one, "shown": shown, "missing": missing, "up": _up(one), "outlines": _outlines(shown)}
        yield one.path, page.render(**told).encode()
        step("writing pages")
    listed = [
        {"path": place_path(row["area_code"]), "name": row["area_name"], "level": _KINDS[row["area_type"]]}
        for row in places(tables, codes=codes).to_dict("records")
    ]
    yield "places.html", templates.get_template("places.html").render(places=listed, up="").encode()
    for path, text in _texts().items():
        yield path, templates.get_template("methods.html").render(methods=text, up="").encode()
    data = tables.files()
    downloads = templates.get_template("downloads.html").render(tables=tables.package["resources"], up="")
    yield "downloads.html", downloads.encode()
    yield "data.zip", zipped(data)
    yield from ((f"data/{name}", content) for name, content in data.items())
    yield from _shared_files()


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
    }
    found.filters |= {"foot": foot, "figures": lambda chart: table(chart.table, caption=f"Data: {chart.title}")}
    return found


def _drawn(page: Page, tables: Tables, address: str) -> tuple[list[Shown], list[str]]:
    """The charts of a page, and why others cannot be drawn, each reason once."""
    shown, missing = [], []
    for shot in page.shots:
        try:
            shown.append(_shown(shot, tables, address))
        except UsageError as error:
            missing.append(error.what)
    return shown, list(dict.fromkeys(missing))


def _up(page: Page) -> str:
    """What leads from a page to the folder of the edition."""
    return "../" * page.path.count("/")


def _shown(shot: Shot, tables: Tables, address: str) -> Shown:
    chart = shot.chart(tables)
    return Shown(
        chart=chart,
        drawing=json_for_script(_told(chart.drawing)),
        live_view=f"{address}/{shot.live_view}" if address else "",
    )


def _told(drawing: Drawing) -> Mapping[str, Any]:
    layout = {**drawing.layout, "font": {**drawing.layout.get("font", {}), "family": FONT}, "autosize": True}
    return {"data": drawing.traces, "layout": layout}


def _outlines(shown: list[Shown]) -> list[str]:
    """Names of the maps whose boundaries a page needs."""
    files = {
        Path(trace["geojson"]).stem
        for one in shown
        for trace in one.chart.drawing.traces
        if isinstance(trace.get("geojson"), str)
    }
    return sorted(files)
