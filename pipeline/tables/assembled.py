"""The tables that pipeline/assemble puts together, and life expectancy as published."""

from pipeline.tables.context import LIFE_EXPECTANCY
from pipeline.tables.inequality import DECOMPOSITION, ENGLAND_CHECK, INEQUALITY, LEVERAGE, SLOPES
from pipeline.tables.places import AREA_POPULATION, PLACES, POCKETS, RESIDUALS, SPREAD

ASSEMBLED = (
    LIFE_EXPECTANCY,
    AREA_POPULATION,
    INEQUALITY,
    SLOPES,
    DECOMPOSITION,
    RESIDUALS,
    PLACES,
    SPREAD,
    POCKETS,
    ENGLAND_CHECK,
    LEVERAGE,
)
