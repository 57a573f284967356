"""All assembled tables, each from the published ones and those before it."""

from collections.abc import Mapping

import pandas as pd

from pipeline.assemble.check import england_again
from pipeline.assemble.decomposition import decomposition
from pipeline.assemble.inequality import inequality, slopes
from pipeline.assemble.leverage import leverage
from pipeline.assemble.places import places, residuals, spread
from pipeline.assemble.pockets import pockets
from pipeline.assemble.population import population


def assembled(
    newest: Mapping[str, pd.DataFrame], *, areas: pd.DataFrame, gaps: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Every table about inequality and places, but life expectancy, which is shown as published.

    Args:
        newest: the newest release of every raw table.
        areas: table `areas`.
        gaps: table `gaps`.
    """
    hle, deprivation, deciles = newest["hle"], newest["deprivation"], newest["hle_deciles"]
    people = population(areas=areas, residents=newest["population"], by_sex=newest["population_sex"])
    slope = slopes(
        hle=hle, life_expectancy=newest["life_expectancy"], deciles=deciles, deprivation=deprivation, areas=areas
    )
    against_deprivation = residuals(hle=hle, deprivation=deprivation)
    return {
        "population": people,
        "inequality": inequality(hle=hle, income=newest["income"], deprivation=deprivation, areas=areas),
        "slopes": slope,
        "decomposition": decomposition(
            gaps=gaps, life_expectancy=newest["life_expectancy"], deciles=deciles, slopes=slope
        ),
        "residuals": against_deprivation,
        "places": places(hle=hle, gaps=gaps, against_deprivation=against_deprivation, population=people),
        "spread": spread(hle=hle),
        "pockets": pockets(areas=areas, small_areas=newest["deprivation_lsoa"]),
        "england_check": england_again(life_table=newest["life_table"], good_health=newest["good_health"]),
        "leverage": leverage(life_table=newest["life_table"], good_health=newest["good_health"]),
    }
