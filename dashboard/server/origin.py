"""Turns away connections that another site's page opens in a visitor's browser."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.server import metrics


class SameOrigin:
    """Lets a browser's WebSocket through when it comes from this very site or from one that is listed.

    Streamlit would check too, but for any origin that is not this very host it asks a third party for the public address
    of this machine, on the event loop, while every visitor waits (a list of origins is asked for in
    streamlit/streamlit#16448). So it is not told the origin.
    """

    def __init__(self, app: ASGIApp, *, allowed: Collection[str] = ()) -> None:
        """Wrap `app`; `allowed` lists further sites as "https://name"."""
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        # Only a browser sends one, and a browser always does.
        if origin is not None and origin not in self._allowed and not _of_host(origin, headers.get("host", "")):
            await WebSocketClose(code=1008, reason="Another site's page may not connect.")(scope, receive, send)
            return
        rest = [(name, value) for name, value in scope["headers"] if name != b"origin"]
        with metrics.CONNECTIONS.track_inprogress():
            await self._app({**scope, "headers": rest}, receive, send)


def _of_host(origin: str, host: str) -> bool:
    """Whether an origin is a web page of this host; a proxy may have taken TLS off, so http and https are the same."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc == host
