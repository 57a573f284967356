"""Lets visitors in: none that another site's page brings along, and no more than this process can serve."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.watching import metrics
from dashboard.watching.log import LOGGER

RETRY_SECONDS = 15
BUSY = HTMLResponse(
    f'<!DOCTYPE html><html lang="en-GB"><meta http-equiv="refresh" content="{RETRY_SECONDS}"><title>Busy</title>'
    '<meta name="viewport" content="width=device-width"><style>body{font: 1.1em sans-serif; margin: 2em}</style>'
    "<h1>Many people are here just now</h1><p>The dashboard has no room for one more visitor. This page tries again by "
    f"itself every {RETRY_SECONDS} seconds.</p></html>",
    status_code=503,
    headers={"retry-after": str(RETRY_SECONDS), "cache-control": "no-store"},
)


def door(app: ASGIApp, *, most_visitors: int, screens: Collection[str], allowed: Collection[str] = ()) -> ASGIApp:
    """Count visitors, and answer "busy" to whoever would be one too many.

    `screens` are the addresses of pages, with their base path. `allowed` lists further sites, as "https://name", whose pages
    may connect. Streamlit would check too, but for any origin that is not this very host it asks a third party for the
    public address of this machine, on the event loop, while every visitor waits (a list of origins is asked for in
    streamlit/streamlit#16448). So it is not told the origin.
    """
    inside, full = 0, False

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal inside, full
        connects = scope["type"] == "websocket"
        headers = Headers(scope=scope) if connects else {}
        if connects and not _may_connect(headers.get("origin"), headers.get("host", ""), allowed):
            metrics.REFUSED.labels("origin").inc()
            await WebSocketClose(code=1008)(scope, receive, send)
        elif (connects or scope.get("path") in screens) and inside >= most_visitors:
            metrics.REFUSED.labels("busy").inc()
            if not full:
                LOGGER.warning("busy", extra={"visitors": inside})
            full = True
            await BUSY(scope, receive, send)
        elif connects:
            inside, full = inside + 1, False
            metrics.CONNECTIONS.set(inside)
            try:
                rest = [(name, value) for name, value in scope["headers"] if name != b"origin"]
                await app({**scope, "headers": rest}, receive, send)
            finally:
                inside -= 1
                metrics.CONNECTIONS.set(inside)
        else:
            await app(scope, receive, send)

    return serve


def _may_connect(origin: str | None, host: str, allowed: Collection[str]) -> bool:
    """Whether a page of this origin may; a proxy may have taken TLS off, so http and https are the same.

    Only a browser sends an origin, and a browser always does.
    """
    if origin is None or origin in allowed:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc == host
