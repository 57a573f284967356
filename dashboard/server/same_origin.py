"""Turns away connections that another site's page opens in a visitor's browser."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose


class SameOrigin:
    """Lets a browser's WebSocket through when it comes from this very site or from one that is listed.

    Streamlit would check too, but to do so it asks a third party for the address of this machine, and the whole server
    waits meanwhile.
    """

    def __init__(self, app: ASGIApp, *, allowed: Collection[str] = ()) -> None:
        """Wrap `app`; `allowed` lists further sites as "https://name"."""
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin and origin not in self._allowed and urlsplit(origin).netloc != headers.get("host"):
                await WebSocketClose(code=1008, reason="Another site's page may not connect.")(scope, receive, send)
                return
        await self._app(scope, receive, send)
