"""One headless Chromium for a whole run: figures to PNG, SVG and PDF, and pages to PDF; it can reach no network."""

import asyncio
import base64
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
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

TOPOLOGY = f"{TOPOLOGY_FILE.parent.as_uri()}/"

_SECONDS = 90
_DRAW = """async function (figure, format, width, height, scale, topojsonURL) {
    const config = {topojsonURL, plotGlPixelRatio: scale * 2};
    return await Plotly.toImage({...figure, config}, {format, width, height, scale, imageDataOnly: true, setBackground: ""});
}"""
"""Draws as Kaleido does, without its fresh page for every picture, which takes longer than the picture."""
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture to be made: a framed figure, its shape and format."""

    figure: go.Figure
    medium: Medium
    format: PictureFormat


def chromium_path() -> str:
    """Where Chromium is: BROWSER_PATH or CHROMIUM where set, else the first known name on the path, else ""."""
    chosen = os.environ.get("BROWSER_PATH") or os.environ.get("CHROMIUM") or ""
    if chosen:
        return chosen if Path(chosen).is_file() else ""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


class Chromium:
    """A running browser, used as a context manager.

    Kaleido's own `calc_fig_sync` gives no access to the browser, which also prints pages; so the browser is opened here, in
    an event loop that lives as long as it does (https://github.com/plotly/Kaleido#readme, "Async"). The loop has a thread of
    its own, since a caller may run in a loop already. Kaleido draws the PDF files; the many PNG and SVG files are drawn in
    tabs of our own, one after the other on the same page.

    Raises:
        ToolMissing: there is no Chromium, or it does not start; raised on entry.
    """

    def __init__(self, *, tabs: int = 2) -> None:
        """Prepare for `tabs` pictures at a time."""
        self._tabs = tabs
        self._runner, self._thread = asyncio.Runner(), ThreadPoolExecutor(1, thread_name_prefix="chromium")
        self._kaleido: Any = None

    def __enter__(self) -> Self:
        """Start the browser."""
        import kaleido  # noqa: PLC0415 - takes a quarter of a second, and only pictures need it

        path = chromium_path()
        if not path:
            raise ToolMissing(
                "Chromium was not found, and it is needed for PNG, SVG and PDF files and for maps in slides.",
                where="BROWSER_PATH, and chromium, google-chrome and msedge on the path",
                do="Install it (Debian, Ubuntu: `sudo apt-get install chromium`; macOS: `brew install --cask chromium`), or "
                "set BROWSER_PATH to a Chrome or Edge you have. Without it, `--format html`, `xlsx` and `csv` work, "
                "and every chart on the dashboard can be saved as PNG or SVG in the browser.",
            )
        try:
            self._kaleido = kaleido.Kaleido(mathjax=False, timeout=_SECONDS, path=path, proxy_server=NOWHERE)
            self._call(self._kaleido.open())
        except Exception as error:
            self._close()
            raise ToolMissing(
                f"Chromium is there but did not start: {error}.",
                where=path,
                do="Run it once by hand with `--headless --version`; on a server it may need libraries that "
                "`sudo apt-get install chromium` brings.",
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the browser."""
        try:
            self._call(self._kaleido.close())
        finally:
            self._close()

    def pictures(self, wanted: Iterable[Picture], *, done: Callable[[], None] = lambda: None) -> list[bytes]:
        """Each picture as the bytes of its file, in order; `done` is called once for each."""
        return self._call(self._pictures(wanted, done))

    def page_as_pdf(self, page: Path) -> bytes:
        """An HTML file printed as PDF, by the paper size and margins that its style names."""
        return self._call(self._print(page.resolve().as_uri()))

    def _call(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self._thread.submit(self._runner.run, work).result()

    def _close(self) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    async def _pictures(self, wanted: Iterable[Picture], done: Callable[[], None]) -> list[bytes]:
        pictures = list(wanted)
        needed = min(self._tabs, sum(picture.format != "pdf" for picture in pictures))
        async with self._drawing_tabs(needed) as free:

            async def drawn(picture: Picture) -> bytes:
                found = await (self._pdf(picture) if picture.format == "pdf" else self._image(picture, free))
                done()
                return found

            return await asyncio.gather(*(drawn(picture) for picture in pictures))

    async def _image(self, picture: Picture, free: "asyncio.Queue[Any]") -> bytes:
        figure = with_boundaries(picture.figure).to_plotly_json()
        tab = await free.get()
        try:
            window = await tab.send_command("Runtime.evaluate", params={"expression": "window"})
            parts = (figure, *_options(picture).values(), TOPOLOGY)
            drawing = tab.send_command(
                "Runtime.callFunctionOn",
                params={
                    "functionDeclaration": _DRAW,
                    "objectId": window["result"]["result"]["objectId"],
                    "arguments": [{"value": part} for part in parts],
                    "awaitPromise": True,
                    "returnByValue": True,
                },
            )
            answer = await asyncio.wait_for(drawing, _SECONDS)
        finally:
            free.put_nowait(tab)
        if "exceptionDetails" in answer.get("result", {"exceptionDetails": ""}):
            raise RuntimeError(f"Chromium could not draw a picture: {answer}")
        content: str = answer["result"]["result"]["value"]
        return content.encode() if picture.format == "svg" else base64.b64decode(content)

    async def _pdf(self, picture: Picture) -> bytes:
        found: bytes = await self._kaleido.calc_fig(
            with_boundaries(picture.figure), opts=_options(picture), topojson=TOPOLOGY
        )
        return found

    @asynccontextmanager
    async def _drawing_tabs(self, count: int) -> "AsyncIterator[asyncio.Queue[Any]]":
        import kaleido  # noqa: PLC0415 - see above

        free: asyncio.Queue[Any] = asyncio.Queue()
        with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
            page = Path(folder) / "index.html"
            page.write_text(kaleido.PageGenerator(mathjax=False).generate_index(), encoding="utf-8")
            async with AsyncExitStack() as tabs:
                opening = (tabs.enter_async_context(self._tab(page.as_uri())) for _ in range(count))
                for tab in await asyncio.gather(*opening):
                    free.put_nowait(tab)
                yield free

    async def _print(self, address: str) -> bytes:
        async with self._tab(address) as tab:
            answer = await tab.send_command(
                "Page.printToPDF",
                params={"printBackground": True, "preferCSSPageSize": True, "generateTaggedPDF": True},
            )
            return base64.b64decode(answer["result"]["data"])

    @asynccontextmanager
    async def _tab(self, address: str) -> AsyncIterator[Any]:
        tab = await self._kaleido.create_tab(url="", window=True)
        try:
            await tab.send_command("Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await tab.send_command("Page.navigate", params={"url": address})
            await asyncio.wait_for(loaded, _SECONDS)
            yield tab
        finally:
            await self._kaleido.close_tab(tab)


def _options(picture: Picture) -> dict[str, Any]:
    return {
        "format": picture.format,
        "width": picture.figure.layout.width,
        "height": picture.figure.layout.height,
        "scale": scale_of(picture.figure, picture.medium),
    }
