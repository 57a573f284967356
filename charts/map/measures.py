"""What a map can show: which column, in which words, in which kind of classes."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["level", "clear", "two-way"]


@dataclass(frozen=True, kw_only=True)
class MapMeasure:
    """One thing a map can show."""

    id: str
    column: str
    label: str
    measured: str
    """The quantity in full, as a subtitle has it."""
    meaning: str
    kind: Kind = "level"
    """ "level": classes between round cuts; "clear": by whether it is clearly below or above zero; "two-way": by thirds."""
    finding: str = "{value} healthy years"
    """How a value is said in a title."""
    limits: tuple[str, str] = ("hle_lci_95", "hle_uci_95")
    """Columns of its 95% interval; empty names where it has none."""
    standing: str = ""
    """For kind "clear": the column that says whether it is clear."""
    reason: str = "no_hle_reason"
    """Column that says why an area has no figure."""
    unit: str = "years"
    unit_in_words: str = "years"
    """The unit in a sentence."""
    low_is_worst: bool = True
    """The worst is darkest."""
    by_sex: bool = True
    by_period: bool = True


MEASURES = {
    measure.id: measure
    for measure in (
        MapMeasure(
            id="level",
            column="hle_years",
            label="Healthy life expectancy",
            measured="Healthy life expectancy at birth",
            meaning="Years that a newborn would live in good health if today's rates of death and ill health held for life.",
        ),
        MapMeasure(
            id="life-expectancy",
            column="le_years",
            label="Life expectancy",
            measured="Life expectancy at birth",
            meaning="Years that a newborn would live if today's death rates held for life.",
            finding="{value} years of life",
            limits=("le_lci_95", "le_uci_95"),
            reason="no_le_reason",
        ),
        MapMeasure(
            id="poor-health",
            column="poor_health_years",
            label="Years not in good health",
            measured="Years that a newborn would live not in good health",
            meaning="Life expectancy minus healthy life expectancy, where both rest on the same deaths and population.",
            finding="{value} years not in good health",
            limits=("poor_health_lci_95", "poor_health_uci_95"),
            reason="no_poor_health_reason",
            low_is_worst=False,
        ),
        MapMeasure(
            id="difference",
            column="difference_years",
            label="Difference from England",
            measured="Difference from England in healthy life expectancy at birth",
            meaning="Healthy life expectancy of the place minus that of England. It is clear where its 95% interval "
            "leaves out zero.",
            kind="clear",
            limits=("difference_lci_95", "difference_uci_95"),
            standing="against_england",
        ),
        MapMeasure(
            id="change",
            column="change_years",
            label="Change between two periods",
            measured="Change of healthy life expectancy at birth",
            meaning="Healthy life expectancy of the later period minus that of the earlier. It is clear where its 95% "
            "interval leaves out zero; periods that share years cannot be tested this way.",
            kind="clear",
            limits=("change_lci_95", "change_uci_95"),
            standing="changed",
        ),
        MapMeasure(
            id="shortfall",
            column="shortfall_percent",
            label="Share of the shortfall",
            measured="Share of England's shortfall of healthy years",
            meaning="Years below the healthy life expectancy that halving the gap asks of every authority, times its residents "
            "of that sex, as a share of England's total. At the default settings of the gap, latest period.",
            finding="{value}% of the shortfall",
            limits=("", ""),
            reason="no_shortfall_reason",
            unit="%",
            unit_in_words="per cent",
            low_is_worst=False,
        ),
        MapMeasure(
            id="deprivation",
            column="imd_score",
            label="Deprivation (IMD 2025)",
            measured="Index of Multiple Deprivation 2025, average score of small areas",
            meaning="Average score of the Index of Multiple Deprivation 2025; high is more deprived. Of a region or combined "
            "authority it is the mean of its authorities, weighted by population.",
            finding="score {value}",
            limits=("", ""),
            reason="",
            unit="score",
            unit_in_words="points of its score",
            low_is_worst=False,
            by_sex=False,
            by_period=False,
        ),
        MapMeasure(
            id="hle-deprivation",
            column="hle_years",
            label="Healthy life and deprivation",
            measured="Healthy life expectancy at birth against the Index of Multiple Deprivation 2025, thirds of areas",
            meaning="Areas in three equal groups by healthy life expectancy and three by deprivation (IMD 2025), which "
            "gives nine colours. Where the two part company, something other than deprivation is at work, or chance.",
            kind="two-way",
        ),
    )
}
