"""One headless Chromium for a whole run: figures to PNG, SVG and PDF, and pages to PDF; it can reach no network."""

import asyncio
import base64
import os
import shutil
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import plotly.graph_objects as go

from charts.kit.framed import scale_of
from charts.kit.media import Medium
from charts.kit.offline import TOPOLOGY_FILE, with_boundaries
from pipeline.errors import ToolMissing

PictureFormat = Literal["png", "svg", "pdf"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NOWHERE = "127.0.0.1:9"
"""A proxy that nobody listens at: what is not on this machine cannot be asked for."""

_SECONDS = 90
_PICTURES_A_PAGE = 40
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture to be made: a framed figure, its shape and format."""

    figure: go.Figure
    medium: Medium
    format: PictureFormat


def _patient_kaleido() -> Any:
    """Return Kaleido's browser, changed to load its page anew only now and then.

    Kaleido reloads the page with plotly.js after every picture, which takes four times as long as the picture. plotly.js
    clears up after itself, so a fresh page every `_PICTURES_A_PAGE` pictures is plenty.
    """
    import kaleido  # noqa: PLC0415 - takes a quarter of a second, and only pictures need it

    class PatientKaleido(kaleido.Kaleido):  # type: ignore[misc] # the library is not typed
        made = 0

        async def _return_kaleido_tab(self, tab: Any) -> None:
            self.made += 1
            if self.made % _PICTURES_A_PAGE:
                await self.tabs_ready.put(tab)
            else:
                await super()._return_kaleido_tab(tab)

    return PatientKaleido


def chromium_path() -> str:
    """Return where Chromium is: BROWSER_PATH or CHROMIUM where set, else the first known name on the path, else ""."""
    chosen = os.environ.get("BROWSER_PATH") or os.environ.get("CHROMIUM") or ""
    if chosen:
        return chosen if Path(chosen).is_file() else ""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


class Chromium:
    """A running browser, used as a context manager.

    Raises:
        ToolMissing: there is no Chromium, or it does not start; raised on entry.
    """

    def __init__(self, *, tabs: int = 2) -> None:
        """Prepare for `tabs` pictures at a time."""
        self._tabs = tabs
        self._loop: asyncio.AbstractEventLoop
        self._thread: Thread
        self._kaleido: Any = None

    def __enter__(self) -> Self:
        """Start the browser."""
        path = chromium_path()
        if not path:
            raise ToolMissing(
                "Chromium was not found, and it is needed for PNG, SVG and PDF files and for maps in slides.",
                where="BROWSER_PATH, and chromium, google-chrome and msedge on the path",
                do="Install it (Debian, Ubuntu: `sudo apt-get install chromium`; macOS: `brew install --cask chromium`), or "
                "set BROWSER_PATH to a Chrome or Edge you have. Without it, `--format html`, `xlsx` and `csv` work, "
                "and every chart on the dashboard can be saved as PNG or SVG in the browser.",
            )
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="chromium", daemon=True)
        self._thread.start()
        try:
            browser = _patient_kaleido()(n=self._tabs, mathjax=False, timeout=_SECONDS, path=path, proxy_server=NOWHERE)
            self._call(browser.open())
        except Exception as error:
            self._stop_thread()
            raise ToolMissing(
                f"Chromium is there but did not start: {error}.",
                where=path,
                do="Run it once by hand with `--headless --version`; on a server it may need libraries that "
                "`sudo apt-get install chromium` brings.",
            ) from error
        self._kaleido = browser
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the browser."""
        try:
            self._call(self._kaleido.close())
        finally:
            self._stop_thread()

    def pictures(self, wanted: Iterable[Picture], *, done: Callable[[], None] = lambda: None) -> list[bytes]:
        """Return each picture as the bytes of its file, in order; `done` is called once for each."""
        futures: list[Future[bytes]] = []
        for picture in wanted:
            future = self._start(self._picture(picture))
            future.add_done_callback(lambda _: done())
            futures.append(future)
        return [future.result() for future in futures]

    def page_as_pdf(self, page: Path) -> bytes:
        """Return an HTML file printed as PDF, by the paper size and margins that its style names."""
        return self._call(self._print(page.resolve().as_uri()))

    async def _picture(self, picture: Picture) -> bytes:
        found: bytes = await self._kaleido.calc_fig(
            with_boundaries(picture.figure),
            opts={
                "format": picture.format,
                "width": picture.figure.layout.width,
                "height": picture.figure.layout.height,
                "scale": scale_of(picture.figure, picture.medium),
            },
            topojson=f"{TOPOLOGY_FILE.parent.as_uri()}/",
        )
        return found

    async def _print(self, address: str) -> bytes:
        tab = await self._kaleido.create_tab(url="", window=True)
        try:
            await tab.send_command("Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await tab.send_command("Page.navigate", params={"url": address})
            await asyncio.wait_for(loaded, _SECONDS)
            answer = await tab.send_command(
                "Page.printToPDF",
                params={"printBackground": True, "preferCSSPageSize": True, "generateTaggedPDF": True},
            )
            return base64.b64decode(answer["result"]["data"])
        finally:
            await self._kaleido.close_tab(tab)

    def _start(self, work: Coroutine[Any, Any, _T]) -> "Future[_T]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _call(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self._start(work).result()

    def _stop_thread(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
