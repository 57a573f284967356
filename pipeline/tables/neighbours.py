"""Table of statistical neighbours, as published."""

from pipeline.areas import AREA_TYPES, NATION_TYPES
from pipeline.tables.columns import AREA_CODE, RELEASE, integer, text
from pipeline.tables.contract import Table

NEIGHBOUR_KINDS = ("global", "demographic", "economic")
"""What areas may be alike in: everything that ONS compares, people alone, the economy alone."""
_DISTRICT = r"E07\d{6}"

NEIGHBOURS = Table(
    name="neighbours",
    meaning="Statistical neighbours of authorities and combined authorities, the nearest first, as ONS has chosen them. "
    "Some are districts, for which no healthy life expectancy is published, or lie outside England.",
    columns=(
        RELEASE,
        text("kind", "What the areas are alike in: everything, people or the economy", allowed=NEIGHBOUR_KINDS),
        AREA_CODE,
        integer("neighbour_rank", "Place in the list of neighbours; 1 is the nearest", lowest=1, highest=20),
        text(
            "neighbour_code",
            "ONS nine-character code of the neighbour",
            pattern="|".join((*AREA_TYPES.values(), *NATION_TYPES.values(), _DISTRICT)),
        ),
    ),
    key=("kind", "area_code", "neighbour_rank"),
    unique=(("kind", "area_code", "neighbour_code"),),
)
