"""The static edition: how long it takes to write, how large it is, and how soon its first chart is there."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browser import MAIN, QUIET_MILLISECONDS, chromium, view, visitor
from benchmarks.measured import Part, Row, median
from benchmarks.servers import ROOT, dashboard

TURNS = 5
_DRAWN = f"() => window.__seen.drawn && performance.now() - window.__seen.drawn > {QUIET_MILLISECONDS}"


def measure(turns: int = TURNS) -> Part:
    """Write the whole edition, then open its first page and the first screen of the dashboard by turns."""
    part = Part(
        "Static edition",
        f"`python -m charts site` once, for all places. Then medians of {turns} first views by turns, each with an empty cache: "
        "the first page of the edition from the disk, and the first screen of the dashboard, until the charts in view are drawn.",
    )
    with tempfile.TemporaryDirectory() as name, dashboard() as live, chromium() as browser:
        folder = Path(name)
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "charts", "site", "--out", name], cwd=ROOT, check=True, capture_output=True
        )
        seconds = time.perf_counter() - begun
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        own, other = [], []
        _live(browser, live.address)  # the first of all loads what all need
        for _ in range(turns):
            own.append(_from_disk(browser, (folder / "index.html").as_uri()))
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
    ]
    return part


def _from_disk(browser: Browser, address: str) -> float:
    context = visitor(browser, answer="main h1")
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function(_DRAWN, polling=50, timeout=60_000)
    drawn: float = page.evaluate("window.__seen.drawn")
    context.close()
    return drawn


def _live(browser: Browser, address: str) -> float:
    context = visitor(browser, answer=f"{MAIN} h1")
    drawn = view(context.new_page(), f"{address}/").drawn
    context.close()
    return drawn
