"""Tables held only to be compared with the first source of the same figures; nothing is built from them."""

from pipeline.tables.columns import AREA_CODE, AREA_NAME, PERIODS, RELEASE, SEX, number, years
from pipeline.tables.contract import Table
from pipeline.tables.published import DEPRIVATION

SLOPE_PUBLISHED = Table(
    name="slope_published",
    meaning="Slope index of inequality of healthy life expectancy at birth across deprivation deciles, as published. "
    "High is more unequal.",
    columns=(
        RELEASE,
        SEX,
        *PERIODS,
        years("sii_years", "Slope index of inequality", lowest=-40, highest=40),
        years("sii_lci_95", "Lower limit of its 95% confidence interval", lowest=-40, highest=40),
        years("sii_uci_95", "Upper limit of its 95% confidence interval", lowest=-40, highest=40),
    ),
    key=("release", "sex", "period"),
    ordered=(("sii_lci_95", "sii_years", "sii_uci_95"),),
    series=("release", "sex"),
)
DEPRIVATION_PUBLISHED = Table(
    name="deprivation_published",
    meaning="Index of Multiple Deprivation 2025 of upper-tier authorities as the publisher's workbook has it.",
    columns=tuple(column for column in DEPRIVATION.columns if column.name != "population"),
    key=("area_code",),
    falls_with=DEPRIVATION.falls_with,
)
BOUNDARY_EXTENTS = Table(
    name="boundary_extents",
    meaning="The box in longitude and latitude that an area's boundary fills.",
    columns=(
        RELEASE,
        AREA_CODE,
        AREA_NAME,
        *(
            number(side, f"Furthest {side} that the boundary reaches", unit="degrees", lowest=-10, highest=62)
            for side in ("west", "south", "east", "north")
        ),
    ),
    key=("release", "area_code"),
    ordered=(("west", "east"), ("south", "north")),
)
