"""The one HTML page that carries every screen: Streamlit's, with our language, title, description and addresses."""

import html
import json
import re
from pathlib import Path

from pipeline.errors import PipelineError

LAYOUT = (
    "<style>.stMainBlockContainer.block-container{max-width:1280px;padding-top:2.5rem;padding-bottom:3rem}"
    "@media (min-width:768px){.stMainBlockContainer.block-container{padding-left:5rem;padding-right:5rem}}"
    ".stHorizontalBlock>.stElementContainer>[data-testid=stSkeleton]{height:4.25rem}"
    ".stVerticalBlock>:first-child>.stHorizontalBlock>.stElementContainer>[data-testid=stSkeleton]{height:1.25rem}"
    ".stMainBlockContainer>.stVerticalBlock>[class*=st-key-]>[data-testid=stSkeleton]{height:3.75rem}"
    ".stHorizontalBlock>.stElementContainer:has(>.stButtonGroup){min-height:4.25rem}"
    ".st-key-facts [data-testid=stSkeleton]{height:26.5rem}"
    "[class*=st-key-long-table] [data-testid=stSkeleton]{height:100vh}</style>"
)
"""Width and margins that every screen sets for itself (dashboard/shell.py), and the height of what is still to come: first the
menu, then rows of controls, or one control alone, then a place's figures or a long table. Set from the start, nothing on the
page moves when the parts arrive."""

FIRST_CHART = (Path(__file__).parent / "first_chart.js").read_text(encoding="utf-8")
"""Lets the first chart be drawn before the others arrive."""

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


class IndexPageChanged(PipelineError):
    """Streamlit's page is not the one this module knows how to amend; the pinned version was changed."""


def index_page(original: str, *, base: str, title: str, description: str, later: str | None = None) -> str:
    """Return Streamlit's page with the words and addresses of this dashboard.

    Streamlit's client does not know under which address it runs, so on a bookmarked screen it first asks
    `/map/_stcore/health`, which is not there. Told the address, it asks the right one. Told the host settings too, it
    opens its connection without asking first, which saves a round trip.

    Args:
        original: Streamlit's `index.html`.
        base: path under which the dashboard is served, "" or "/name", without a slash at the end.
        title: title of the browser's tab until the screen has its own; also what search engines and link previews show.
        description: one or two sentences on what the dashboard answers.
        later: a script, relative to the page, that the visitor's next step may need: read once the page has stood still
            for three seconds, unless the visitor asked the browser to save data. Where the screen has it, nothing is done.

    Raises:
        IndexPageChanged: a part to be replaced is not there.
    """
    start = (
        f"<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+{json.dumps(base)},"
        "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}</script>"
        f"<script>{FIRST_CHART}</script>"
    )
    meta = f'<meta name="description" content="{html.escape(description)}" />'
    page = _swap(original, r'<html lang="[^"]*">', '<html lang="en-GB">')
    page = _swap(page, r"<title>.*?</title>", f"<title>{html.escape(title)}</title>\n    {meta}\n    {start}")
    page = _swap(page, "</head>", f"{LAYOUT}{_read_later(later) if later else ''}</head>")
    # The agent interface is off, so nothing may point to it.
    page = _swap(page, r"<!--\s*Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*>\s*", "")
    return _swap(page, r"<noscript>.*?</noscript>", f"<noscript>{_without_scripts(title, description)}</noscript>")


def _read_later(script: str) -> str:
    """Return a script that reads another when the browser has nothing else to do.

    To fetch it would not do: the browser spends most of the time on reading it.
    """
    return (
        '<script type="module">if(!navigator.connection?.saveData)addEventListener("load",()=>setTimeout(()=>'
        f"(window.requestIdleCallback??setTimeout)(()=>import({json.dumps(f'./{script}')}).catch(()=>{{}})),3000))</script>"
    )


def inline_scripts(page: str) -> list[str]:
    """Return the text of every script that stands in the page itself, for the content security policy."""
    return [match["body"] for match in _SCRIPT.finditer(page) if "src=" not in match["attributes"]]


def files_of(page: str) -> list[str]:
    """Return the scripts and styles that the page names, relative to the folder `static`."""
    return re.findall(r'"\./static/([^"]+\.(?:js|css))"', page)


def _without_scripts(title: str, description: str) -> str:
    return (
        f"<h1>{html.escape(title)}</h1><p>{html.escape(description)}</p>"
        "<p>The charts need JavaScript, which is turned off in this browser. All figures are also in plain tables in the "
        "folder data/processed of the dashboard's source.</p>"
    )


def _swap(page: str, pattern: str, replacement: str) -> str:
    changed, times = re.subn(pattern, lambda _: replacement, page, count=1, flags=re.DOTALL)
    if not times:
        raise IndexPageChanged(
            "Streamlit's start page is not the one this dashboard knows.",
            where=f"index.html of the installed Streamlit: nothing matches {pattern}",
            do="Install the versions in requirements.txt, or amend dashboard/server/index_page.py to the new page.",
        )
    return changed
