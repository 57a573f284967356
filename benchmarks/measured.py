"""What a measurement is: a figure, what it is compared with in the same run, and the most that is accepted."""

import json
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

RESULTS = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table of results."""

    what: str
    value: float
    unit: str
    reference: float | None = None
    """The same for the simple thing, in the same unit, measured in the same run."""
    at_most: float | None = None
    """Greatest accepted value, or greatest accepted ratio where `limit_on_ratio`."""
    limit_on_ratio: bool = False
    at_least: bool = False
    """The limit is a least value (how many times faster than a loop)."""

    @property
    def ratio(self) -> float | None:
        """Value over reference."""
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        judged = self.ratio if self.limit_on_ratio else self.value
        if self.at_most is None or judged is None:
            return None
        return judged >= self.at_most if self.at_least else judged <= self.at_most


@dataclass
class Part:
    """One table of results."""

    name: str
    title: str
    note: str
    rows: list[Row] = field(default_factory=list)


def median(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies (the nearest of them, none in between)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def save(part: Part) -> None:
    """Put one part's results into results.json, leave the other parts as they are, and write results.md anew."""
    file = RESULTS / "results.json"
    held = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"parts": {}}
    held["parts"][part.name] = {
        "title": part.title,
        "note": part.note,
        "machine": machine(),
        "rows": [
            {
                **{key: _rounded(value) for key, value in asdict(row).items()},
                "ratio": _rounded(row.ratio),
                "met": row.met,
            }
            for row in part.rows
        ],
    }
    file.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "results.md").write_text(_as_text(held["parts"]), encoding="utf-8")


def machine() -> str:
    """Return what it was measured on, in a few words that name nobody's machine."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _as_text(parts: dict[str, dict[str, object]]) -> str:
    lines = [
        "# Results",
        "",
        "Written by `make bench`. Every ratio compares two things measured by turns in the same run, so it holds on other",
        "machines too; times and bytes are those of the machine named. A dash: nothing to compare with, or no limit set.",
    ]
    for part in parts.values():
        lines += ["", f"## {part['title']}", "", str(part["note"]), "", f"Measured on: {part['machine']}.", ""]
        lines += ["| what | value | compared with | ratio | accepted | kept |", "|---|---|---|---|---|---|"]
        lines += [_line(row) for row in part["rows"]]  # type: ignore[attr-defined] # written by `save`
    return "\n".join(lines) + "\n"


def _line(row: dict[str, object]) -> str:
    accepted = "-"
    if row["at_most"] is not None:
        sense = "at least" if row["at_least"] else "at most"
        accepted = f"{sense} {row['at_most']:g}" + (" times" if row["limit_on_ratio"] else f" {row['unit']}")
    reference = "-" if row["reference"] is None else f"{row['reference']:g} {row['unit']}"
    ratio = "-" if row["ratio"] is None else f"{row['ratio']:g}"
    kept = {True: "yes", False: "**no**", None: "-"}[row["met"]]  # type: ignore[index] # written by `save`
    return f"| {row['what']} | {row['value']:g} {row['unit']} | {reference} | {ratio} | {accepted} | {kept} |"


def _rounded(value: object) -> object:
    return float(f"{value:.3g}") if isinstance(value, float) else value
