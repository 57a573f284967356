"""Tables about areas that the build makes."""

from pipeline.areas import AREA_TYPES
from pipeline.tables.columns import (
    AREA,
)
from pipeline.tables.contract import Column, Table

AREAS = Table(
    name="areas",
    meaning="Every area on the dashboard: England, 9 regions, 15 combined authorities, 153 upper-tier authorities.",
    columns=(
        *AREA,
        Column(
            name="region_code",
            kind="text",
            meaning="Region that an authority lies in; empty for other levels",
            pattern=AREA_TYPES["region"],
            optional=True,
        ),
        Column(
            name="combined_authority_code",
            kind="text",
            meaning="Combined authority that an authority belongs to; empty where none, and for other levels",
            pattern=AREA_TYPES["combined-authority"],
            optional=True,
        ),
        Column(
            name="no_hle_reason",
            kind="text",
            meaning="Why no healthy life expectancy is published for the area; empty where it is",
            optional=True,
        ),
    ),
    key=("area_code",),
)
