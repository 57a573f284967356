"""The screens under measurement: where they are, what counts as their answer, which control is changed."""

from dataclasses import dataclass

from benchmarks.servers import ROOT


@dataclass(frozen=True)
class Screen:
    """One screen."""

    path: str
    answer: str
    """CSS selector of the words that answer its question."""

    @property
    def name(self) -> str:
        """Name in tables of results."""
        return self.path.strip("/") or "the gap today"


FIRST = Screen("/", answer=".verdict")
TITLE = "[data-testid=stMain] h1"


def screens() -> list[Screen]:
    """Return the first screen and every other that stands in pages/."""
    return [FIRST, *(Screen(f"/{path.stem}", answer=TITLE) for path in sorted((ROOT / "pages").glob("*.py")))]
