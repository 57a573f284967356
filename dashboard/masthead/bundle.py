"""The data and charts of a screen in one file, made when it is asked for."""

import re
from collections.abc import Mapping
from functools import partial

from charts.export.data import zipped
from charts.export.inert import inert
from charts.export.page import chart_page, script_files
from charts.kit.chart import Chart
from dashboard import screen
from dashboard.masthead import share
from dashboard.saving import download
from pipeline.processed import Tables


def button(figures: Tables, shown: screen.Screen, *, title: str) -> None:
    """Show the button that hands out the data and charts of a screen, if it has charts."""
    charts = {one.file_stem: one for one in shown.made}
    if not charts:
        return
    about = readme(charts, title=title, build=figures.build, address=share.address(shown))
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    download.button(
        "Download",
        partial(bundle, charts, about),
        f"{name}-{figures.build}.zip",
        icon=":material/download:",
        help="The charts of this screen and the figures behind them, in one zip file.",
    )


def bundle(charts: Mapping[str, Chart], about: str) -> bytes:
    """Each chart as a page that opens without a connection, and its figures as CSV, in one zip file."""
    scripts = script_files()
    files = {"README.txt": about.encode()} | {name: text.encode() for name, text in scripts.items()}
    for name, chart in charts.items():
        files[f"{name}.html"] = chart_page(chart, scripts=tuple(scripts)).encode()
        files[f"{name}.csv"] = chart.table.map(inert).to_csv(index=False).encode("utf-8-sig")
    return zipped(files)


def readme(charts: Mapping[str, Chart], *, title: str, build: str, address: str) -> str:
    """What the file holds, with the settings and source of each chart."""
    lines = [f"{title}. Healthy life expectancy gap, build {build}.", address, ""]
    for name, chart in charts.items():
        lines += [f"{name}.html, {name}.csv", chart.title, chart.subtitle, chart.settings, chart.source, ""]
    return "\n".join(line.strip() for line in lines)
