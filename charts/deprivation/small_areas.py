"""The small areas of a place as a list, the most deprived first."""

import pandas as pd

from charts.deprivation.pockets import PUBLISHER
from charts.kit import words
from charts.kit.chart import source_line
from charts.kit.listing import Listing
from charts.kit.table import figures


def small_area_list(rows: pd.DataFrame, *, name: str, release: str, build: str) -> Listing:
    """Code, name where held, district, national tenth, score and residents of every small area.

    `rows`: `pipeline.answers.place.small_areas.small_areas_of`; `name`: name of the place; `release`: date of the index.
    """
    names = {"Name": "lsoa_name"} if rows["lsoa_name"].notna().any() else {}
    count = words.number_of(len(rows), "small area")
    first = int((rows["imd_decile"] == 1).sum())
    return Listing(
        title=f"{name}: {first} of {count} in England's most deprived tenth",
        subtitle="Small areas by Index of Multiple Deprivation 2025, the most deprived first",
        settings="Tenth 1 is the most deprived in England. A high score is more deprived.",
        source=source_line(release=release, build=build, publisher=PUBLISHER),
        table=figures(
            rows,
            {
                "Small area": "lsoa_code",
                **names,
                "District": "district_name",
                "Tenth": "imd_decile",
                "Score": "imd_score",
                "Residents": "residents",
            },
            decimals=3,
        ),
        caveats=("No healthy life expectancy is published for single small areas.",),
    )
