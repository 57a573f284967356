"""What a measurement is: a figure, what it is compared with in the same run, and the most that is accepted."""

import platform
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

RESULTS = Path(__file__).resolve().parent / "results.md"
HEAD = """# Results

Written by `make bench`. Every ratio compares two things measured by turns in the same run, so it holds on other
machines too; times and bytes are those of the machine named. A dash: nothing to compare with, or no limit set.
"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table of results."""

    what: str
    value: float
    unit: str
    reference: float | None = None
    """The same for the simple thing, in the same unit, measured in the same run."""
    most: float | None = None
    """Greatest accepted value."""
    most_times: float | None = None
    """Greatest accepted ratio to the reference."""

    @property
    def ratio(self) -> float | None:
        """Value over reference."""
        return self.value / self.reference if self.reference else None

    @property
    def kept(self) -> bool | None:
        """Whether every limit is kept; None where there is none."""
        judged = [(self.value, self.most), (self.ratio, self.most_times)]
        found = [value <= limit for value, limit in judged if value is not None and limit is not None]
        return all(found) if found else None

    @property
    def limit(self) -> str:
        """What is accepted, in words."""
        parts = [] if self.most_times is None else [f"{self.most_times:g} times"]
        return " and ".join([*parts, *([] if self.most is None else [f"{self.most:g} {self.unit}".strip()])]) or "-"

    def cells(self) -> list[str]:
        """The line as it is printed."""
        reference = "-" if self.reference is None else f"{self.reference:.3g} {self.unit}"
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        kept = {True: "yes", False: "**no**", None: "-"}[self.kept]
        return [self.what, self.limit, f"{self.value:.3g} {self.unit}".strip(), reference, ratio, kept]


@dataclass
class Part:
    """One table of results."""

    title: str
    note: str
    rows: list[Row] = field(default_factory=list)

    def as_text(self) -> str:
        """The table in Markdown, under its title."""
        lines = [f"## {self.title}", "", self.note, "", f"Measured on: {machine()}.", ""]
        lines += ["| what | limit | measured | compared with | ratio | kept |", "|---|---|---|---|---|---|"]
        return "\n".join([*lines, *(f"| {' | '.join(row.cells())} |" for row in self.rows)]) + "\n"


def median(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile_95(values: Sequence[float]) -> float:
    """The value below which 95% of the values lie (the nearest of them, none in between)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def save(part: Part) -> None:
    """Put one part into results.md in place of its earlier self; the other parts stay as they are."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    sections = {section.split("\n", 1)[0]: section for section in re.split(r"(?m)^(?=## )", text)[1:]}
    sections[f"## {part.title}"] = part.as_text()
    body = "\n".join(f"{section.rstrip()}\n" for section in sections.values())
    RESULTS.write_text(f"{HEAD}\n{body}", encoding="utf-8")


def machine() -> str:
    """What it was measured on, in a few words that name nobody's machine."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"
