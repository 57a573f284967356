"""Pictures of the charts that a page opens with, so that they are seen before plotly.js is loaded."""

from collections.abc import Mapping
from dataclasses import replace

from charts.export.chromium import Chromium, Picture
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.media import PRINT
from pipeline.errors import PictureFailed

PICTURED = 2
"""How many charts of a page have a picture: on a screen of 1440 by 900 no other is in view, or near it, on opening."""

WIDTH = 960
"""Width of a picture in pixels: as wide as a page (60rem), so that it is shown as plotly.js would draw it there."""


def picture_of(chart: Chart, drawing: Drawing) -> Picture:
    """The order for the picture of a chart, drawn as the page would draw it."""
    return Picture(
        drawing=drawing.with_layout(width=WIDTH, autosize=False),
        medium=replace(PRINT, width=WIDTH, height=drawing.layout["height"], scale=1),
        formats=("svg",),
        title=chart.title,
        alt=chart.alt,
    )


def pictured(browser: Chromium, orders: Mapping[str, Picture]) -> dict[str, bytes]:
    """The SVG for each file that is named.

    Raises:
        PictureFailed: one of them cannot be made.
    """
    made = dict(zip(orders, browser.pictures(orders.values()), strict=True))
    for path, one in made.items():
        if one.problem:
            raise PictureFailed(
                f"{path} could not be drawn: {one.problem}.", do="Run the command again; then report this."
            )
    return {path: one.files["svg"] for path, one in made.items()}
