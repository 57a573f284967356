"""Rolling periods: one parser for every publisher's spelling, one label for ours."""

import re
from dataclasses import dataclass

from pipeline.errors import SourceChanged

_SPELLINGS = (
    re.compile(r"(?P<start>\d{4})\s*(?:to|-|–)\s*(?P<end>\d{4})"),  # noqa: RUF001 - publishers write the en dash
    re.compile(r"(?P<start>\d{4})\s*(?P<mark>-|–|/)\s*(?P<short>\d{2})"),  # noqa: RUF001 - as above
    re.compile(r"(?P<start>\d{4})-01-01/P(?P<years>\d+)Y"),
    re.compile(r"(?P<start>\d{4})(?:-01-01)?"),
)

_LONGEST_YEARS = 20
"""No publisher's period is longer."""


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole calendar years, first and last included."""

    start: int
    end: int

    @property
    def label(self) -> str:
        """The one spelling used in tables and on screens: "2022 to 2024", or "2024" for a single year."""
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"

    @property
    def midpoint_year(self) -> float:
        """Middle of the period in calendar years: 2022 to 2024 -> 2023.5 (1 January 2022 + 1.5 years)."""
        return (self.start + self.end + 1) / 2


def parse_period(text: str) -> Period:
    """Read a period in any spelling met: "2022 to 2024", "2022 - 24", "2022-01-01/P3Y", "2022-2024", "2024".

    Raises:
        SourceChanged: the text is none of these, ends before it starts, or does not start on 1 January.
    """
    for spelling in _SPELLINGS:
        found = spelling.fullmatch(text.strip())
        if not found:
            continue
        parts = found.groupdict()
        start = int(parts["start"])
        if parts.get("end"):
            end = int(parts["end"])
        elif parts.get("short"):
            end = start // 100 * 100 + int(parts["short"])
            end += 100 if end < start else 0
            # "2022/23" is one year that does not start on 1 January, "2023-02" a month
            if (end == start + 1 and parts["mark"] == "/") or end - start > _LONGEST_YEARS:
                break
        else:
            end = start + int(parts.get("years") or 1) - 1
        if end >= start:
            return Period(start, end)
    raise SourceChanged(
        f"Period not understood: {text!r}.",
        do='Expected whole calendar years in a spelling such as "2022 to 2024", "2022 - 24" or "2022-01-01/P3Y". If the publisher has '
        "changed its spelling, add it to pipeline/periods.py.",
    )
