"""What every answer tells the browser about safety: which code may run, who may frame the page, what is switched off.

Streamlit has no settings for these (streamlit/streamlit#9160 left them to the proxy).
"""

import base64
import hashlib
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OFF = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _OFF),
    "cross-origin-opener-policy": "same-origin",
}


def content_security_policy(inline_scripts: Iterable[str]) -> str:
    """Everything from this server alone, and of scripts in the page only those given.

    Streamlit writes its styles into the page as it goes (hence `unsafe-inline` for styles, which plotly.js needs too);
    plotly.js reads pictures as `blob:` and `data:` when it makes a PNG, and starts its workers from `blob:`.
    """
    digests = (hashlib.sha256(text.encode()).digest() for text in inline_scripts)
    fingerprints = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' {fingerprints}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self'; manifest-src 'self'; "
        "worker-src 'self' blob:; base-uri 'none'; form-action 'none'"
    )


def security_headers(app: ASGIApp, *, policy: str, embedded_by: str = "") -> ASGIApp:
    """Add the headers to every answer over HTTP.

    `policy` is the content security policy without a word on who may frame the page. `embedded_by` are the sites that may
    show a screen or a chart made for it (`?embed=true`) inside a page of theirs, as the policy writes them; where none is
    named, any site may show a single chart. Everything else may be framed by this very site alone.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                asked = QueryParams(scope["query_string"])
                others = embedded_by or ("*" if asked.get("chart") else "'self'")
                framers = others if asked.get("embed", "").lower() == "true" else "'self'"
                headers["content-security-policy"] = f"{policy}; frame-ancestors {framers}"
                headers.update(_ALWAYS)
                # What says nothing of how long it may be kept is asked about before each use, so that no map is old.
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        await app(scope, receive, send_with_headers)

    return serve
