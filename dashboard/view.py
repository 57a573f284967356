"""What one drawing of a screen collects while it is drawn: its controls, its charts, and words it did not understand."""

from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class View:
    """One drawing of one screen."""

    controls: dict[str, str] = field(default_factory=dict)
    """Word in the address -> value, for every control drawn so far."""
    charts: dict[str, str] = field(default_factory=dict)
    """Name of every chart drawn so far -> its title."""
    misread: list[str] = field(default_factory=list)
    """One sentence for every value in the address that is not one of a control's choices."""
    only_chart: str = ""
    """The one chart to show, where the address asks for one; else empty."""
    stage: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Where that one chart is drawn."""


_CURRENT: ContextVar[View] = ContextVar("view")


def begin(view: View) -> View:
    """Make a view the current one of this drawing."""
    _CURRENT.set(view)
    return view


def current() -> View:
    """Return the current view; an empty one where a part of a screen is drawn again on its own."""
    try:
        return _CURRENT.get()
    except LookupError:
        return begin(View())
