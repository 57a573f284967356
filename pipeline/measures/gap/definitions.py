"""The definitions of "the gap": what richest and poorest can mean, since no official text has settled it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import MeasureRefused


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One meaning of "richest and poorest", in words that a chart can print."""

    id: str
    label: str
    short_label: str
    ends: str
    """How the two ends are chosen, as one sentence."""
    groups: Literal["regions", "authorities", "deciles"]
    """What the ends are made of; small areas come only as national tenths (deciles)."""
    is_slope: bool = False
    """True where the ends are those of a line fitted through all groups (slope index of inequality)."""
    caveat: str = ""
    """What a reader should know before quoting it; empty where nothing beyond the usual."""


_ALL = (
    Definition(
        id="income-regions",
        groups="regions",
        label="Richest and poorest region by disposable income",
        short_label="By income, regions",
        ends="The regions with the highest and the lowest disposable household income per head in the latest year; the "
        "same pair in every period.",
        caveat="Income is before housing costs, which are highest in London.",
    ),
    Definition(
        id="deprivation-regions",
        groups="regions",
        label="Least and most deprived region",
        short_label="By deprivation, regions",
        ends="The regions with the lowest and the highest population-weighted average score on the Index of Multiple "
        "Deprivation 2025; the same pair in every period.",
    ),
    Definition(
        id="extreme-regions",
        groups="regions",
        label="Highest and lowest region by healthy life expectancy",
        short_label="Highest and lowest, regions",
        ends="Whichever regions have the highest and the lowest healthy life expectancy in each period.",
        caveat="The pair can change from period to period, and picking extremes makes a gap look larger than it is.",
    ),
    Definition(
        id="deprivation-fifths",
        groups="authorities",
        label="Least and most deprived fifth of local authorities",
        short_label="By deprivation, authorities",
        ends="Upper-tier authorities in five groups of equal number by average score on the Index of Multiple Deprivation "
        "2025; population-weighted averages of the first and last group.",
    ),
    Definition(
        id="extreme-tenths",
        groups="authorities",
        label="Top and bottom tenth of local authorities by healthy life expectancy",
        short_label="Highest and lowest, authorities",
        ends="The plain average of the 15 upper-tier authorities with the highest healthy life expectancy in each period, "
        "minus that of the 15 with the lowest.",
        caveat="The groups change from period to period; picking extremes of noisy figures overstates the gap, and the "
        "interval does not allow for that.",
    ),
    Definition(
        id="deprivation-deciles",
        groups="deciles",
        label="Least and most deprived tenth of small areas",
        short_label="By deprivation, small areas",
        ends="Small areas of England in ten groups by the Index of Multiple Deprivation 2019: the least deprived tenth "
        "minus the most deprived tenth.",
        caveat="The figures we hold carry no intervals.",
    ),
    Definition(
        id="slope-deciles",
        groups="deciles",
        is_slope=True,
        label="Slope across tenths of small areas by deprivation",
        short_label="Slope, small areas",
        ends="Slope index of inequality: the difference between the two ends of a straight line fitted through all ten "
        "deprivation groups of small areas.",
        caveat="The figures we hold carry no intervals.",
    ),
    Definition(
        id="slope-regions",
        groups="regions",
        is_slope=True,
        label="Slope across regions by deprivation",
        short_label="Slope, regions",
        ends="Slope index of inequality: the difference between the two ends of a straight line fitted through the nine "
        "regions in order of deprivation, weighted by population.",
    ),
)

DEFINITIONS: Mapping[str, Definition] = {definition.id: definition for definition in _ALL}
"""Definition id -> definition, in the order in which screens list them."""

OWN_PAIR = Definition(
    id="own-pair",
    groups="authorities",
    label="Your own pair of places",
    short_label="Your own pair",
    ends="Two places that you chose: the one with the higher healthy life expectancy over all periods is the better-off end.",
    caveat="This pair is your own choice. It is not one of the definitions in use, and no target has been set for it.",
)
"""The gap between two places that a reader chose; never among the definitions in use."""


def definition_of(definition_id: str) -> Definition:
    """The definition of an id, the reader's own pair among them.

    Raises:
        MeasureRefused: there is none.
    """
    found = OWN_PAIR if definition_id == OWN_PAIR.id else DEFINITIONS.get(definition_id)
    if found is None:
        raise MeasureRefused(
            f"There is no definition {definition_id!r}.", do=f"Choose one of {', '.join(DEFINITIONS)}."
        )
    return found


BETWEEN_REGIONS = tuple(one.id for one in _ALL if one.groups == "regions")
"""Definitions that need figures of regions alone, which every release of HLE holds."""

DEFAULT_DEFINITION = "income-regions"
