"""Residents of every area: authorities as published, larger areas as the sum of theirs."""

import pandas as pd

from pipeline.areas import ENGLAND


def population(*, areas: pd.DataFrame, residents: pd.DataFrame, by_sex: pd.DataFrame) -> pd.DataFrame:
    """Table `population`: residents of every area, all persons in the latest year, women and men on Census day 2021.

    The two do not add up, since they belong to different years; each row names its own. `residents` and `by_sex` are
    one release each of raw tables `population` and `population_sex` (authorities).
    """
    latest = residents[residents["year"] == residents["year"].max()].assign(sex="persons")
    rows = pd.concat([latest, by_sex.assign(year=2021)], ignore_index=True)
    columns = ["release", "area_code", "sex", "year", "population"]
    authorities = rows[columns].merge(areas[["area_code", "region_code", "combined_authority_code"]], on="area_code")
    levels = [
        authorities[columns],
        *(
            authorities.dropna(subset=[of]).drop(columns="area_code").rename(columns={of: "area_code"})[columns]
            for of in ("region_code", "combined_authority_code")
        ),
        authorities[columns].assign(area_code=ENGLAND),
    ]
    by = ["release", "area_code", "sex", "year"]
    sums = pd.concat(levels, ignore_index=True).groupby(by)[["population"]].sum().reset_index()
    names = areas[["area_code", "area_name", "area_type"]]
    return names.merge(sums, on="area_code", validate="one_to_many")
