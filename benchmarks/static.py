"""The static edition: how long it takes to write, how large it is, how soon its first charts are seen and answer to the pointer."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browser import MAIN, chromium, view, visitor
from benchmarks.measured import Part, Row, median
from benchmarks.servers import ROOT, dashboard

TURNS = 5
LAST_POINT = (466, 88)
"""Where the newest figure is in the first chart, in pixels from its upper left corner."""
_SEEN = """
(() => {
  const inView = (one) => { const {top, bottom} = one.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
  const isDrawn = (one) => {
    const picture = one.querySelector("img"), {width, height} = (picture ?? one).getBoundingClientRect();
    return (picture ? picture.complete && picture.naturalWidth : one.querySelector(".main-svg")) && width && height;
  };
  const look = () => {
    const charts = [...document.querySelectorAll(".drawing")].filter(inView);
    const all = document.readyState !== "loading" && charts.length && charts.every(isDrawn);
    // two frames on, what was there has been painted
    requestAnimationFrame(all ? () => requestAnimationFrame(() => { window.__painted = performance.now(); }) : look);
  };
  look();
  addEventListener("pointerenter", ({target, timeStamp}) => {
    if (target.className === "drawing") window.__pointed ??= timeStamp;
  }, true);
  const listen = () => {
    const answers = window.__pointed && document.querySelector(".hoverlayer .hovertext");
    if (answers) window.__answered = performance.now();
    else requestAnimationFrame(listen);
  };
  listen();
})();
"""
"""Notes when every chart in view has been painted, as a picture or by plotly.js, when the pointer came to one, and when its label
stood there."""


def measure(turns: int = TURNS) -> Part:
    """Write the whole edition, then open its first page and the first screen of the dashboard by turns."""
    part = Part(
        "Static edition",
        f"`python -m charts site` once, for all places. Then medians of {turns} first views by turns, each with an empty cache: "
        "the first page of the edition from the disk, until the charts in view are painted, and the first screen of the dashboard, "
        "until they are drawn. The edition shows pictures first: the last row is how long a chart then takes to load plotly.js, draw "
        "itself and label the point that the pointer rests on.",
    )
    with tempfile.TemporaryDirectory() as name, dashboard() as live, chromium() as browser:
        folder = Path(name)
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "charts", "site", "--out", name], cwd=ROOT, check=True, capture_output=True
        )
        seconds = time.perf_counter() - begun
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        own, answers, other = [], [], []
        _live(browser, live.address)  # the first of all loads what all need
        for _ in range(turns):
            painted, answered = _from_disk(browser, (folder / "index.html").as_uri())
            own.append(painted)
            answers.append(answered)
            other.append(_live(browser, live.address))
    part.rows += [
        Row(what="to write it", value=seconds, unit="s", most=60),
        Row(what="its size", value=size / 1e6, unit="MB", most=60),
        Row(
            what="first view, to the charts in view",
            value=median(own),
            unit="ms",
            reference=median(other),
            most_times=0.35,
        ),
        Row(what="from pointing at a chart until it answers", value=median(answers), unit="ms"),
    ]
    return part


def _from_disk(browser: Browser, address: str) -> tuple[float, float]:
    """How long until the charts in view are painted; and from the pointer's coming to one until it answers."""
    context = visitor(browser, answer="main h1")
    context.add_init_script(_SEEN)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.__painted", polling=50, timeout=60_000)
    chart = page.locator(".drawing").first.bounding_box()
    assert chart
    page.mouse.move(chart["x"] + LAST_POINT[0], chart["y"] + LAST_POINT[1])
    page.wait_for_function("window.__answered", polling=50, timeout=60_000)
    painted, answered = page.evaluate("[window.__painted, window.__answered - window.__pointed]")
    context.close()
    return painted, answered


def _live(browser: Browser, address: str) -> float:
    context = visitor(browser, answer=f"{MAIN} h1")
    drawn = view(context.new_page(), f"{address}/").drawn
    context.close()
    return drawn
