"""Addresses that tell whether the process is alive, and whether the first screen can show more than an error."""

from pathlib import Path
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.watching.log import LOGGER
from pipeline.errors import NotBuilt
from pipeline.processed import Tables, build_on_disk

State = tuple[tuple[str, int, int], ...]
"""Name, size and time of change of every file: what is looked at before any of them is read again."""


class Readiness:
    """What stands between visitors and the first screen."""

    def __init__(self, folder: Path) -> None:
        """Watch over the processed tables in `folder`."""
        self.failed: list[str] = []
        """Screens that ended in an error when they were opened at the start."""
        self._folder = folder
        self._at_start = self._checked = self._state()
        self._missing = self._faults()
        self._lock = Lock()

    def hindrances(self) -> list[str]:
        """Why no visitor should come now, in words; empty where they may.

        One broken screen must not take all away, so only the first counts; and it counts no longer once the figures are
        others than those it failed with.
        """
        with self._lock:
            state = self._state()
            if state != self._checked:
                self._checked, self._missing = state, self._faults()
                if self._missing:
                    LOGGER.error("not ready", extra={"why": self._missing})
        broken = "/" in self.failed and state == self._at_start
        return [*self._missing, *(["the first screen ends in an error"] if broken else [])]

    def _state(self) -> State:
        files = sorted(self._folder.glob("*.*"))
        return tuple((file.name, state.st_size, state.st_mtime_ns) for file in files for state in [file.stat()])

    def _faults(self) -> list[str]:
        try:
            return [f"{name} is not that of the build" for name in Tables.open(self._folder).damaged()]
        except NotBuilt:
            return ["there are no figures to show"]


NOT_KEPT = {"cache-control": "no-store"}


def probes(base: str, readiness: Readiness) -> list[Route]:
    """The routes /healthz and /readyz below `base`."""

    async def alive(_: Request) -> Response:
        return JSONResponse({"status": "alive", "build": build_on_disk()[0]}, headers=NOT_KEPT)

    async def ready(_: Request) -> Response:
        why = await run_in_threadpool(readiness.hindrances)
        state = {"status": "not ready" if why else "ready", "build": build_on_disk()[0], "failed": readiness.failed}
        return JSONResponse({**state, "why": why}, status_code=503 if why else 200, headers=NOT_KEPT)

    return [Route(f"{base}/healthz", alive), Route(f"{base}/readyz", ready)]
