"""The contract of an analyst's own figures: table `hle` with areas of any kind, in periods of three years."""

from dataclasses import replace

from pipeline.areas import AREA_TYPES
from pipeline.measures.trend.rolling import PERIOD_LENGTH_YEARS
from pipeline.tables.columns import AREA_NAME, text
from pipeline.tables.published import HLE

OTHER_AREA = "other"
PERIOD_YEARS = PERIOD_LENGTH_YEARS
"""Length of every period: forecasts know how periods of three years share years."""

OWN_HLE = replace(
    HLE,
    name="hle",
    meaning="An analyst's own estimates of an expectation of life: healthy, disability-free or whole. High is good.",
    columns=(
        HLE.columns[0],
        text("area_code", "Any code; the nine-character one for an area of England"),
        AREA_NAME,
        text("area_type", "Level of the area; other for one outside our levels", allowed=(*AREA_TYPES, OTHER_AREA)),
        *HLE.columns[4:],
    ),
    same_periods_within=(),
)
