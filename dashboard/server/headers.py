"""What every answer tells the browser about safety: which code may run, who may frame the page, what is switched off."""

import base64
import hashlib
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OFF = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")


def content_security_policy(inline_scripts: Iterable[str], *, frame_ancestors: str = "'self'") -> str:
    """Return the policy: everything from this server alone, and of scripts in the page only those given.

    Streamlit writes its styles into the page as it goes (hence `unsafe-inline` for styles, which plotly.js needs too);
    plotly.js reads pictures as `blob:` and `data:` when it makes a PNG, and starts its workers from `blob:`.

    Args:
        inline_scripts: text of the scripts that stand in the page itself; each is allowed by its fingerprint.
        frame_ancestors: who may show the dashboard inside a page of theirs.
    """
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
            f"frame-ancestors {frame_ancestors}",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        """Wrap `app`; `policy` is the content security policy."""
        self._app = app
        self._headers = {
            "content-security-policy": policy,
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

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)
