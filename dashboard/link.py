"""Controls that a link carries: read from the address in either spelling, written in full when a link is copied."""

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, overload
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard import view

Option = TypeVar("Option")

_MISREAD = "misread in the address"
LONGEST_ECHO = 60


@overload
def selectbox(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    index: int = 0,
    format_func: Callable[[Option], str] = str,
    others: Mapping[str, Option] | None = None,
    **more: Any,
) -> Option: ...


@overload
def selectbox(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    index: None,
    format_func: Callable[[Option], str] = str,
    others: Mapping[str, Option] | None = None,
    **more: Any,
) -> Option | None: ...


def selectbox(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    index: int | None = 0,
    format_func: Callable[[Option], str] = str,
    others: Mapping[str, Option] | None = None,
    **more: Any,
) -> Option | None:
    """Show a list to choose from, bound to the word `key` in the address.

    Streamlit writes and reads the visible words of an option ("Men"); a link may as well carry our own name of it
    ("male"), which stays when the words are improved. A value that is neither is said on the screen.

    Args:
        label: what is chosen.
        options: the choices.
        key: word in the address; also the key in the session.
        index: position of the default; None for no choice.
        format_func: option -> visible words.
        others: further spellings in an address -> option (a replaced area code).
        more: passed on to `st.selectbox`.

    Returns:
        The chosen option; None where none is chosen.
    """
    default = None if index is None else options[index]
    _read_address(label, options, key=key, default=default, format_func=format_func, others=others or {})
    chosen: Option | None = st.selectbox(
        label, options, index=index, format_func=format_func, key=key, bind="query-params", **more
    )
    _note(key, chosen)
    return chosen


def segmented_control(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option,
    format_func: Callable[[Option], str] = str,
    **more: Any,
) -> Option:
    """Show a row of buttons of which one is chosen, bound to the word `key` in the address (see `selectbox`)."""
    _read_address(label, options, key=key, default=default, format_func=format_func, others={})
    chosen: Option | None = st.segmented_control(
        label,
        options,
        default=default,
        required=True,
        format_func=format_func,
        key=key,
        bind="query-params",
        **more,
    )
    found = default if chosen is None else chosen
    _note(key, found)
    return found


def _read_address(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None,
    format_func: Callable[[Option], str],
    others: Mapping[str, Option],
) -> None:
    asked = st.query_params.get(key, "")
    misread: dict[str, str] = st.session_state.setdefault(_MISREAD, {})
    if asked and asked not in {format_func(option) for option in options}:
        by_name = {str(option): option for option in options} | dict(others)
        if asked in by_name:
            _adopt(key, by_name[asked], default=default, words=format_func(by_name[asked]))
        else:
            misread[key] = asked
    if key in misread and st.session_state.get(key, default) != default:
        del misread[key]  # the visitor has chosen since
    if key in misread:
        said = misread[key] if len(misread[key]) <= LONGEST_ECHO else f"{misread[key][:LONGEST_ECHO]}…"
        instead = "nothing is chosen" if default is None else f"{format_func(default)} is shown"
        view.current().misread.append(f"{label}: “{said}” is not one of the choices, so {instead}.")


def _adopt(key: str, option: Option, *, default: Option | None, words: str) -> None:
    """Choose the option that the address names by our own name, and put the visible words into the address instead."""
    if option == default or st.session_state.get(key) == option:
        return
    try:
        st.query_params[key] = words
    except StreamlitAPIException:  # the control is on the screen already, so that it can be told directly
        st.session_state[key] = option
    else:
        st.rerun()


def _note(key: str, chosen: object) -> None:
    view.current().controls[key] = "" if chosen is None else str(chosen)


def address(shown: view.View, **more: str) -> str:
    """Return the full address of a view, every control written out, defaults too.

    Args:
        shown: the view.
        more: further words for the address.
    """
    words = {name: value for name, value in shown.controls.items() if value} | more
    base = st.context.url or ""
    base += "" if urlsplit(base).path else "/"
    return f"{base}?{urlencode(words)}" if words else base


def copy_button(shown: view.View) -> None:
    """Show a button that opens the full link to a view, and the code that puts one of its charts into another page."""
    with st.popover("Copy link to this view", icon=":material/link:"):
        st.markdown("Opens this screen with every choice as it is now.")
        st.code(address(shown), language=None, wrap_lines=True)
        if not shown.charts:
            return
        st.markdown("To show one chart in another web page, with its source:")
        chart = st.selectbox(
            "Chart", list(shown.charts), format_func=lambda key: shown.charts[key], key="embedded-chart"
        )
        st.code(embed_code(shown, chart), language="html", wrap_lines=True)


def embed_code(shown: view.View, chart: str) -> str:
    """Return the HTML that shows one chart of a view in another web page."""
    title = html.escape(shown.charts[chart])
    source = html.escape(address(shown, embed="true", chart=chart))
    return f'<iframe src="{source}" title="{title}" width="100%" height="640" style="border:0"></iframe>'
