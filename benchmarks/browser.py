"""Chromium as the measuring instrument: what a visitor waits for, and what is sent to them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from benchmarks.servers import ROOT

sys.path.append(str(ROOT / "tests"))
from chromium import ARGUMENTS, installed

CHART = ".js-plotly-plot .trace, .js-plotly-plot .choroplethlayer path"
SCREEN_SIZE: ViewportSize = {"width": 1440, "height": 900}
LONGEST_WAIT_MILLISECONDS = 60_000
QUIET_MILLISECONDS = 200

_SETTLED = f"""() => {{
  const seen = window.__seen;
  const app = document.querySelector("[data-testid=stApp]");
  const resting = app && app.dataset.testScriptState === "notRunning";
  return resting && seen.first > seen.input && performance.now() - seen.drawn > {QUIET_MILLISECONDS};
}}"""


@dataclass(frozen=True)
class View:
    """One view of a page; times in milliseconds from the start of the navigation."""

    answer: float
    chart: float
    largest_paint: float
    layout_shift: float
    long_tasks: float
    requests: int
    bytes_raw: int
    bytes_sent: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a quiet Chromium."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=installed() or None, args=ARGUMENTS)
        yield browser
        browser.close()


def visitor(browser: Browser, *, answer: str) -> BrowserContext:
    """Return a browser with nothing kept yet, whose pages note when their answer (a CSS selector) appears."""
    context = browser.new_context(viewport=SCREEN_SIZE)
    script = (Path(__file__).parent / "instrument.js").read_text(encoding="utf-8")
    context.add_init_script(script.replace("__ANSWER__", answer).replace("__CHART__", CHART))
    return context


def view(context: BrowserContext, address: str, *, until: str = "chart") -> View:
    """Open a page in a new tab, wait for its chart (or answer, or end of the run), and close the tab."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sent, raw, asked = [], [], []
    wire.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    wire.on("Network.dataReceived", lambda event: raw.append(event["dataLength"]))
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["requestId"]))
    wire.on("Network.webSocketFrameReceived", lambda event: raw.append(_frame_bytes(event)))
    wire.on("Network.webSocketFrameReceived", lambda event: sent.append(_frame_bytes(event)))
    wire.send("Network.enable")
    page.goto(address, wait_until="commit")
    seen = wait_until_seen(page, until)
    page.wait_for_timeout(500)  # what comes after: other charts, the paint that counts as largest
    seen = page.evaluate("window.__seen")
    page.close()
    return View(
        answer=seen["answer"] or float("nan"),
        chart=seen["chart"] or float("nan"),
        largest_paint=seen["lcp"],
        layout_shift=seen["shift"],
        long_tasks=seen["long"],
        requests=len(asked),
        bytes_raw=sum(raw),
        bytes_sent=sum(sent),
    )


def wait_until_seen(page: Page, what: str, *, longest: int = LONGEST_WAIT_MILLISECONDS) -> dict[str, float]:
    """Wait until the page has noted something.

    Raises:
        TimeoutError: it did not come.
    """
    for _ in range(longest // 20):
        seen: dict[str, float] = page.evaluate("window.__seen ?? {}")
        if seen.get(what):
            return seen
        page.wait_for_timeout(20)
    raise TimeoutError(f"{page.url}: no {what}")


@dataclass(frozen=True)
class Redraw:
    """What a visitor waited for after a key or click, in milliseconds from it."""

    first: float
    """Until the first chart was seen to change."""
    last: float
    """Until the last chart of the screen was drawn."""


def settled(page: Page) -> Redraw:
    """Wait until the charts are drawn after the last key or click; return how long that took.

    Raises:
        TimeoutError: no chart was drawn.
    """
    for _ in range(LONGEST_WAIT_MILLISECONDS // 20):
        if page.evaluate(_SETTLED):
            seen = page.evaluate("window.__seen")
            return Redraw(first=seen["first"] - seen["input"], last=seen["drawn"] - seen["input"])
        page.wait_for_timeout(20)
    raise TimeoutError(f"{page.url}: no chart was drawn again")


def watch_changes(page: Page) -> None:
    """Let a screen without charts count as drawn whenever something on it has changed."""
    page.evaluate("""() => new MutationObserver(() => {
      const seen = window.__seen;
      seen.drawn = performance.now();
      seen.first ||= seen.drawn;
    }).observe(document.querySelector("[data-testid=stMain]"), {subtree: true, childList: true, characterData: true})""")


def _frame_bytes(event: dict[str, dict[str, object]]) -> int:
    payload, binary = str(event["response"]["payloadData"]), event["response"]["opcode"] == 2
    return len(payload) * 3 // 4 if binary else len(payload)
