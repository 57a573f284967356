"""What the gap of each definition is made of, for the forecast: its regions' squared weights, or two that are borrowed."""

import pandas as pd

from pipeline.areas import LONDON
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.gaps import deprivation_pair, income_pair, region_deprivation
from pipeline.measures.inequality.slope_index import slope_weights
from pipeline.measures.trend.ends import BORROWED, GapEnds, ends_of_pair, ends_of_weights


def forecast_ends(*, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Table `forecast_ends`.

    Args:
        income: one release of table `income`.
        deprivation: table `deprivation`.
        areas: table `areas`.
    """
    regions = region_deprivation(deprivation, areas).sort_values(["imd_score", "region_code"], ascending=[False, True])
    codes = list(regions["region_code"])
    london = codes.index(LONDON)
    ends: dict[str, GapEnds] = {
        "income-regions": _of_codes(income_pair(income), codes, london),
        "deprivation-regions": _of_codes(deprivation_pair(deprivation, areas), codes, london),
        "slope-regions": ends_of_weights(slope_weights(regions["population"]), apart=london),
    }
    return pd.DataFrame(
        [
            {
                "definition": name,
                "other_regions": (one := ends.get(name, BORROWED)).ordinary,
                "london": one.apart,
                "borrowed": one.borrowed,
            }
            for name in DEFINITIONS
        ]
    )


def _of_codes(pair: tuple[str, str], codes: list[str], london: int) -> GapEnds:
    first, second = (codes.index(code) for code in pair)
    return ends_of_pair(first, second, apart=london)
