"""Answers requests for pages and files before Streamlit sees them."""

from collections.abc import Collection, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.server.assets import Asset, Folder

NOT_OFFERED = ("/_stcore/upload_file", "/_stcore/agent", "/_stcore/metrics")
"""Addresses that Streamlit has and this dashboard does not use: files of visitors, agents, and Streamlit's metrics."""

STREAMLITS = ("/_stcore/", "/media/", "/component/")
"""Addresses that Streamlit answers itself."""


class Frontend:
    """Serves the page and the files; hands every other request on to Streamlit."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        base: str,
        page: Asset,
        screens: Collection[str],
        folders: Mapping[str, Folder],
    ) -> None:
        """Wrap Streamlit's app.

        Args:
            app: Streamlit's app.
            base: path under which the dashboard is served, "" or "/name".
            page: the one HTML page.
            screens: addresses of the screens below `base`, as "/map"; "/" is the first.
            folders: folders of files by address below `base`, as "/static/".
        """
        self._app = app
        self._base = base
        self._page = page
        self._screens = frozenset(screens)
        self._folders = dict(folders)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{self._base}/"):
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self._base)
        asked = Headers(scope=scope)
        if path.startswith(NOT_OFFERED):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
        elif scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
        elif asset := self._find(path):
            await (await _response(asset, asked))(scope, receive, send)
        elif "text/html" in asked.get("accept", "") and not path.startswith(STREAMLITS) and not path.endswith("/"):
            # The page says in words that there is no such screen; search engines and link checkers go by the number.
            await (await _response(self._page, asked, status=404))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _find(self, path: str) -> Asset | None:
        if path in self._screens:
            return self._page
        for address, folder in self._folders.items():
            if path.startswith(address):
                return folder.find(path.removeprefix(address))
        return None


async def _response(asset: Asset, asked: Headers, *, status: int = 200) -> Response:
    tag = f'W/"{asset.tag}"'
    headers = {"cache-control": asset.cache_control, "etag": tag}
    if asset.compressible:
        headers["vary"] = "accept-encoding"
    if status == 200 and tag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    encoding = asset.encoding(asked.get("accept-encoding", ""))
    if encoding:
        headers["content-encoding"] = encoding
    body = asset.held(encoding)
    if body is None:  # half a second for the largest file, in which the other visitors must not wait
        body = await run_in_threadpool(asset.body, encoding)
    return Response(body, status_code=status, media_type=asset.media_type, headers=headers)
