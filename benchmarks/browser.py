"""Chromium as the measuring instrument: what a visitor waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from chromium import ARGUMENTS, installed
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, sync_playwright

from benchmarks.screens import KINDS, Kind

SCREEN_SIZE: ViewportSize = {"width": 1440, "height": 900}
MAIN = "[data-testid=stMain]"
QUIET_MILLISECONDS = 300

_RESTS = f"""() => {{
  const seen = window.__seen, app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState === "notRunning" && performance.now() - Math.max(seen.drawn, seen.input) > {QUIET_MILLISECONDS}
    && document.querySelector("{MAIN} h1") && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
    && [...document.querySelectorAll(".js-plotly-plot")].every((plot) => plot.querySelector(".main-svg"));
}}"""
"""Whether the screen has been made and its charts, where it has any, have been drawn."""

_DRAWN = """() => !document.querySelector(".js-plotly-plot") || window.__seen.drawn"""
"""Whether a chart was heard to be drawn, on a page that has any."""


@dataclass(frozen=True)
class View:
    """One view of a page; times in milliseconds from the start of the navigation."""

    answer: float
    drawn: float
    """When the last chart in view was drawn; 0 where there is none."""
    charts: int
    busy: float
    """Processor time of the page's main thread until it rested: hardly changed by what else the machine does."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a quiet Chromium."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=installed() or None, args=ARGUMENTS)
        yield browser
        browser.close()


def visitor(browser: Browser, *, answer: str) -> BrowserContext:
    """A browser with nothing kept yet, whose pages note when their answer (a CSS selector) appears."""
    context = browser.new_context(viewport=SCREEN_SIZE)
    script = (Path(__file__).parent / "instrument.js").read_text(encoding="utf-8")
    context.add_init_script(script.replace("__ANSWER__", answer))
    return context


class Meter:
    """The processor time that the main thread of a page has taken: scripts, styles and layout."""

    def __init__(self, page: Page) -> None:
        """Begin to count."""
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def milliseconds(self) -> float:
        """What it has taken so far."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def view(page: Page, address: str) -> View:
    """Open a page and wait until it rests."""
    meter = Meter(page)
    page.goto(address, wait_until="commit")
    page.wait_for_function(_RESTS, polling=50, timeout=60_000)
    page.wait_for_function(_DRAWN, polling=50, timeout=60_000)
    seen = page.evaluate("window.__seen")
    charts = page.locator(".js-plotly-plot").count()
    return View(answer=seen["answer"], drawn=seen["drawn"], charts=charts, busy=meter.milliseconds())


class Change(NamedTuple):
    """One change of a control, in milliseconds."""

    drawn: float
    """From the release of the pointer until all charts were drawn; 0 where none was."""
    busy: float
    """Processor time of the page's main thread from the click until it rested."""


class Control:
    """One control of a page, changed by a click as a visitor would."""

    def __init__(self, page: Page, kind: Kind | None = None) -> None:
        """Take the first control of a kind; of neither in particular, the first row of buttons, else the first list.

        What "Change settings" holds counts where the page itself has none.

        Raises:
            LookupError: there is none.
        """
        self._page, self._meter = page, Meter(page)
        self._settings = page.get_by_role("button", name="Change settings")
        self._within = page.locator(MAIN)
        if not self._count(kind) and self._settings.count():
            self._within = page.locator("[data-testid=stPopoverBody]")
            self._show()
        if not self._count(kind):
            raise LookupError(page.url)
        self.kind: Kind = kind or ("buttons" if self._buttons.count() else "list")
        if self.kind == "buttons":
            choices = list(range(self._buttons.get_by_role("radio").count()))
        else:
            choices = list(range(min(6, self._open().count())))
            page.keyboard.press("Escape")
        self._turns = cycle(choices[1:] + choices[:1])

    def change(self) -> Change:
        """Choose the next possibility and wait until the page rests."""
        number = next(self._turns)
        self._show()
        before = self._meter.milliseconds()
        if self.kind == "buttons":
            radio = self._buttons.get_by_role("radio").nth(number)
            radio.locator("xpath=ancestor-or-self::*[self::button or self::label][1]").click()
        else:
            self._open().nth(number).click()
        self._page.wait_for_function(_RESTS, polling=50, timeout=60_000)
        seen = self._page.evaluate("window.__seen")
        return Change(max(0.0, float(seen["drawn"] - seen["input"])), self._meter.milliseconds() - before)

    @property
    def _buttons(self) -> Locator:
        return self._within.get_by_role("radiogroup").first

    @property
    def _list(self) -> Locator:
        return self._within.locator(".stSelectbox").get_by_role("combobox").first

    def _count(self, kind: Kind | None) -> int:
        return sum({"buttons": self._buttons, "list": self._list}[one].count() for one in ([kind] if kind else KINDS))

    def _show(self) -> None:
        """Open "Change settings" where the control is in it, unless it is open."""
        if self._within.get_by_role("combobox").count() + self._buttons.count() == 0:
            self._settings.click()
            self._within.get_by_role("combobox").first.wait_for()

    def _open(self) -> Locator:
        self._list.click()
        options = self._page.get_by_role("option")
        options.first.wait_for()
        return options
