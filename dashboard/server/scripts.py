"""Streamlit's own scripts, each compressed once."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_KEPT_BYTES = 20_000_000
"""The scripts of all screens are some 4 MB in one encoding, and browsers ask for two or three; beyond that, all go."""

_ASKED_IN_PART = {"range", "if-none-match", "if-modified-since"}


def kept_scripts(app: ASGIApp, *, below: str) -> ASGIApp:
    """Keep whole answers below an address whose files carry a fingerprint in their name, so that they never change.

    It goes round the middleware that compresses, which would compress 8 MB anew for every first view: 0.15 seconds or more of
    processor time, during which all other visitors wait.
    """
    kept: dict[tuple[str, str], list[Message]] = {}
    free_bytes = MOST_KEPT_BYTES

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal free_bytes
        asked = Headers(scope=scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if asked is None or not scope["path"].startswith(below) or not _ASKED_IN_PART.isdisjoint(asked):
            await app(scope, receive, send)
            return
        name = scope["path"], asked.get("accept-encoding", "")
        if name in kept:
            for message in kept[name]:
                await send(message)
            return
        answer: list[Message] = []

        async def send_and_note(message: Message) -> None:
            answer.append(message)
            await send(message)

        await app(scope, receive, send_and_note)
        size = sum(len(message.get("body", b"")) for message in answer)
        if size > free_bytes:
            kept.clear()
            free_bytes = MOST_KEPT_BYTES
        if answer[0]["status"] == HTTPStatus.OK and name not in kept:
            kept[name] = answer
            free_bytes -= size

    return serve
