"""Single authorities: how firmly each holds its rank, what deprivation predicts, and how far it is from the floor."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import answer
from pipeline.answers.gap.question import PERIOD_YEARS, Question
from pipeline.areas import holders
from pipeline.errors import MeasureRefused
from pipeline.measures.difference import interval_from_standard_error
from pipeline.measures.gap.floor import areas_below_floor
from pipeline.measures.gap.gaps import with_standard_error
from pipeline.measures.places.between_groups import variance_between_groups
from pipeline.measures.places.places import (
    deprivation_residual,
    held_in_every_period,
    noise_adjusted_spread,
    rank_uncertainty,
)

SEED = 151
"""Fixed, so that a rebuild gives the same ranks; any number would do."""


def spread(*, hle: pd.DataFrame, areas: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Table `spread`: how far authorities lie apart in every period, with noise taken out, and how much between regions.

    `hle` is one release; residents are those of the sex in table `population`, the same in every period.
    """
    authorities = with_standard_error(hle[hle["area_type"] == "utla"])
    authorities = authorities.merge(population[["area_code", "sex", "population"]], on=["area_code", "sex"])
    authorities["region_code"] = holders(authorities["area_code"], areas, area_type="region")
    keys = ["release", "sex", "period", "period_start", "period_end"]
    return pd.DataFrame(
        [dict(zip(keys, key, strict=True)) | _spread_of(rows) for key, rows in authorities.groupby(keys)]
    )


def _spread_of(rows: pd.DataFrame) -> dict[str, float]:
    between = variance_between_groups(rows["hle_years"], rows["hle_se"], rows["population"], rows["region_code"])
    return asdict(noise_adjusted_spread(rows["hle_years"], rows["hle_se"])) | {
        "between_regions_share": between.share_between,
        "between_regions_share_less_noise": between.share_between_less_noise,
    }


def residuals(*, hle: pd.DataFrame, deprivation: pd.DataFrame) -> pd.DataFrame:
    """Table `residuals`: HLE of authorities against what deprivation predicts, in every period without a common year.

    Periods count back from the latest. Each sex and period has a regression of its own on the IMD 2025 score, which is
    the same in all periods. `stands_out` is after false-discovery control within the sex and period.

    Raises:
        MeasureRefused: an authority has HLE but no score.
    """
    authorities = with_standard_error(hle[hle["area_type"] == "utla"])
    rows = authorities[authorities["period_start"].isin(_without_common_year(authorities["period_start"]))]
    scores = deprivation.set_index("area_code")["imd_score"]
    return pd.concat(
        [
            _residuals_of(series.sort_values("area_code"), scores)
            for _, series in rows.groupby(["sex", "period_start"], sort=True)
        ],
        ignore_index=True,
    )


def _without_common_year(starts: pd.Series) -> list[int]:
    return list(range(int(starts.max()), int(starts.min()) - 1, -PERIOD_YEARS))


def _residuals_of(series: pd.DataFrame, scores: pd.Series) -> pd.DataFrame:
    found = deprivation_residual(series["hle_years"], series["hle_se"], scores.reindex(series["area_code"]))
    lower, upper = interval_from_standard_error(found.residual_years, found.residual_se)
    columns = ["release", "area_code", "area_name", "sex", "period", "period_start", "period_end", "hle_years"]
    return series[columns].assign(
        expected_hle_years=found.expected_hle_years,
        residual_years=found.residual_years,
        residual_lci_95=lower,
        residual_uci_95=upper,
        residual_z=found.residual_z,
        stands_out=found.stands_out,
    )


def places(
    *, hle: pd.DataFrame, gaps: pd.DataFrame, against_deprivation: pd.DataFrame, population: pd.DataFrame
) -> pd.DataFrame:
    """Table `places`: what can be said of each authority with HLE (one release) in the latest period, by sex.

    The floor is that of the default question: the richest region by income held at its baseline value, minus half of
    the baseline gap. `against_deprivation` is table `residuals`; residents are those of the sex in table `population`.
    """
    england = hle[hle["area_type"] == "country"]
    authorities = with_standard_error(hle[hle["area_type"] == "utla"])
    latest = authorities[authorities["period_end"] == authorities["period_end"].max()]
    return pd.concat(
        [
            _places_of(
                rows.sort_values("area_code").reset_index(drop=True),
                floor=float(answer(gaps, Question(), str(sex), england=england).poor_end.target_years),
                against_deprivation=against_deprivation[against_deprivation["sex"] == sex],
                residents=population[population["sex"] == sex].set_index("area_code")["population"],
            )
            for sex, rows in latest.groupby("sex", sort=True)
        ],
        ignore_index=True,
    )


def _places_of(
    rows: pd.DataFrame, *, floor: float, against_deprivation: pd.DataFrame, residents: pd.Series
) -> pd.DataFrame:
    codes = rows["area_code"]
    now = against_deprivation[against_deprivation["period_end"] == rows["period_end"].iloc[0]].set_index("area_code")
    if set(now.index) != set(codes):
        raise MeasureRefused("Authorities with HLE and those set against deprivation differ.", do="Build both again.")
    over_time = against_deprivation.pivot_table(index="period_start", columns="area_code", values="residual_years")[
        codes
    ]
    ranks = rank_uncertainty(rows["hle_years"], rows["hle_se"], generator=np.random.default_rng(SEED))
    people = residents.reindex(codes).to_numpy()
    columns = ["expected_hle_years", "residual_years", "residual_z", "stands_out"]
    return rows[["release", "area_code", "area_name", "sex", "period", "hle_years"]].assign(
        p_lowest_fifth=ranks.p_lowest_fifth,
        rank_lci_95=ranks.rank_lci_95.astype("int64"),
        rank_uci_95=ranks.rank_uci_95.astype("int64"),
        **{column: now[column].reindex(codes).to_numpy() for column in columns},
        held_in_every_period=held_in_every_period(over_time.to_numpy()),
        floor_years=floor,
        shortfall_to_floor_years=areas_below_floor(rows["hle_years"], people, floor).shortfall_years,
        population=people,
    )
