"""Controls that a link carries, read from the address in either spelling."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from charts.catalogue.view import SETTINGS
from dashboard import screen

Option = TypeVar("Option")

_MISREAD = "misread in the address"
_OPEN_PAGE = "page that is open"
LONGEST_ECHO = 60
FEW = 8
"""Choices that are all named where one was not understood."""

WORDS = frozenset({*SETTINGS, "table", "section", "source", "shape", "deck", "slide", "tab"} - {"scale", "rows"})
"""Every word by which an address sets a control, on any screen."""


def begin(page: str) -> None:
    """Let the address alone say what a screen shows when it is opened.

    What was chosen on other screens is let go of: Streamlit would add each such choice to the address one by one, and
    Back would have to undo them one by one, each time on a screen that nobody has seen.
    """
    if st.session_state.get(_OPEN_PAGE) != page:
        st.session_state[_OPEN_PAGE] = page
        for name in WORDS & set(st.session_state):
            del st.session_state[name]


def let_go() -> None:
    """Untie the controls of a screen that is drawn from the words in its address, until it is drawn again.

    When another screen is opened, Streamlit drops every word of its address that a control of the last one was tied to
    (streamlit/streamlit#14350): women's figures would follow men's, and Back would not show what was seen. Words
    of controls that this screen no longer shows stay tied, so that Streamlit takes them out of the address.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    with context.session_state.query_params() as words:
        for name in screen.current().controls:
            tied = words.get_binding_for_param(name)
            if tied:
                words.unbind_widget(tied.widget_id)


def _chosen(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None,
    format_func: Callable[[Option], str],
    others: Mapping[str, Option] | None = None,
    explained: Mapping[str, str] | None = None,
    **more: Any,
) -> Any:
    """Show a widget bound to the word `key` in the address, and return what is chosen; the default if nothing is.

    Streamlit writes and reads the visible words of an option ("Men"); a link may as well carry our own name of it
    ("male"), which stays when the words are improved. A value that is neither is said on the screen.

    Args:
        widget: one of Streamlit's.
        label: what is chosen.
        options: the choices.
        key: word in the address; also the key in the session.
        default: what is chosen at first.
        format_func: option -> visible words.
        others: further spellings in an address -> option (a replaced area code).
        explained: value that is no choice any more -> what became of it.
        more: passed on to the widget.
    """
    _read_address(
        label,
        options,
        key=key,
        default=default,
        format_func=format_func,
        others=others or {},
        explained=explained or {},
    )
    chosen = widget(label, options, format_func=format_func, key=key, bind="query-params", **more)
    found = default if chosen is None else chosen
    shown = screen.current()
    shown.controls[key] = "" if found is None else str(found)
    if found not in {None, default}:
        shown.chosen[key] = format_func(found)
    return found


def selectbox(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None = None,
    format_func: Callable[[Option], str] = str,
    **more: Any,
) -> Option:
    """Show a list to choose from; without a default, its first choice is chosen (see `_chosen`)."""
    first = options[0] if default is None else default
    index = list(options).index(first)
    found: Option = _chosen(
        st.selectbox, label, options, key=key, default=first, format_func=format_func, index=index, **more
    )
    return found


def optional_selectbox(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    placeholder: str,
    format_func: Callable[[Option], str] = str,
    **more: Any,
) -> Option | None:
    """Show a list of which nothing is chosen at first (see `_chosen`)."""
    found: Option | None = _chosen(
        st.selectbox,
        label,
        options,
        key=key,
        default=None,
        format_func=format_func,
        index=None,
        placeholder=placeholder,
        **more,
    )
    return found


def multiselect(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    most: int,
    between: str,
    format_func: Callable[[str], str],
    **more: Any,
) -> list[str]:
    """Show a list of which a few may be chosen; the address holds our own names with a sign `between` them.

    A name in the address that is not among the options is said on the screen, as are those beyond `most`.
    """
    asked, written = st.query_params.get(key, ""), f"{key} as written in the address"
    misread: dict[str, str] = st.session_state.setdefault(_MISREAD, {})
    follows = asked != st.session_state.get(written, "")  # a link, or Back: what is chosen follows the address
    if follows:
        names = list(dict.fromkeys(name for name in asked.split(between) if name))
        st.session_state[key] = [name for name in names if name in options][:most]
        misread[key] = next((name for name in names if name not in st.session_state[key]), "")
    st.session_state[key] = [name for name in st.session_state.get(key, []) if name in options]
    found: list[str] = st.multiselect(label, options, key=key, format_func=format_func, max_selections=most, **more)
    text = between.join(found)
    if text:
        st.query_params[key] = text
    elif asked:
        del st.query_params[key]
    if not follows and text != st.session_state.get(written, ""):
        misread.pop(key, None)  # the visitor has chosen since
    st.session_state[written] = screen.current().controls[key] = text
    if misread.get(key):
        screen.current().misread.append(f"{label}: {_no_choice(misread[key], ())}, so it is left out.")
    return found


def text_input(label: str, *, key: str, **more: Any) -> str:
    """Show a box to type into, bound to the word `key` in the address."""
    found = st.text_input(label, key=key, bind="query-params", **more) or ""
    shown = screen.current()
    shown.controls[key] = found
    if found:
        shown.chosen[key] = found
    return found


def segmented_control(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option,
    format_func: Callable[[Option], str] = str,
    **more: Any,
) -> Option:
    """Show a row of buttons of which one is chosen (see `_chosen`)."""
    show = partial(st.segmented_control, default=default, required=True)
    found: Option = _chosen(show, label, options, key=key, default=default, format_func=format_func, **more)
    return found


def select_slider(label: str, options: Sequence[Option], *, key: str, default: Option, **more: Any) -> Option:
    """Show a slider over options in order (see `_chosen`)."""
    show = partial(st.select_slider, value=default)
    found: Option = _chosen(show, label, options, key=key, default=default, format_func=str, **more)
    return found


def _read_address(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None,
    format_func: Callable[[Option], str],
    others: Mapping[str, Option],
    explained: Mapping[str, str],
) -> None:
    if key not in WORDS:
        raise KeyError(f"{key} is not among the words of addresses")
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
        instead = "nothing is chosen" if default is None else f"{format_func(default)} is shown"
        words = {format_func(option) for option in options}
        screen.current().misread.append(
            f"{label}: {explained.get(misread[key]) or _no_choice(misread[key], words)}, so {instead}."
            f"{_choices([format_func(option) for option in options])}"
        )


def _no_choice(asked: str, words: Collection[str]) -> str:
    names = [word for word in words if not word.isdigit()]  # a year that is near is no misspelt year
    meant = get_close_matches(asked[:LONGEST_ECHO], names, n=2, cutoff=0.7)
    hint = f" (did you mean {' or '.join(meant)}?)" if meant else ""
    return f"“{quoted(asked)}” is not one of the choices{hint}"


def _choices(words: Sequence[str]) -> str:
    if len(words) <= FEW:
        return f" Choices: {'; '.join(words)}."
    if all(word[:4].isdigit() for word in words):  # years or periods
        return f" Choices run from {min(words)} to {max(words)}."
    return ""


def quoted(text: str) -> str:
    """Return words of a link for showing: cut short, and with nothing that Markdown would turn into a link or picture."""
    short = text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"
    return re.sub(r"([^\w\s…])", r"\\\1", " ".join(short.split()))


def plain(sentence: str) -> str:
    """Return a sentence so that Markdown shows it as it is, whatever names and values stand in it."""
    return re.sub(r"([\\`*_\[\]<>$:|~#&])", r"\\\1", " ".join(sentence.split()))


def _adopt(key: str, option: Option, *, default: Option | None, words: str) -> None:
    """Choose the option that the address names by our own name, and put the visible words into the address instead.

    Also where it is chosen already: Back leads to the address as it was opened, and Streamlit takes its word for nothing.
    """
    if option == default:
        return
    try:
        st.query_params[key] = words
    except StreamlitAPIException:  # the control is on the screen already, so that it can be told directly
        st.session_state[key] = option
    else:
        st.rerun()
