"""The contract of every table: columns, units, keys, ranges; data dictionary and metadata are made from it."""

from collections.abc import Mapping

from pipeline.tables.context import (
    BUILDING_BLOCKS,
    DEPRIVATION_LSOA,
    GOOD_HEALTH,
    LIFE_EXPECTANCY,
    LIFE_TABLE,
    LOCAL_ACTION,
    POPULATION,
    POPULATION_SEX,
)
from pipeline.tables.contract import Column, Table
from pipeline.tables.gap import FORECASTS, GAPS, TRENDS, VARIANCES, VERDICTS
from pipeline.tables.places import AREAS
from pipeline.tables.published import DEPRIVATION, HLE, HLE_DECILES, INCOME, LOOKUP

__all__ = ["PROCESSED", "RAW", "Column", "Table"]

RAW: Mapping[str, Table] = {
    table.name: table
    for table in (
        LOOKUP,
        HLE,
        INCOME,
        HLE_DECILES,
        DEPRIVATION,
        POPULATION,
        POPULATION_SEX,
        LIFE_EXPECTANCY,
        LIFE_TABLE,
        GOOD_HEALTH,
        DEPRIVATION_LSOA,
        BUILDING_BLOCKS,
        LOCAL_ACTION,
    )
}
"""Tables under data/raw: figures as published, one file per release."""

PROCESSED: Mapping[str, Table] = {
    table.name: table
    for table in (AREAS, HLE, INCOME, HLE_DECILES, DEPRIVATION, GAPS, VARIANCES, TRENDS, FORECASTS, VERDICTS)
}
"""Tables under data/processed: what the screens read."""
