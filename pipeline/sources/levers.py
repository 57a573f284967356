"""Levers: who can act on which building block of health, from levers.csv, and by which law, from laws.csv."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import ContractBroken
from pipeline.sources.building_blocks import BUILDING_BLOCKS
from pipeline.sources.facts import rows
from pipeline.tables import authored

SIGNS: Mapping[str, int] = {"high-is-good": 1, "high-is-bad": -1}
"""Polarity -> what a value is multiplied by so that more is better."""


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One row of levers.csv; its contract in pipeline.tables.authored says what each field means."""

    indicator: str
    label: str
    counts: str
    block: str
    capital: str
    department: str
    level: str
    horizon: str
    polarity: str
    in_index: bool
    current_prices: bool
    basis: str
    """The law or document on which department and levels rest."""


def _levers() -> tuple[Lever, ...]:
    laws = {row["law"]: row["basis"] for row in rows(authored.LAWS)}
    written = rows(authored.LEVERS)
    unknown, unused = {row["law"] for row in written} - set(laws), set(laws) - {row["law"] for row in written}
    if unknown or unused:
        raise ContractBroken(
            f"levers.csv and laws.csv do not match: not in laws.csv {', '.join(sorted(unknown)) or 'none'}; "
            f"of no lever {', '.join(sorted(unused)) or 'none'}.",
            where="pipeline/sources",
            do="Add the law to laws.csv, or delete the one that no lever rests on.",
        )
    return tuple(Lever(basis=laws[row.pop("law")], **row) for row in written)


LEVERS = _levers()
"""Every lever, block by block."""

WITHOUT_DIRECTION: Mapping[str, str] = {
    block.id: block.not_a_lever_because for block in BUILDING_BLOCKS if block.not_a_lever_because
}
"""Indicators that are published and held, but are no levers, with the reason: whether more is better is not agreed."""
