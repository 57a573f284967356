"""One headless Chromium for a whole run: drawings to PNG, SVG and PDF, and pages to PDF; it can reach no network."""

import asyncio
import base64
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from charts.export.page import PLOTLY_FILE
from charts.kit.drawing import Drawing
from charts.kit.framed import scale_of
from charts.kit.media import Medium
from charts.kit.offline import TOPOLOGY_FILE, with_files
from pipeline.errors import ToolMissing

PictureFormat = Literal["png", "svg", "pdf"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NOWHERE = "127.0.0.1:9"
"""A proxy that nobody listens at: what is not on this machine cannot be asked for."""

DRAWING_SCRIPT = Path(__file__).with_name("drawing.js")
TOPOLOGY = f"{TOPOLOGY_FILE.parent.as_uri()}/"

_SECONDS = 90
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One drawing to be pictured, in its shape and in every format that is wanted of it."""

    drawing: Drawing
    medium: Medium
    formats: Sequence[PictureFormat]
    title: str = ""
    alt: str = ""
    """What an SVG and a PDF tell those who cannot see them."""


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """What came of a picture: the bytes of a file for each format, or why it could not be made."""

    files: dict[PictureFormat, bytes] = field(default_factory=dict)
    problem: str = ""


def chromium_path() -> str:
    """Where Chromium is: BROWSER_PATH or CHROMIUM where set, else the first known name on the path, else ""."""
    chosen = os.environ.get("BROWSER_PATH") or os.environ.get("CHROMIUM") or ""
    if chosen:
        return chosen if Path(chosen).is_file() else ""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


class Chromium:
    """A running browser, used as a context manager.

    It lives in an event loop with a thread of its own, since a caller may run in a loop already. Each drawing is drawn once,
    whatever the formats, in tabs that serve for the whole run: a fresh page takes longer than the picture.

    Raises:
        ToolMissing: there is no Chromium, or it does not start; raised on entry.
    """

    def __init__(self, *, tabs: int = 1) -> None:
        """Prepare for `tabs` pictures at a time."""
        self._tabs = tabs
        self._opened = AsyncExitStack()  # what is closed at the end
        self._free: asyncio.Queue[Any] | None = None  # the tabs to draw in; opened with the first picture
        self._runner, self._thread = asyncio.Runner(), ThreadPoolExecutor(1, thread_name_prefix="chromium")
        self._browser: Any = None

    def __enter__(self) -> Self:
        """Start the browser."""
        import choreographer  # noqa: PLC0415 - takes a quarter of a second, and only pictures need it

        path = chromium_path()
        if not path:
            raise ToolMissing(
                "Chromium was not found, and it is needed for PNG, SVG and PDF files, for maps in slides and for the static edition.",
                where="BROWSER_PATH, and chromium, google-chrome and msedge on the path",
                do="Install it (Debian, Ubuntu: `sudo apt-get install chromium`; macOS: `brew install --cask chromium`), or "
                "set BROWSER_PATH to a Chrome or Edge you have. Without it, `--format html`, `xlsx` and `csv` work, "
                "and every chart on the dashboard can be saved as PNG or SVG in the browser.",
            )
        try:
            self._browser = choreographer.Browser(path=path, proxy_server=NOWHERE)
            self._call(self._browser.open())
            self._opened.push_async_callback(self._browser.close)  # after the tabs, and even if one of them is gone
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
            self._call(self._opened.aclose())
        finally:
            self._close()

    def pictures(self, wanted: Iterable[Picture], *, done: Callable[[], None] = lambda: None) -> list[Pictured]:
        """What came of each picture, in order; `done` is called once for each. One that fails keeps none of the others."""
        return self._call(self._pictures(wanted, done))

    def page_as_pdf(self, page: Path) -> bytes:
        """An HTML file printed as PDF, by the paper size and margins that its style names."""
        return self._call(self._page_as_pdf(page.resolve().as_uri()))

    def _call(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self._thread.submit(self._runner.run, work).result()

    def _close(self) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    async def _pictures(self, wanted: Iterable[Picture], done: Callable[[], None]) -> list[Pictured]:
        pictures = list(wanted)
        free = self._free = self._free or await self._drawing_tabs()

        async def drawn(picture: Picture) -> Pictured:
            tab = await free.get()
            try:
                return Pictured(files=await _drawn(tab, picture))
            except Exception as error:  # noqa: BLE001 - whatever it is, the other pictures are wanted
                return Pictured(problem=str(error) or type(error).__name__)
            finally:
                free.put_nowait(tab)
                done()

        return await asyncio.gather(*(drawn(picture) for picture in pictures))

    async def _drawing_tabs(self) -> "asyncio.Queue[Any]":
        """Open the tabs, which stay until the browser is stopped."""
        free: asyncio.Queue[Any] = asyncio.Queue()
        folder = self._opened.enter_context(tempfile.TemporaryDirectory(prefix="pictures-"))
        page = Path(folder) / "index.html"
        scripts = "".join(f'<script src="{file.as_uri()}"></script>' for file in (PLOTLY_FILE, DRAWING_SCRIPT))
        head = f'<html lang="en-GB"><head><meta charset="utf-8"><title></title>{scripts}</head>'
        page.write_text(f"<!DOCTYPE html>{head}<body></body></html>", encoding="utf-8")
        opening = (self._opened.enter_async_context(self._tab(page.as_uri())) for _ in range(self._tabs))
        for tab in await asyncio.gather(*opening):
            free.put_nowait(tab)
        return free

    async def _page_as_pdf(self, address: str) -> bytes:
        async with self._tab(address) as tab:
            return await _printed(tab)

    @asynccontextmanager
    async def _tab(self, address: str) -> AsyncIterator[Any]:
        tab = await self._browser.create_tab(url="", window=True)
        try:
            await tab.send_command("Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await tab.send_command("Page.navigate", params={"url": address})
            await asyncio.wait_for(loaded, _SECONDS)
            yield tab
        finally:
            await self._browser.close_tab(tab)


async def _drawn(tab: Any, picture: Picture) -> dict[PictureFormat, bytes]:
    """A picture in each of its formats, drawn in a tab.

    Raises:
        RuntimeError: plotly.js cannot draw it; the message is its own.
    """
    drawing, medium = picture.drawing, picture.medium
    figure = {"data": with_files(drawing.traces), "layout": drawing.layout, "config": {"topojsonURL": TOPOLOGY}}
    told = {"title": picture.title, "alt": picture.alt}
    size = {
        "width": drawing.layout["width"],
        "height": drawing.layout["height"],
        "scale": scale_of(drawing, medium),
    }
    content = await _called(tab, "picture", figure, size, told, list(picture.formats))
    files: dict[PictureFormat, bytes] = {}
    for kind in picture.formats:
        if kind == "pdf":
            files[kind] = await _printed(tab)
        else:
            files[kind] = content[kind].encode() if kind == "svg" else base64.b64decode(content[kind])
    return files


async def _called(tab: Any, function: str, *arguments: Any) -> Any:
    """What a function of the page returns."""
    window = await tab.send_command("Runtime.evaluate", params={"expression": "window"})
    calling = tab.send_command(
        "Runtime.callFunctionOn",
        params={
            "functionDeclaration": f"function (...given) {{ return {function}(...given); }}",
            "objectId": window["result"]["result"]["objectId"],
            "arguments": [{"value": argument} for argument in arguments],
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    answer = await asyncio.wait_for(calling, _SECONDS)
    if "error" in answer:
        raise RuntimeError(answer["error"]["message"])
    if problem := answer["result"].get("exceptionDetails"):
        raise RuntimeError(problem.get("exception", {}).get("description", problem["text"]).split("\n")[0])
    return answer["result"]["result"]["value"]


async def _printed(tab: Any) -> bytes:
    """The page of a tab as PDF, with the tags that screen readers need."""
    told = {"printBackground": True, "preferCSSPageSize": True, "generateTaggedPDF": True}
    answer = await tab.send_command("Page.printToPDF", params=told)
    return base64.b64decode(answer["result"]["data"])
