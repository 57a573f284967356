"""Sees which screen is opened and how long its run takes, by listening to what browser and server say to each other."""

import time
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.server import log
from dashboard.server.metrics import Metrics


class Watch:
    """Counts and times the runs of screens; logs each screen that is opened."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        """Wrap `app`; `metrics` are told of every run."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        visit = _Visit(self._metrics)

        async def heard() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes"):
                visit.asks(message["bytes"])
            return message

        async def said(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                visit.gets(message["bytes"])
            await send(message)

        self._metrics.connections.inc()
        try:
            await self._app(scope, heard, said)
        finally:
            self._metrics.connections.dec()


@dataclass
class _Visit:
    """What is known of one connection: the screen that is open, the one being run, when its run was asked for."""

    metrics: Metrics
    shown: str | None = None
    running: str = ""
    asked: float = 0
    sent: int = 0
    by_itself: bool = False

    def asks(self, content: bytes) -> None:
        """Note a request of the browser."""
        request = BackMsg.FromString(content)
        if request.WhichOneof("type") == "rerun_script":
            self.asked, self.sent = time.perf_counter(), 0
            self.by_itself = request.rerun_script.is_auto_rerun

    def gets(self, content: bytes) -> None:
        """Note an answer of the server."""
        self.sent += len(content)
        said = ForwardMsg.FromString(content)
        match said.WhichOneof("type"):
            case "navigation":
                pages = said.navigation.app_pages
                self.running = next(
                    (page.url_pathname for page in pages if page.page_script_hash == said.navigation.page_script_hash),
                    "",
                )
            case "script_finished" if said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and not self.by_itself:
                self._ended()

    def _ended(self) -> None:
        seconds = time.perf_counter() - self.asked
        screen = f"/{self.running}"
        self.metrics.run_seconds.labels(screen).observe(seconds)
        if self.running != self.shown:
            self.shown = self.running
            self.metrics.views.labels(screen).inc()
            log.event("view", {"screen": screen, "milliseconds": round(seconds * 1000), "bytes": self.sent})
