"""Streamlit's own scripts: each is compressed once, and the one that draws charts is asked for from the start."""

import json
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.page import StartPageChanged

MOST_KEPT_BYTES = 20_000_000
"""The scripts of all screens are some 4 MB in one encoding, and browsers ask for two or three; what comes later is not kept."""

_ASKED_IN_PART = {"range", "if-none-match", "if-modified-since"}


def chart_script(streamlit_folder: Path) -> str:
    """Where the script that draws charts is, below Streamlit's folder; its name changes with the version.

    Raises:
        StartPageChanged: the installed Streamlit has none of that name.
    """
    manifest = json.loads((streamlit_folder / "manifest.json").read_text("utf-8"))
    for name, part in manifest.items():
        if name.endswith("/PlotlyChart.tsx"):
            return str(part["file"])
    raise StartPageChanged(
        "Streamlit's script that draws charts is not where this dashboard knows it to be.",
        where="manifest.json of the installed Streamlit: nothing ends in /PlotlyChart.tsx",
        do="Install the versions in requirements.txt, or amend dashboard/server/scripts.py to the new name.",
    )


class KeptScripts:
    """Keeps whole answers below an address whose files carry a fingerprint in their name, so that they never change.

    It goes round the middleware that compresses, which would compress 8 MB anew for every first view: 0.15 seconds or more of
    processor time, during which all other visitors wait.
    """

    def __init__(self, app: ASGIApp, *, below: str) -> None:
        """Wrap `app`; `below` is the address of the files, as "/static/"."""
        self._app = app
        self._below = below
        self._kept: dict[tuple[str, str], list[Message]] = {}
        self._free_bytes = MOST_KEPT_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self._below):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        name = scope["path"], asked.get("accept-encoding", "")
        if not _ASKED_IN_PART.isdisjoint(asked):
            await self._app(scope, receive, send)
        elif name in self._kept:
            for message in self._kept[name]:
                await send(message)
        else:
            self._keep(name, await self._sent(scope, receive, send))

    async def _sent(self, scope: Scope, receive: Receive, send: Send) -> list[Message]:
        answer: list[Message] = []

        async def send_and_note(message: Message) -> None:
            answer.append(message)
            await send(message)

        await self._app(scope, receive, send_and_note)
        return answer

    def _keep(self, name: tuple[str, str], answer: list[Message]) -> None:
        size = sum(len(message.get("body", b"")) for message in answer)
        if answer[0]["status"] == HTTPStatus.OK and size <= self._free_bytes and name not in self._kept:
            self._kept[name] = answer
            self._free_bytes -= size
