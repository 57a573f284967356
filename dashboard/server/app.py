"""The dashboard as one web application: Streamlit's, with our routes and middleware."""

import os
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware
from streamlit import config
from streamlit.starlette import App

from dashboard.server import log, metrics
from dashboard.server.feed import feed
from dashboard.server.headers import SecurityHeaders, content_security_policy
from dashboard.server.origin import SameOrigin
from dashboard.server.page import StartPage, inline_scripts, start_page
from dashboard.server.probes import probes
from dashboard.server.readiness import Readiness
from dashboard.server.scripts import KeptScripts, chart_script
from dashboard.server.settings import base_path, read_environment
from dashboard.server.warm_up import addresses, open_screens

ROOT = Path(__file__).resolve().parents[2]


def dashboard_app(root: Path = ROOT) -> ASGIApp:
    """The application, every screen of it opened once.

    `root` is the folder that holds `app.py`, `pages/` and `static/`.

    Raises:
        StartPageChanged: the installed Streamlit has another start page than the one we know.
        UsageError: an environment variable has a value of the wrong kind.
    """
    screens = addresses(root)
    readiness = Readiness(root / "data" / "processed")
    read_environment()
    base = base_path()
    files = Path(streamlit.__file__).parent / "static"
    page = start_page((files / "index.html").read_text("utf-8"), base=base, early=chart_script(files))
    app = App(
        root / "app.py",
        on_script_error=lambda _: metrics.ERRORS.inc(),
        # Before Streamlit's own route for these files, which sends them whole each time though they have not changed.
        routes=[
            *probes(base, readiness),
            feed(base),
            Mount(f"{base}/app/static", StaticFiles(directory=root / "static")),
        ],
        middleware=[
            Middleware(KeptScripts, below=f"{base}/static/"),
            Middleware(
                SecurityHeaders,
                policy=content_security_policy(inline_scripts(page)),
                embedded_by=os.environ.get("EMBEDDED_BY", "*"),
            ),
            # Streamlit sends its scripts as they are, 8 MB for a first view, and leaves them to a proxy to compress.
            Middleware(CompressMiddleware, gzip_level=6, remove_accept_encoding=True),
            Middleware(SameOrigin, allowed=config.get_option("server.corsAllowedOrigins")),
            Middleware(StartPage, page=page, base=base, screens=screens),
        ],
    )
    config.set_option("server.fileWatcherType", "none")  # files do not change under a running server
    config.set_option("logger.enableRich", False)  # an error is one line of JSON, with no frame drawn round it
    log.start_log()
    readiness.failed = open_screens(root)
    log.start_log()  # again, for the libraries that the screens have loaded
    log.ready(screens=len(screens), failed=readiness.failed)
    return app
