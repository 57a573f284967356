"""What every answer tells the browser about safety: which code may run, who may frame the page, what is switched off.

Streamlit has no settings for these (streamlit/streamlit#9160 left them to the proxy).
"""

import base64
import hashlib
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OFF = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")


def content_security_policy(inline_scripts: Iterable[str]) -> str:
    (
        """Everything from this server alone, and of scripts in the page only those given.

    Streamlit writes its styles into the page as it goes (hence `unsafe-inline` for styles, which plotly.js needs too);
    plotly.js reads pictures as `blob:` and `data:` when it makes a PNG, and starts its workers from `blob:`.
    """
        ""
    )
    fingerprints = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline_scripts
    )
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {fingerprints}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp, *, policy: str, embedded_by: str = "*") -> None:
        """Wrap `app`; `policy` is the content security policy without a word on who may frame the page.

        `embedded_by` are the sites that may show a chart made for it (`?embed=true`) inside a page of theirs, as the
        policy writes them. Everything else may be framed by this very site alone.
        """
        self._app = app
        self._policy = policy
        self._embedded_by = embedded_by
        self._headers = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            "permissions-policy": ", ".join(f"{feature}=()" for feature in _OFF),
            "cross-origin-opener-policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        framers = self._embedded_by if _to_be_embedded(scope) else "'self'"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = f"{self._policy}; frame-ancestors {framers}"
                headers.update(self._headers)
                # What says nothing of how long it may be kept is asked about before each use, so that no map is old.
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _to_be_embedded(scope: Scope) -> bool:
    return QueryParams(scope["query_string"]).get("embed", "").lower() == "true"
