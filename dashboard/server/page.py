"""The one HTML page that carries every screen: Streamlit's, with our language, title, description and addresses."""

import html
import json
import re
from collections.abc import Collection
from http import HTTPStatus
from pathlib import Path

from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import PipelineError

TITLE = "Healthy life expectancy gap"
DESCRIPTION = (
    "Is the gap in healthy life expectancy between England's richest and poorest places being halved, and what would it "
    "take? Official figures, their uncertainty, maps and progress."
)
WITHOUT_SCRIPTS = (
    f"<h1>{html.escape(TITLE)}</h1><p>{html.escape(DESCRIPTION)}</p>"
    "<p>The charts need JavaScript, which is turned off in this browser. All figures are also in plain tables in the "
    "folder data/processed of the dashboard's source.</p>"
)
FEED = (
    '<link rel="alternate" type="application/atom+xml" href="./feed.xml" title="Releases and changes of the verdict">'
)
NOT_OFFERED = ("/_stcore/upload_file", "/_stcore/agent", "/_stcore/metrics")
"""Addresses that Streamlit has and this dashboard does not use: files of visitors, agents, and Streamlit's metrics."""


class StartPageChanged(PipelineError):
    """Streamlit's page is not the one this module knows how to amend; the pinned version was changed."""


def start_page(original: str, *, base: str, early: str) -> str:
    """Streamlit's `index.html` in our words; `base` is the path below which the dashboard is served, "" or "/name".

    Streamlit has no setting for the language (streamlit/streamlit#15726), the title before the first run (#9058) or the
    description (#16634). Without its own address and host settings, its client asks `/map/_stcore/health` first on a
    bookmarked screen, which is not there (#7074).

    `early` is a script below Streamlit's folder that the browser fetches while the page starts, and not after the first run
    has asked for it: every screen but one has charts, and what draws them is half of all bytes.

    Raises:
        StartPageChanged: a part to be replaced is not there.
    """
    start = (
        f"<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+{json.dumps(base)},"
        "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}</script>"
    )
    meta = f'<meta name="description" content="{html.escape(DESCRIPTION)}" />'
    page = _swap(original, r'<html lang="[^"]*">', '<html lang="en-GB">')
    page = _swap(page, r"<title>.*?</title>", f"<title>{html.escape(TITLE)}</title>\n    {meta}\n    {start}")
    page = _swap(
        page,
        "</head>",
        f'  <link rel="modulepreload" crossorigin href="./{early}">\n    {FEED}\n  </head>',
    )
    # The agent interface is off, so nothing may point to it.
    page = _swap(page, r"<!--\s*Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*>\s*", "")
    page = _swap(page, r"<noscript>.*?</noscript>", f"<noscript>{WITHOUT_SCRIPTS}</noscript>")
    return page.replace('"./', f'"{base}/')  # scripts are found from any address, also from one that is no screen


def inline_scripts(page: str) -> list[str]:
    """The text of every script in the page itself, for the content security policy."""
    return re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)


def start_page_everywhere(app: ASGIApp, *, page: str, base: str, screens: Collection[str]) -> ASGIApp:
    """Send our page wherever Streamlit would send its own, with 404 where there is no screen of that address.

    The page says in words that there is no such screen; search engines and link checkers go by the number, and
    Streamlit answers 200. `screens` are addresses with their base path.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        is_start_page = False

        async def send_ours(message: Message) -> None:
            nonlocal is_start_page
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
                is_start_page = dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html")
                if is_start_page:
                    await HTMLResponse(page, 200 if scope["path"] in screens else 404)(scope, receive, send)
            if not is_start_page:
                await send(message)

        if scope["type"] == "http" and scope["path"].removeprefix(base).startswith(NOT_OFFERED):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
        else:
            await app(scope, receive, send_ours)

    return serve


def chart_script(streamlit_folder: Path) -> str:
    """Where the script that draws charts is, below Streamlit's folder; its name changes with the version.

    Raises:
        StartPageChanged: the installed Streamlit has none of that name.
    """
    manifest = json.loads((streamlit_folder / "manifest.json").read_text("utf-8"))
    for name, part in manifest.items():
        if name.endswith("/PlotlyChart.tsx"):
            return str(part["file"])
    raise _changed("manifest.json", "/PlotlyChart.tsx")


def _swap(page: str, pattern: str, replacement: str) -> str:
    changed, times = re.subn(pattern, lambda _: replacement, page, count=1, flags=re.DOTALL)
    if not times:
        raise _changed("index.html", pattern)
    return changed


def _changed(file: str, pattern: str) -> StartPageChanged:
    return StartPageChanged(
        "Streamlit's start page is not the one this dashboard knows.",
        where=f"{file} of the installed Streamlit: nothing matches {pattern}",
        do="Install the versions in requirements.txt, or amend dashboard/server/page.py to the new page.",
    )
