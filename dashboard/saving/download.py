"""Buttons that hand out a file without drawing the screen anew; files are made in turn, so that none holds up all others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from threading import Condition

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pipeline.errors import PipelineError

_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""Ending of a file -> what it is; Python's own list leaves half of them to the system it runs on."""

LOOK_AFTER_SECONDS = 1.0
_CHANGED = Condition()
_ASKING: set[str] = set()
"""Visitors for whom a file is being made or waited for."""


class NotMade(PipelineError):
    """A file is not made: its visitor waits for another, or has left."""


class Turns:
    """A queue of visitors, of whom the first few are served."""

    def __init__(self, at_once: int) -> None:
        """Serve so many at once."""
        self._at_once = at_once
        self._queue: list[str] = []

    @contextmanager
    def turn(self, visitor: str, *, is_there: Callable[[], bool]) -> Iterator[None]:
        """Wait for the visitor's turn, which lasts as long as the block.

        Raises:
            NotMade: the visitor has asked for another file already, or leaves before their turn comes.
        """
        with _CHANGED:
            if visitor in _ASKING:
                raise NotMade("Another file is being made for you.", do="Wait for it, then ask again.")
            _ASKING.add(visitor)
            self._queue.append(visitor)
            _CHANGED.notify_all()
        try:
            self._wait(visitor, is_there)
            yield
        finally:
            with _CHANGED:
                _ASKING.discard(visitor)
                self._queue.remove(visitor)
                _CHANGED.notify_all()

    def _wait(self, visitor: str, is_there: Callable[[], bool]) -> None:
        with _CHANGED:
            while visitor not in self._queue[: self._at_once]:
                _CHANGED.wait(LOOK_AFTER_SECONDS)
                if not is_there():
                    raise NotMade("The visitor has left.")


QUICK = Turns(at_once=3)
SLOW = Turns(at_once=1)
"""For files that need a browser, which takes more memory than all visitors together."""


def in_turn(make: Callable[[], bytes], turns: Turns) -> Callable[[], bytes]:
    """What makes a file, once it is the turn of the visitor whose screen is being drawn now."""
    context = get_script_run_ctx(suppress_warning=True)
    visitor = context.session_id if context else ""

    def made() -> bytes:
        with turns.turn(visitor, is_there=lambda: is_there(visitor)):
            return make()

    return made


def is_there(visitor: str) -> bool:
    """Whether a visitor's screen is still open."""
    return not runtime.exists() or runtime.get_instance().is_active_session(visitor)


def leave_if_gone() -> Callable[[], None]:
    """What ends a long piece of work, by an error, as soon as the visitor whose screen is drawn now has left."""
    context = get_script_run_ctx(suppress_warning=True)
    visitor = context.session_id if context else ""

    def look() -> None:
        if not is_there(visitor):
            raise NotMade("The visitor has left.")

    return look


def button(
    label: str,
    content: bytes | str | Callable[[], bytes],
    file_name: str,
    *,
    key: str | None = None,
    icon: str | None = None,
    help: str | None = None,  # as Streamlit calls it
    turns: Turns = QUICK,
) -> None:
    """Show a button that hands out a file.

    Args:
        label: words on the button.
        content: the file, or what makes it once it is asked for.
        file_name: its name, whose ending says what it is.
        key: key of the button, where another on the screen has the same words.
        icon: Material symbol, as ":material/table:".
        help: what the file is good for.
        turns: with whose files it takes turns in being made.
    """
    data = in_turn(content, turns) if callable(content) else content
    mime = TYPES[PurePath(file_name).suffix]
    st.download_button(label, data, file_name=file_name, mime=mime, key=key, icon=icon, help=help, on_click="ignore")
