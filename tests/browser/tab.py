"""A tab in which everything that goes wrong is written down."""

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, TimeoutError, WebSocket

DESK, PHONE, ZOOMED = 1440, 390, 640
"""Widths of screens; the last is that of a small desk, 1280 pixels, whose text is twice as large."""


@dataclass(eq=False)
class Tab:
    """A page and what was noticed in it."""

    page: Page
    host: str = ""
    """The only host that it may talk to."""
    console_errors: list[str] = field(default_factory=list)
    other_hosts: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    """Messages that the server sent, in order, as they are before compression."""

    def forget(self) -> None:
        """Forget what was noticed."""
        for noticed in (self.console_errors, self.other_hosts, self.failed, self.received):
            noticed.clear()

    def watch(self) -> None:
        """Notice all traffic and every error from now on."""
        page = self.page
        page.on("console", self._read)
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        page.on("request", lambda request: None if self._own(request.url) else self.other_hosts.append(request.url))
        page.on("requestfailed", lambda request: self.failed.append(request.url))
        page.on("websocket", self._connected)

    def _read(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.location["url"].endswith("/favicon.ico"):  # asked for where a tab is left
            self.console_errors.append(said.text)

    def _connected(self, socket: WebSocket) -> None:
        if not self._own(socket.url):
            self.other_hosts.append(socket.url)
        socket.on("framereceived", self._receive)

    def _own(self, url: str) -> bool:
        address = urlsplit(url)
        return address.scheme not in {"http", "https", "ws", "wss"} or address.netloc == self.host

    def _receive(self, frame: str | bytes) -> None:
        self.received.append(frame if isinstance(frame, bytes) else frame.encode())


_IN_USE: dict[Page, Tab] = {}
_LEFT: list[Tab] = []
"""Tabs that tests have left. The next test goes on in one, where the scripts are compiled: that is half of what a tab costs."""


@cache
def _one_visitor(browser: Browser) -> BrowserContext:
    """A visitor whose browser keeps Streamlit's scripts between tabs."""
    return browser.new_context(locale="en-GB")


def _new(browser: Browser) -> Tab:
    tab = Tab(_one_visitor(browser).new_page())
    tab.watch()
    return tab


def open_tab(browser: Browser, address: str, *, width: int = DESK, dark: bool = False, fresh: bool = False) -> Tab:
    """Open a tab that watches all traffic; `address` is the only host that it may talk to.

    A fresh one has no history, of which a browser keeps 50 entries.
    """
    tab = _LEFT.pop() if _LEFT and not fresh else _new(browser)
    tab.host = urlsplit(address).netloc
    tab.page.bring_to_front()  # a browser gives the tabs behind less of the processor
    tab.page.set_viewport_size({"width": width, "height": 900})
    tab.page.emulate_media(
        media="null", color_scheme="dark" if dark else "light", reduced_motion="null", forced_colors="null"
    )
    _IN_USE[tab.page] = tab
    return tab


def leave(page: Page) -> None:
    """Leave a tab to the next test: nothing runs in it, nothing is kept of what it showed."""
    tab = _IN_USE.pop(page)
    page.unroute_all()
    page.goto(f"http://{tab.host}/healthz")
    page.evaluate("sessionStorage.clear()")
    tab.forget()
    _LEFT.append(tab)


CALM = """milliseconds => {
    const main = document.querySelector("[data-testid=stMain]");
    const charts = [...main?.querySelectorAll(".stPlotlyChart") ?? []];
    const whole = chart => {
        const drawn = chart.querySelector(".main-svg");
        return drawn && (drawn.clientWidth === chart.clientWidth || chart.closest(".st-key-preview, .st-key-stage"));
    };
    const met = {
        "no status, skeleton or stale part":
            !document.querySelector("[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale='true']"),
        "no run": document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning",
        "a chart, a table or words": main?.querySelector(".stPlotlyChart, .data-table, [data-testid=stAlert], .chart-foot"),
        "every chart is drawn": charts.every(whole),
        "every script is there": [...document.scripts].every(one => !one.src || performance.getEntriesByName(one.src).length),
        "nothing fades": document.getAnimations().every(one => one.playState !== "running"),
    };
    window.awaited = Object.keys(met).filter(name => !met[name]);
    window.calmSince = window.awaited.length ? null : (window.calmSince ?? performance.now());
    return window.calmSince !== null && performance.now() - window.calmSince > milliseconds;
}"""
"""Whether nothing is under way, and nothing has been for some time: no run of the screen, no script to fetch (leaving would
cut it off), no chart to draw for its width, nothing that fades."""
BETWEEN_RUNS, BETWEEN_FRAMES = 400, 100
"""How long one run of a screen may take to follow another, and one drawing for a new width another, milliseconds."""


def wait_until_drawn(page: Page, *, calm: int = BETWEEN_RUNS) -> None:
    """Wait until the server has finished the screen, every chart on it is drawn, and nothing has moved for some milliseconds."""
    page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
    page.evaluate("window.calmSince = null")
    try:
        page.wait_for_function(CALM, arg=calm, timeout=60_000, polling=50)
    except TimeoutError as late:
        late.add_note(f"Still awaited at {page.url}: {page.evaluate('window.awaited')}")
        raise
