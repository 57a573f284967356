"""Addresses for those who keep the dashboard running: is it alive, may visitors come, how is it doing."""

from collections.abc import Callable

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.server.build import build_now
from dashboard.server.metrics import Metrics
from dashboard.server.warm_up import Readiness

METRICS_TYPE = "text/plain; version=1.0.0; charset=utf-8"


class Probes:
    """Answers /healthz, /readyz and /metrics; hands every other request on."""

    def __init__(self, app: ASGIApp, *, base: str, readiness: Readiness, metrics: Metrics) -> None:
        """Wrap `app`; the addresses stand below `base`."""
        self._app = app
        self._readiness = readiness
        self._metrics = metrics
        self._answers: dict[str, Callable[[], Response]] = {
            f"{base}/healthz": self._alive,
            f"{base}/readyz": self._ready,
            f"{base}/metrics": self._counted,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        answer = self._answers.get(scope["path"]) if scope["type"] == "http" else None
        if answer and scope["method"] in {"GET", "HEAD"}:
            response = answer()
            response.headers["cache-control"] = "no-store"
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    @staticmethod
    def _alive() -> Response:
        return JSONResponse({"status": "alive", "build": build_now()[0]})

    def _ready(self) -> Response:
        (build, _), state = build_now(), self._readiness
        if state.ready and build:
            ready = {"status": "ready", "build": build, "failed": state.failed, "to_draw_ahead": state.to_draw_ahead}
            return JSONResponse(ready)
        why = [] if build else ["there are no figures to show"]
        why += [] if state.done else ["the screens are being opened for the first time"]
        why += ["the first screen ends in an error"] if "/" in state.failed else []
        return JSONResponse({"status": "not ready", "build": build, "why": why}, status_code=503)

    def _counted(self) -> Response:
        return Response(self._metrics.text(), media_type=METRICS_TYPE)
