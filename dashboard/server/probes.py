"""Addresses for those who keep the dashboard running: is it alive, and may visitors come?"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.server.readiness import Readiness
from pipeline.processed import build_on_disk

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
