"""Table of statistical neighbours, as published."""

from pipeline.areas import AREA_TYPES, NATION_TYPES
from pipeline.tables.columns import AREA_CODE, RELEASE, text
from pipeline.tables.context import DISTRICT
from pipeline.tables.contract import Table

NEIGHBOUR_KINDS = ("global", "demographic", "economic")
"""What areas may be alike in: everything that ONS compares, people alone, the economy alone."""
_CODE = f"({'|'.join((*AREA_TYPES.values(), *NATION_TYPES.values()))}|{DISTRICT})"

NEIGHBOURS = Table(
    name="neighbours",
    meaning="Statistical neighbours of authorities and combined authorities, the nearest first, as ONS has chosen them. "
    "Some are districts, for which no healthy life expectancy is published, or lie outside England.",
    columns=(
        RELEASE,
        text("kind", "What the areas are alike in: everything, people or the economy", allowed=NEIGHBOUR_KINDS),
        AREA_CODE,
        text(
            "neighbour_codes",
            "ONS nine-character codes of its neighbours, the nearest first, separated by a space",
            pattern=f"{_CODE}( {_CODE}){{0,19}}",
        ),
    ),
    key=("kind", "area_code"),
)
