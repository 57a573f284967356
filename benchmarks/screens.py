"""The screens under measurement: where they are, what counts as their answer, which control is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from benchmarks.servers import ROOT

_ASKED = {"place": "?place=E06000004"}
"""Place draws its charts once a place is chosen."""


@dataclass(frozen=True)
class Screen:
    """One screen."""

    path: str
    answer: str
    """CSS selector of the words that answer its question."""
    control: Literal["buttons", "list"] | None = None
    """Kind of control that is changed: the first of its kind; None for the first row of buttons, else the first list."""

    @property
    def name(self) -> str:
        """Name in tables of results."""
        return self.path.partition("?")[0].strip("/") or "the gap today"


FIRST = Screen("/", answer=".verdict")
TITLE = "[data-testid=stMain] h1"

_CHANGED: Mapping[str, Literal["buttons", "list"]] = {"levers": "list"}
"""Its buttons lead to other charts; its lists draw the same ones anew."""


def screens() -> list[Screen]:
    """Return the first screen and every other that stands in pages/."""
    names = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    return [
        FIRST,
        *(Screen(f"/{name}{_ASKED.get(name, '')}", answer=TITLE, control=_CHANGED.get(name)) for name in names),
    ]
