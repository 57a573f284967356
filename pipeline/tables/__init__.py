"""The contract of every table: columns, units, keys, ranges; data dictionary and metadata are made from it."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.tables.context import (
    BUILDING_BLOCKS,
    DEPRIVATION_LSOA,
    DISTRICTS,
    GOOD_HEALTH,
    LIFE_EXPECTANCY,
    LIFE_TABLE,
    LOCAL_ACTION,
    POPULATION,
    POPULATION_SEX,
    SMALL_AREAS,
)
from pipeline.tables.contract import Column, Table
from pipeline.tables.cross_checks import BOUNDARY_EXTENTS, DEPRIVATION_PUBLISHED, SLOPE_PUBLISHED
from pipeline.tables.forecast import FORECAST_ENDS, FORECAST_RECORD, FORECAST_VARIANCES
from pipeline.tables.gap import FORECASTS, GAPS, TRENDS, VERDICTS
from pipeline.tables.inequality import (
    AGE_CONTRIBUTIONS,
    DECOMPOSITION,
    ENGLAND_CHECK,
    INEQUALITY,
    LEVERAGE,
    SLOPES,
    TWO_LEVERS,
)
from pipeline.tables.levers import LEVER_TABLES
from pipeline.tables.neighbours import NEIGHBOURS
from pipeline.tables.places import AREA_POPULATION, AREAS, PLACES, POCKETS, RESIDENTS, RESIDUALS, SHORTFALL, SPREAD
from pipeline.tables.promise import MILESTONES, READINGS, VERDICT_HISTORY, VERDICTS_BY_RELEASE
from pipeline.tables.provenance import INCOME_PAIRS, SOURCES, VINTAGES
from pipeline.tables.published import DEPRIVATION, HLE, HLE_DECILES, INCOME, LOOKUP, NATIONS
from pipeline.tables.succession import SUCCESSION
from pipeline.tables.tiles import TILES

__all__ = ["PROCESSED", "RAW", "SECOND", "Column", "Table"]

RAW: Mapping[str, Table] = {
    table.name: table
    for table in (
        LOOKUP,
        DISTRICTS,
        HLE,
        NATIONS,
        INCOME,
        HLE_DECILES,
        DEPRIVATION,
        NEIGHBOURS,
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

SECOND: Mapping[str, Table] = {
    # a second source may suppress a figure that the first publishes
    table.name: replace(table, series=(), same_periods_within=())
    for table in (HLE, LIFE_EXPECTANCY, SLOPE_PUBLISHED, DEPRIVATION_PUBLISHED, BOUNDARY_EXTENTS)
}
"""Tables under data/raw/second: figures of a second source, held to be compared with those of the first."""

PROCESSED: Mapping[str, Table] = {
    table.name: table
    for table in (
        AREAS,
        HLE,
        NATIONS,
        INCOME,
        HLE_DECILES,
        DEPRIVATION,
        NEIGHBOURS,
        GAPS,
        TRENDS,
        FORECAST_RECORD,
        FORECAST_VARIANCES,
        FORECAST_ENDS,
        FORECASTS,
        VERDICTS,
        READINGS,
        MILESTONES,
        VERDICT_HISTORY,
        VERDICTS_BY_RELEASE,
        LIFE_EXPECTANCY,
        AREA_POPULATION,
        RESIDENTS,
        INEQUALITY,
        SLOPES,
        DECOMPOSITION,
        AGE_CONTRIBUTIONS,
        TWO_LEVERS,
        RESIDUALS,
        PLACES,
        SHORTFALL,
        SPREAD,
        POCKETS,
        SMALL_AREAS,
        DISTRICTS,
        SUCCESSION,
        ENGLAND_CHECK,
        LEVERAGE,
        TILES,
        *LEVER_TABLES,
        VINTAGES,
        INCOME_PAIRS,
        SOURCES,
    )
}
"""Tables under data/processed: what the screens read."""
