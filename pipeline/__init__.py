"""Numbers: from the publishers' files to the tables that the screens read.

For a notebook or another program: `from pipeline import open_tables, Question, ask` (docs/for-analysts.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.answers.ask.own_figures import open_tables as open_tables
    from pipeline.answers.ask.reply import Reply as Reply
    from pipeline.answers.ask.reply import ask as ask
    from pipeline.answers.gap.question import Question as Question

_HELD_BY = {
    "open_tables": "pipeline.answers.ask.own_figures",
    "Question": "pipeline.answers.gap.question",
    "Reply": "pipeline.answers.ask.reply",
    "ask": "pipeline.answers.ask.reply",
}


def __getattr__(name: str) -> Any:
    """One of the four names for analysts, loaded when it is asked for: the other commands need none of it."""
    if name not in _HELD_BY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HELD_BY[name]), name)
