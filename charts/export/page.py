"""A chart as a web page that works alone: the figure, its words, its table; nothing is fetched from anybody."""

import html
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import plotly

from charts.kit.chart import Chart
from charts.kit.drawing import Drawing, as_json
from charts.kit.framed import FONT, interval_note
from charts.kit.offline import empty_topology, with_boundaries

PLOTLY_FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

DRAW = """
const drawing = JSON.parse(document.getElementById("drawing").textContent);
window.PlotlyGeoAssets = {topojson: {world_110m: drawing.outlines}};
Plotly.newPlot("chart", drawing.data, drawing.layout, {displaylogo: false, responsive: true});
"""

STYLE = """
:root {color-scheme: light;}
body {font: 1rem/1.5 Arial, Helvetica, "Liberation Sans", sans-serif; color: #1b1b1b; background: #fff; max-width: 60rem;
 margin: 1.5rem auto; padding: 0 1rem;}
h1 {font-size: 1.9rem; line-height: 1.2;} h2 {font-size: 1.4rem; line-height: 1.25; margin: 2rem 0 0.2rem;}
h3 {font-size: 1.1rem; margin: 1rem 0 0.2rem;}
p {margin: 0.3rem 0;} .foot {font-size: 0.85rem; color: #444;} a {color: #005a8c;}
table {border-collapse: collapse; width: 100%; font-size: 0.9rem; margin: 0.6rem 0; font-variant-numeric: tabular-nums;}
caption {text-align: left; font-weight: bold; padding: 0.3rem 0;}
th, td {border-bottom: 1px solid #bbb; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top;}
thead th {border-bottom: 2px solid #1b1b1b;} .number {text-align: right;} td.number {white-space: nowrap;}
.sources {columns: 2; font-size: 0.8rem; line-height: 1.3;}
.wide {overflow-x: auto;} tbody th {font-weight: normal; min-width: 7em;}
figure {margin: 0;} img.chart {width: 100%; height: auto; display: block;} summary {cursor: pointer;}
.beside {display: grid; grid-template: repeat(4, auto) / 1fr 1fr; gap: 0 1.5rem;}
.beside article {display: grid; grid-template-rows: subgrid; grid-row: span 4; align-items: start;}
.brief .beside h2 {font-size: 1.1rem;}
@media print {body {max-width: none; margin: 0; padding: 0; font-size: 9.5pt; line-height: 1.35;}
 table, .sources {font-size: 8pt; margin: 0.2rem 0;} h1 {font-size: 17pt;} h2 {font-size: 13pt;}
 .brief .beside h2 {font-size: 10.5pt; margin: 4mm 0 0.5mm;} .beside {gap: 0 5mm;} .beside p {line-height: 1.2;}
 .foot {font-size: 7.5pt;} details {display: none;}
 .wide {overflow: visible;} th, td {padding: 0.15rem 0.3rem;} tbody th {min-width: 6em;}
 h2, h3, caption, thead {break-after: avoid;} ul {margin: 0.2rem 0;}
 tr, img, .beside, .wide:not(:has(tbody tr:nth-child(14))) {break-inside: avoid;} thead {display: table-header-group;}}
@page {size: A4; margin: 15mm 15mm;}
"""


def chart_page(chart: Chart, *, live_view: str = "", scripts: Sequence[str] = ()) -> str:
    """One HTML page with the chart to explore, its words, its caveats and its figures as a table.

    The figure stands in the page as data, not as code, so that the page also works where a server forbids code in pages.

    `live_view`: address of the same view on the dashboard, "" where not known; `scripts`: addresses of the scripts beside the
    page (`script_files`), written into the page where there are none.
    """
    drawn = on_page(chart.drawing)
    drawing = {"data": with_boundaries(drawn.traces), "layout": drawn.layout, "outlines": empty_topology()}
    code = "".join(
        f'<script src="{html.escape(name)}"></script>' if name in scripts else f"<script>{content}</script>"
        for name, content in script_files().items()
    )
    link = f'<p><a href="{html.escape(live_view)}">See this view on the dashboard</a></p>' if live_view else ""
    body = (
        f"<main><h1>{html.escape(chart.title)}</h1><p>{html.escape(chart.subtitle)}</p>"
        f'<div id="chart" role="img" aria-label="{html.escape(chart.alt)}"></div>'
        f"{foot(chart)}{caveats(chart)}{link}{table(chart.table, caption='The figures')}</main>"
    )
    data = f'<script type="application/json" id="drawing">{json_for_script(drawing)}</script>'
    return document(chart.title, body, end=f"{data}{code}")


def on_page(drawing: Drawing) -> Drawing:
    """The drawing as wide as its page, in faces that every machine has, its labels too."""
    label = drawing.layout.get("hoverlabel", {})
    return drawing.with_layout(
        font=drawing.layout.get("font", {}) | {"family": FONT},
        hoverlabel=label | {"font": label.get("font", {}) | {"family": FONT}},
        autosize=True,
    )


def script_files() -> dict[str, str]:
    """Name -> content of the scripts that a page needs, in order; safe to stand in a page as they are."""
    library = PLOTLY_FILE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    return {"plotly.min.js": library, "draw.js": DRAW}


def document(title: str, body: str, *, end: str = "") -> str:
    """A whole HTML document in our style."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head>\n<body>{body}{end}</body></html>\n"
    )


def foot(chart: Chart) -> str:
    """The settings with the interval note, and the source, as HTML."""
    settings = " ".join(text for text in (chart.settings, interval_note(chart)) if text)
    return f'<p class="foot">{html.escape(settings)}</p><p class="foot">{html.escape(chart.source)}</p>'


def caveats(chart: Chart) -> str:
    """Notes and limitations as an HTML list; "" where there is nothing."""
    if not chart.caveats:
        return ""
    return (
        f"<h3>Notes and limitations</h3><ul>{''.join(f'<li>{html.escape(text)}</li>' for text in chart.caveats)}</ul>"
    )


def table(figures: pd.DataFrame, *, caption: str) -> str:
    """A table as HTML with headings that screen readers tie to the cells."""
    numeric = [pd.api.types.is_numeric_dtype(figures.iloc[:, i]) for i in range(len(figures.columns))]
    heads = "".join(
        f'<th scope="col"{_number(is_number)}>{html.escape(str(name))}</th>'
        for name, is_number in zip(figures.columns, numeric, strict=True)
    )
    rows = "".join(_row(row, numeric) for row in figures.itertuples(index=False))
    return (
        f'<div class="wide"><table><caption>{html.escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(row: Sequence[object], numeric: Sequence[bool]) -> str:
    first, *others = (
        html.escape("none" if pd.isna(value) or value == "" else _shown(value))  # type: ignore[call-overload] # a scalar
        for value in row
    )
    cells = "".join(f"<td{_number(is_number)}>{cell}</td>" for cell, is_number in zip(others, numeric[1:], strict=True))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _shown(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def json_for_script(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    return as_json(value).replace("<", "\\u003c")
