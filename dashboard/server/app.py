"""The dashboard as one web application: Streamlit's, wrapped in our page, files, headers and checks."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit
from starlette.types import ASGIApp
from streamlit import config
from streamlit.starlette import App

from dashboard.server import draw_ahead, log
from dashboard.server.assets import ASK_FIRST, FIVE_MINUTES, FOREVER, Asset, Folder
from dashboard.server.chunks import CHART, file_of
from dashboard.server.frontend import Frontend
from dashboard.server.headers import SecurityHeaders, content_security_policy
from dashboard.server.index_page import files_of, index_page, inline_scripts
from dashboard.server.metrics import Metrics
from dashboard.server.probes import Probes
from dashboard.server.same_origin import SameOrigin
from dashboard.server.settings import read_environment
from dashboard.server.warm_up import Readiness, warm_up
from dashboard.server.watch import Watch

ROOT = Path(__file__).resolve().parents[2]
TITLE = "Healthy life expectancy gap"
DESCRIPTION = (
    "Is the gap in healthy life expectancy between England's richest and poorest places being halved, and what would it "
    "take? Official figures, their uncertainty, maps and progress."
)


def dashboard_app(root: Path = ROOT) -> ASGIApp:
    """Return the application, ready to be run by an ASGI server.

    Args:
        root: folder that holds `app.py`, `pages/` and `static/`.

    Raises:
        IndexPageChanged: the installed Streamlit has another start page than the one we know.
        UsageError: an environment variable has a value of the wrong kind.
    """
    drawn_ahead = draw_ahead.wanted(os.environ.get("DRAW_AHEAD"))
    readiness, metrics = Readiness(), Metrics()
    addresses = ["/", *(f"/{path.stem}" for path in sorted((root / "pages").glob("*.py")))]

    @asynccontextmanager
    async def warmed(_: App) -> AsyncIterator[None]:
        task = asyncio.create_task(opened())
        yield
        task.cancel()

    async def opened() -> None:
        await asyncio.to_thread(scripts.compress, files_of(page))
        found = await warm_up(screens, addresses, readiness, base=base)
        ahead = await asyncio.to_thread(draw_ahead.likely_views, found) if drawn_ahead else []
        readiness.to_draw_ahead, readiness.done = len(ahead), True
        log.start_log()  # once more, for the libraries that the screens have loaded
        level = logging.ERROR if readiness.failed else logging.INFO
        log.event("ready", {"screens": len(addresses), "failed": readiness.failed}, level=level)
        await draw_ahead.draw_ahead(screens, ahead, readiness, base=base)

    def failed(problem: Exception) -> None:
        metrics.errors.inc()
        log.error(problem)

    # First of all: it tells Streamlit where config.toml is.
    screens = App(root / "app.py", lifespan=warmed, on_script_error=failed)
    read_environment()
    config.set_option("server.fileWatcherType", "none")  # files do not change under a running server
    config.set_option("server.enableXsrfProtection", False)  # it guards uploads, which are not offered; no cookie then
    config.set_option("logger.enableRich", False)  # one line of JSON for an error, no frame drawn round it
    log.start_log()
    base = base_path()
    streamlit_folder = Path(streamlit.__file__).parent / "static"
    page = index_page(
        (streamlit_folder / "index.html").read_text(encoding="utf-8"),
        base=base,
        title=TITLE,
        description=DESCRIPTION,
        later=file_of(streamlit_folder, CHART),
    )
    scripts = Folder(streamlit_folder / "static", cache_control=FOREVER)
    with_files = Frontend(
        screens,
        base=base,
        page=Asset(page.encode(), media_type="text/html", cache_control=ASK_FIRST),
        screens=addresses,
        folders={
            "/static/": scripts,
            "/app/static/": Folder(root / "static", cache_control=FIVE_MINUTES),
        },
    )
    watched = Probes(Watch(with_files, metrics=metrics), base=base, readiness=readiness, metrics=metrics)
    checked = SameOrigin(watched, allowed=config.get_option("server.corsAllowedOrigins"))
    policy = content_security_policy(inline_scripts(page))
    return SecurityHeaders(checked, policy=policy, embedded_by=os.environ.get("EMBEDDED_BY", "*"))


def base_path() -> str:
    """Return the path below which the dashboard is served: "", or "/name"."""
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""
