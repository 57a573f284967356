"""A tab in which everything that goes wrong is written down."""

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

DESK, PHONE, ZOOMED = 1440, 390, 640
"""Widths of screens; the last is that of a small desk, 1280 pixels, whose text is twice as large."""


@dataclass
class Tab:
    """A page and what was noticed in it."""

    page: Page
    console_errors: list[str] = field(default_factory=list)
    other_hosts: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    """Messages that the server sent, in order, as they are before compression."""


@cache
def _one_visitor(browser: Browser) -> BrowserContext:
    """A visitor whose browser keeps Streamlit's scripts between tabs: loading them anew is most of what a tab costs."""
    return browser.new_context(locale="en-GB")


def open_tab(browser: Browser, address: str, *, width: int = DESK, dark: bool = False) -> Tab:
    """Open an empty tab that will watch all traffic; `address` is the only host that it may talk to."""
    page = _one_visitor(browser).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")
    tab = Tab(page)
    host = urlsplit(address).netloc
    page.on("console", lambda message: tab.console_errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: tab.console_errors.append(str(error)))
    page.on(
        "request",
        lambda request: (
            tab.other_hosts.append(request.url)
            if urlsplit(request.url).scheme in {"http", "https", "ws", "wss"} and urlsplit(request.url).netloc != host
            else None
        ),
    )
    page.on("requestfailed", lambda request: tab.failed.append(request.url))
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: tab.received.append(frame if isinstance(frame, bytes) else frame.encode())
        ),
    )
    return tab


CALM = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const whole = chart => {
        const drawn = chart.querySelector(".main-svg");
        return drawn && (drawn.clientWidth === chart.clientWidth || chart.closest(".st-key-preview, .st-key-stage"));
    };
    const calm = main && !document.querySelector("[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale='true']")
        && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
        && main.querySelector(".stPlotlyChart, .data-table, [data-testid=stAlert], .chart-foot")
        && [...main.querySelectorAll(".stPlotlyChart")].every(whole)
        && document.getAnimations().every(one => one.playState !== "running");
    window.calmSince = calm ? (window.calmSince ?? performance.now()) : null;
    return calm && performance.now() - window.calmSince > 400;
}"""
"""Whether nothing is under way, and nothing has been for as long as one run may take to follow another: no run of the screen, no
chart to draw for its width, nothing that fades."""


def wait_until_drawn(page: Page) -> None:
    """Wait until the server has finished the screen, every chart on it is drawn, and nothing moves any more."""
    page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
    page.evaluate("window.calmSince = null")
    page.wait_for_function(CALM, timeout=60_000)
