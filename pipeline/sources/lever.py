"""What a lever is: one indicator of a building block of health, who leads on it, who can act, and how soon it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Capital = Literal["financial and physical", "human", "social", "natural"]
Level = Literal["national", "combined-authority", "local"]
Horizon = Literal["short", "long"]
Polarity = Literal["high-is-good", "high-is-bad"]

SIGNS: Mapping[str, int] = {"high-is-good": 1, "high-is-bad": -1}
"""Polarity -> what a value is multiplied by so that more is better."""


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One indicator of a building block, who leads on it, who can act, and how soon the figure can answer."""

    indicator: str
    label: str
    counts: str
    """What is counted, of whom."""
    block: str
    capital: Capital
    department: str
    level: tuple[Level, ...]
    horizon: Horizon
    """ "short" where the figure can answer to a decision within about five years, else "long"; our judgement."""
    polarity: Polarity
    basis: str
    """The law or document on which department and levels rest."""
    in_index: bool = False
    """Whether it is what the index's own domains of income, work and skills count, so that its figures must be worse where
    deprivation is higher: the build checks the polarity against that."""
    current_prices: bool = False
    """Whether values rise with prices, so that old ones must be re-priced before they are compared."""
