"""Groups of authorities that a law has named, from groups.csv: new strategic authorities, before ONS publishes figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.sources.facts import rows
from pipeline.tables.authored import GROUPS


@dataclass(frozen=True, kw_only=True)
class NamedGroup:
    """One row of groups.csv; its contract in pipeline.tables.authored says what each field means."""

    group: str
    name: str
    authorities: tuple[str, ...]
    in_effect: str
    date_read_at: str
    basis: str


def read() -> dict[str, NamedGroup]:
    """Our name in an address -> the group, in the order of the file."""
    return {
        row["group"]: NamedGroup(**{**row, "authorities": tuple(row["authorities"].split())}) for row in rows(GROUPS)
    }


NAMED_GROUPS: Mapping[str, NamedGroup] = read()
