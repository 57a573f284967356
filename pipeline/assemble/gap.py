"""The gap by every definition and sex, and its outlook at the default settings: five tables, each from those before it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer, answers_by_definition
from pipeline.answers.gap.outlook import Outlook, outlook
from pipeline.answers.gap.question import PERIOD_YEARS, Question
from pipeline.measures.gap import gaps as gap_measures
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.trend.variances import WanderingVariances, pooled_variances

METHOD = "weighted least squares on period mid-points; error from overlapping samples and refitting noise"


def gap_tables(newest: Mapping[str, pd.DataFrame], *, areas: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables `gaps`, `variances`, `trends`, `forecasts` and `verdicts`.

    `newest` holds one release each of raw tables `hle`, `income`, `deprivation` and `hle_deciles`.
    """
    hle, deciles = newest["hle"], newest["hle_deciles"]
    gaps = gap_measures.gaps(
        hle=hle, income=newest["income"], deprivation=newest["deprivation"], areas=areas, deciles=deciles
    )
    releases = {
        name: str((deciles if one.groups == "deciles" else hle)["release"].max()) for name, one in DEFINITIONS.items()
    }
    gaps["release"] = gaps["definition"].map(releases)
    return {"gaps": gaps, **_outlook_tables(gaps, hle)}


def _outlook_tables(gaps: pd.DataFrame, hle: pd.DataFrame) -> dict[str, pd.DataFrame]:
    variances = fit_variances(gap_measures.with_standard_error(hle[hle["area_type"] == "region"]))
    england = hle[hle["area_type"] == "country"]
    pairs = [
        (one, outlook(one, variances))
        for sex in sorted(gaps["sex"].unique())
        for one in answers_by_definition(gaps, Question(), sex, england=england)
    ]
    fitted = [{"model": model, "sigma_years": one.sigma, "tau_years": one.tau} for model, one in variances.items()]
    return {
        "variances": pd.DataFrame(fitted),
        "trends": pd.DataFrame([_trend(one, ahead) for one, ahead in pairs]),
        "forecasts": pd.concat([_forecast(one, ahead) for one, ahead in pairs], ignore_index=True),
        "verdicts": pd.DataFrame([_verdict(one, ahead) for one, ahead in pairs]),
    }


def fit_variances(regions: pd.DataFrame) -> dict[str, WanderingVariances]:
    """Fit sigma and tau of every model to the nine regions and both sexes together.

    `regions` is one release of their HLE, with hle_se.
    """
    values, errors = (
        regions.pivot_table(index=["sex", "area_code"], columns="period_start", values=column)
        for column in ("hle_years", "hle_se")
    )
    shape = (regions["sex"].nunique(), -1, values.shape[1])
    mid_points = np.asarray(values.columns, dtype=float) + PERIOD_YEARS / 2
    fitted = {
        model: pooled_variances(
            values.to_numpy().reshape(shape), errors.to_numpy().reshape(shape), mid_points, drift=model == "drift"
        )
        for model in ("drift", "no-drift")
    }
    # seven periods are too few to fit a variance of their own (the search ends at zero), so it is borrowed
    return fitted | {"pre-pandemic": fitted["drift"]}


def _trend(one: Answer, ahead: Outlook) -> dict[str, object]:
    return {
        "definition": one.question.definition_id,
        "sex": one.sex,
        "release": one.release,
        "first_period": ahead.first_period,
        "last_period": one.latest["period"],
        "pace_years_per_year": ahead.pace,
        "pace_se": ahead.pace_se,
        "pace_lci_95": ahead.pace_lci_95,
        "pace_uci_95": ahead.pace_uci_95,
        "naive_se": ahead.naive_se,
        "check_pace": float(ahead.check.pace_years_per_year),
        "check_se": float(ahead.check.pace_se),
        "method": METHOD,
    }


def _forecast(one: Answer, ahead: Outlook) -> pd.DataFrame:
    named = ahead.forecasts.assign(definition=one.question.definition_id, sex=one.sex)
    return named.drop(columns="mid_point")


def _verdict(one: Answer, ahead: Outlook) -> dict[str, object]:
    return {
        "definition": one.question.definition_id,
        "sex": one.sex,
        "release": one.release,
        "verdict": ahead.verdict,
        "baseline_period": one.baseline["period"],
        "target_period": one.question.target_period.label,
        "gap_years": one.latest["gap_years"],
        "target_gap_years": one.target_gap_years,
        "required_pace": one.required_pace,
        "observed_pace": ahead.pace,
        "probability": ahead.probability,
        "levelling_down": ahead.levelling_down,
        "sentence": ahead.sentence,
    }
