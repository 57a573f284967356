"""The screens under measurement: where they are, what counts as their answer, which control is changed."""

from dataclasses import dataclass
from typing import Literal, get_args

from benchmarks.servers import ROOT

Kind = Literal["buttons", "list"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_QUERIES = {"place": "?place=E06000004"}
"""Place draws its charts once a place is chosen."""


@dataclass(frozen=True)
class Screen:
    """One screen."""

    path: str
    answer: str = "[data-testid=stMain] h1"
    """CSS selector of the words that answer its question."""
    control: Kind | None = None
    """Kind of control that is changed: the first of its kind; None for the first list of buttons, else the first list."""

    @property
    def name(self) -> str:
        """Name in tables of results."""
        return self.path.partition("?")[0].strip("/") or "the gap today"


FIRST = Screen("/", control="list")  # its buttons lead to other charts


def screens() -> list[Screen]:
    """The first screen and every other in pages/."""
    names = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    # The buttons of Levers lead to other charts; its lists draw the same ones anew.
    controls: dict[str, Kind] = {"levers": "list"}
    others = [Screen(f"/{name}{_QUERIES.get(name, '')}", control=controls.get(name)) for name in names]
    return [FIRST, *others]
