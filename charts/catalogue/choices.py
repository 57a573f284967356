"""What the settings of a view can be, each value with its words in a list to choose from."""

from collections.abc import Mapping

from charts.deprivation.slopes import INDICES
from charts.kit import words
from charts.kit.settings_line import RULES
from charts.levers.words import LEVELS
from charts.map.measures import MEASURES
from charts.map.small_multiples import SERIES
from pipeline.answers.deprivation import SLOPE_GROUPS
from pipeline.answers.gap.evidence import MODELS
from pipeline.answers.place.compared import QUANTITIES
from pipeline.answers.place.neighbours import KINDS
from pipeline.measures.gap.definitions import DEFINITIONS

CHOICES: Mapping[str, Mapping[str, str]] = {
    "sex": {name: words.people(name).capitalize() for name in words.PEOPLE},
    "definition": {name: one.label for name, one in DEFINITIONS.items()},
    "rule": {name: text.removeprefix("richest end ").capitalize() for name, text in RULES.items()},
    "model": dict(MODELS),
    "path": {"linear": "The same number of years each year", "geometric": "The same percentage each year"},
    "among": {
        "all": "All",
        "definition": "With my definition",
        "baseline": "From my baseline",
        "target": "By my target year",
    },
    "level": {name: label for name, label in words.LEVELS.items() if name != "country"},
    "measure": {name: one.label for name, one in MEASURES.items()},
    "view": {"map": "Land", "tiles": "Tiles of one size"},
    "alike": KINDS,
    "periods": {"one": "One period", "four": "Four periods"},
    "quantity": QUANTITIES,
    "groups": SLOPE_GROUPS,
    "index": INDICES,
    "acts": {name: f"{who[0].upper()}{who[1:]}" for name, who in LEVELS.items()},
    "term": {"short": "About five years (short term)", "long": "Longer (long term)"},
    "scale": {"both": "One for women and men"},
    "rows": {"screen": "As many as a screen has room for"},
    "layout": {"page": "One page to print"},
}
"""Setting -> its values and their words; a setting that is not here takes any value that the figures hold."""

SIDE_BY_SIDE = SERIES
"""Measures of a map that can be shown for four periods side by side."""
