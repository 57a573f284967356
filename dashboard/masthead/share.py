"""The full link to a screen as it is now, the code that puts one of its charts elsewhere, and words no screen knows."""

import html
import re
from urllib.parse import urlencode, urlsplit
from zlib import crc32

import streamlit as st

from dashboard import link, screen

_SCRIPT = '<script type="module" src="app/static/share.js"></script>'
_ICON = '<span class="icon" aria-hidden="true">link</span>'
_EMBEDDED = "chart to embed"
_OTHER_WORDS = frozenset(["chart", "embed", "embed_options", "present", "add-chart", "clean"])
_FOREIGN_WORDS = re.compile(r"utm_|fbclid$|gclid$|mc_")
"""Words that mail and social networks put behind an address."""


def unknown_words(shown: screen.Screen) -> list[str]:
    """Return a sentence for every word in the address that sets nothing on any screen."""
    here = ", ".join(shown.controls) or "none"
    return [
        f"There is no choice called “{link.quoted(name)}”. The choices of this screen are called: {here}."
        for name in st.query_params
        if name.strip() and name not in link.WORDS | _OTHER_WORDS and not _FOREIGN_WORDS.match(name)
    ]


def address(shown: screen.Screen, **more: str) -> str:
    """Return the full address of a view, every control written out, defaults too.

    Args:
        shown: the view.
        more: further words for the address.
    """
    words = {name: value for name, value in shown.controls.items() if value} | more
    base = st.context.url or ""
    base += "" if urlsplit(base).path else "/"
    return f"{base}?{urlencode(words)}" if words else base


def button(shown: screen.Screen) -> None:
    """Show the button that copies the full link to a view."""
    st.html(
        f'<div class="share"><button type="button" data-share="{html.escape(address(shown))}">{_ICON}<span class="word">Share</span>'
        f'</button><span role="status"></span></div>{_SCRIPT}',
        unsafe_allow_javascript=True,  # the script is ours, from our own server; the address is escaped
    )


def embed_button(shown: screen.Screen) -> None:
    """Show a button that opens the code that puts one of a screen's charts into another page."""
    if not any(one.title for one in shown.charts.values()):
        return
    with st.popover("Embed a chart", icon=":material/code:", type="tertiary"):
        st.markdown("To show one chart in another web page, with its source:")
        before = st.session_state.get(_EMBEDDED)
        titles = {key: one.title for key, one in shown.charts.items() if one.title}
        # A list whose words have changed is another one to the browser: under the same key it would keep the old words.
        chart = st.selectbox(
            "Chart",
            list(titles),
            index=list(titles).index(before) if before in titles else 0,
            format_func=lambda key: titles[key],
            key=f"embedded-chart-{crc32(repr(titles).encode())}",
        )
        st.session_state[_EMBEDDED] = chart
        st.code(embed_code(shown, shown.charts[chart]), language=None, wrap_lines=True)


def embed_code(shown: screen.Screen, chart: screen.Drawn) -> str:
    """Return the HTML that shows one chart of a screen in another web page."""
    words = {"chart": chart.id} | ({"sex": chart.sex} if chart.sex else {})
    source = html.escape(address(shown, embed="true", **words))
    return f'<iframe src="{source}" title="{html.escape(chart.title)}" width="100%" height="640" style="border:0"></iframe>'
