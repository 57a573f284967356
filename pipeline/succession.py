"""Which area follows which, from what day and by which law: splits, mergers, new codes and new names, written by hand."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "sources" / "succession.csv"
CARRIES_ON = ("boundary", "one-tier", "name")
"""Changes after which the same area goes on under another code: its figures follow. A split or merger ends the area."""
COUNTED_ON = "2026-01-01"
"""Day whose areas pipeline/sources counts: later changes are taken off before areas are counted."""


@dataclass(frozen=True, kw_only=True)
class Succession:
    """One area that follows another; a row of the file, whose columns table `succession` explains."""

    from_date: str
    change: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    law: str
    law_url: str

    @property
    def year(self) -> str:
        """Year from which it holds."""
        return self.from_date[:4]

    @property
    def is_authority(self) -> bool:
        """Whether the older area is more than a district."""
        return not self.old_code.startswith("E07")


def read(file: Path = FILE) -> list[Succession]:
    """Every row of the file."""
    with file.open(encoding="utf-8", newline="") as text:
        return [Succession(**row) for row in csv.DictReader(text)]


def successors(rows: Iterable[Succession]) -> dict[str, str]:
    """Replaced code -> code in force, of areas that go on."""
    direct = {row.old_code: row.new_code for row in rows if row.new_code and row.change in CARRIES_ON}

    def last(code: str) -> str:
        return last(direct[code]) if code in direct else code

    return {code: last(code) for code in direct}


def ended(rows: Iterable[Succession]) -> dict[str, str]:
    """Code of an authority that was split or merged -> its name and what became of it, in words."""
    gone: dict[str, list[Succession]] = {}
    for row in rows:
        if row.new_code and row.old_code and row.is_authority and row.change not in CARRIES_ON:
            gone.setdefault(row.old_code, []).append(row)
    return {code: _fate(own) for code, own in gone.items()}


def _fate(own: list[Succession]) -> str:
    first, names = own[0], [row.new_name for row in own]
    # names hold "and" themselves, hence the comma before the last one
    became = f"part of {names[0]}" if len(names) == 1 else f"{', '.join(names[:-1])}, and {names[-1]}"
    return f"{first.old_name}, since {first.year} {became}"


SUCCESSION = read()
SUCCESSORS = successors(SUCCESSION)
"""Replaced code -> code in force. Files differ in which one they carry, so every reader maps to the code in force."""
ENDED = ended(SUCCESSION)
"""Codes that ended without one successor, with what became of them: their figures belong to no area in force."""


def heirs(code: str) -> list[str]:
    """Codes of the areas that an area was split or merged into; none where it goes on, or where ONS has given none yet."""
    return [
        row.new_code for row in SUCCESSION if row.old_code == code and row.new_code and row.change not in CARRIES_ON
    ]


def parents(code: str) -> list[str]:
    """Codes of the authorities that an area was formed from by a split or merger."""
    return [
        row.old_code for row in SUCCESSION if code in heirs(row.old_code) and row.new_code == code and row.is_authority
    ]


def merged() -> Mapping[str, str]:
    """Code of a district or authority that was merged -> the authority that it became part of."""
    return {row.old_code: row.new_code for row in SUCCESSION if row.new_code and row.change == "merger"}


def explained(lost: Collection[str], present: Collection[str]) -> set[str]:
    """Those of the lost codes whose areas were split or merged into areas that are all present."""
    return {code for code in lost if heirs(code) and set(heirs(code)) <= set(present)}


def newly_formed(code: str) -> bool:
    """Whether an area is known to have been formed, of others or as a new one."""
    return any(row.new_code == code and row.change not in CARRIES_ON for row in SUCCESSION)


def as_counted(codes: Iterable[str]) -> set[str]:
    """Codes with the splits, mergers and foundings after `COUNTED_ON` undone."""
    found = set(codes)
    later = [row for row in SUCCESSION if row.from_date > COUNTED_ON and row.new_code in found and row.is_authority]
    later = [row for row in later if row.change not in CARRIES_ON]
    return found - {row.new_code for row in later} | {row.old_code for row in later if row.old_code}


def in_words(codes: Iterable[str]) -> str:
    """What became of areas that ended: "E10000006 Cumbria, since 2023 Cumberland, and Westmorland and Furness"."""
    return "; ".join(f"{code} {ENDED[code]}" for code in sorted(codes) if code in ENDED)
