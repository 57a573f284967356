"""The dashboard as one web application: Streamlit's, with our routes and middleware."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware
from streamlit import config
from streamlit.starlette import App

from dashboard.server.door import door
from dashboard.server.feed import feed
from dashboard.server.headers import content_security_policy, security_headers
from dashboard.server.left_screens import without_left_screens
from dashboard.server.page import chart_script, inline_scripts, start_page, start_page_everywhere
from dashboard.server.readiness import Readiness, probes
from dashboard.server.run import FILES_OF_A_VISITOR, KEPT_FILES, raise_limit_of_open_files
from dashboard.server.scripts import kept_scripts
from dashboard.server.settings import base_path, read_environment
from dashboard.server.warm_up import addresses, open_screens
from dashboard.watching import log, metrics
from pipeline.store import PROCESSED_FOLDER

ROOT = Path(__file__).resolve().parents[2]
MOST_WAITING_DOWNLOADS = 64
"""Each waits its turn in a thread; asyncio's own few would all be taken by slow ones."""


def dashboard_app(root: Path = ROOT, *, most_visitors: int, embedded_by: str = "") -> ASGIApp:
    """The application, every screen of it opened once.

    `root` is the folder that holds `app.py`, `pages/` and `static/`; `embedded_by` are the sites that may frame it.

    Raises:
        StartPageChanged: the installed Streamlit has another start page than the one we know.
        UsageError: an environment variable has a value of the wrong kind.
    """
    readiness = Readiness(PROCESSED_FOLDER)
    read_environment()
    base = base_path()
    screens = {f"{base}{address}" for address in addresses(root)}
    files = Path(streamlit.__file__).parent / "static"
    page = start_page((files / "index.html").read_text("utf-8"), base=base, early=chart_script(files))
    policy = content_security_policy(inline_scripts(page))
    files_had = raise_limit_of_open_files()
    most_visitors = max(min(most_visitors, (files_had - KEPT_FILES) // FILES_OF_A_VISITOR), 1)
    allowed = config.get_option("server.corsAllowedOrigins")
    app = App(
        root / "app.py",
        lifespan=_room_for_downloads,
        on_script_error=lambda error: None if log.forged(error) else metrics.ERRORS.inc(),
        # Before Streamlit's own route for these files, which sends them whole each time though they have not changed.
        routes=[
            *probes(base, readiness),
            feed(base),
            Mount(f"{base}/app/static", StaticFiles(directory=root / "static")),
        ],
        middleware=[
            Middleware(kept_scripts, below=f"{base}/static/"),
            Middleware(security_headers, policy=policy, embedded_by=embedded_by),
            # Streamlit sends its scripts as they are, 8 MB for a first view, and leaves them to a proxy to compress.
            Middleware(CompressMiddleware, gzip_level=6, remove_accept_encoding=True),
            Middleware(door, most_visitors=most_visitors, screens=screens, allowed=allowed),
            Middleware(start_page_everywhere, page=page, base=base, screens=screens),
            Middleware(without_left_screens),
        ],
    )
    config.set_option("server.fileWatcherType", "none")  # files do not change under a running server
    config.set_option("logger.enableRich", False)  # an error is one line of JSON, with no frame drawn round it
    log.start_log()
    readiness.failed = open_screens(root)
    log.start_log()  # again, for the libraries that the screens have loaded
    log.ready(screens=len(screens), failed=readiness.failed, open_files=files_had)
    return app


@asynccontextmanager
async def _room_for_downloads(_: App) -> AsyncIterator[None]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(MOST_WAITING_DOWNLOADS))
    yield
