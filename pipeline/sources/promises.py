"""Promises made about healthy life and its gap, from promises.csv, and the State Pension age, from state_pension_age.csv."""

from dataclasses import dataclass

from pipeline.sources.facts import rows
from pipeline.tables import authored


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One row of promises.csv; its contract in pipeline.tables.authored says what each field means, "" for an empty cell."""

    promise: str
    label: str
    announced: str
    announced_year: int
    wording: str
    document: str
    source: str
    metric: str
    area: str
    baseline: str
    deadline: int | str
    gap_definition: str
    gap_left: float | str
    level_rise_years: float | str
    fate: str
    fate_source: str

    @property
    def followed(self) -> bool:
        """Whether our figures can follow it on its own metric."""
        return bool(self.gap_definition)


@dataclass(frozen=True, kw_only=True)
class PensionAge:
    """One State Pension age, the month by which it holds in full, and its law."""

    age: int
    reached_by: str
    law: str
    source: str


PROMISES = tuple(Promise(**row) for row in rows(authored.PROMISES))
"""Every promise, the earliest first."""
STATE_PENSION_AGES = tuple(PensionAge(**row) for row in rows(authored.STATE_PENSION_AGE))
"""State Pension ages in force or laid down, the lowest first."""
