"""Chromium as the measuring instrument: what a visitor waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from chromium import ARGUMENTS, installed
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, sync_playwright

from benchmarks.screens import Kind

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


def view(page: Page, address: str) -> View:
    """Open a page and wait until it rests."""
    page.goto(address, wait_until="commit")
    page.wait_for_function(_RESTS, polling=50, timeout=60_000)
    page.wait_for_function(_DRAWN, polling=50, timeout=60_000)
    seen = page.evaluate("window.__seen")
    return View(answer=seen["answer"], drawn=seen["drawn"], charts=page.locator(".js-plotly-plot").count())


class Control:
    """One control of a page, changed by a click as a visitor would."""

    def __init__(self, page: Page, kind: Kind | None = None) -> None:
        """Take the first control of a kind; of neither in particular, the first row of buttons, else the first list.

        Raises:
            LookupError: there is none.
        """
        self._page = page
        self._buttons = page.locator(f"{MAIN} [role=radiogroup]").first
        self._list = page.locator(f"{MAIN} [role=combobox]").first
        self.kind: Kind = kind or ("buttons" if self._buttons.count() else "list")
        if self.kind == "list" and not self._list.count():
            raise LookupError(page.url)
        if self.kind == "buttons":
            choices = list(range(self._buttons.get_by_role("radio").count()))
        else:
            choices = list(range(min(6, self._open().count())))
            page.keyboard.press("Escape")
        self._turns = cycle(choices[1:] + choices[:1])

    def change(self) -> float:
        """Choose the next possibility; return the milliseconds until all charts were drawn, 0 where none was."""
        number = next(self._turns)
        if self.kind == "buttons":
            radio = self._buttons.get_by_role("radio").nth(number)
            radio.locator("xpath=ancestor-or-self::*[self::button or self::label][1]").click()
        else:
            self._open().nth(number).click()
        self._page.wait_for_function(_RESTS, polling=50, timeout=60_000)
        seen = self._page.evaluate("window.__seen")
        return max(0.0, float(seen["drawn"] - seen["input"]))

    def _open(self) -> Locator:
        self._list.click()
        options = self._page.get_by_role("option")
        options.first.wait_for()
        return options
