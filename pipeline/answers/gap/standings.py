"""Every definition and sex at the default settings: the tables of trends, forecasts and verdicts."""

from collections.abc import Iterator

import pandas as pd

from pipeline.answers.gap.answer import Answer, Question, answers_by_definition
from pipeline.answers.gap.outlook import Outlook, Variances, outlook
from pipeline.measures.trend.variances import WanderingVariances

METHOD = "weighted least squares on period mid-points; error from overlapping samples and refitting noise"


def variances_table(variances: Variances) -> pd.DataFrame:
    """Return table `variances` from the fitted variances."""
    return pd.DataFrame(
        [{"model": model, "sigma_years": fitted.sigma, "tau_years": fitted.tau} for model, fitted in variances.items()]
    )


def variances_of(table: pd.DataFrame) -> dict[str, WanderingVariances]:
    """Return the fitted variances from table `variances`."""
    return {
        str(row["model"]): WanderingVariances(
            sigma=float(row["sigma_years"]), tau=float(row["tau_years"]), drift=row["model"] != "no-drift"
        )
        for row in table.to_dict("records")
    }


def standings(gaps: pd.DataFrame, variances: Variances, *, england: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return tables `trends`, `forecasts` and `verdicts` at the default settings.

    Args:
        gaps: table `gaps`.
        variances: model id -> fitted variances.
        england: England's rows of table `hle`, newest release.
    """
    pairs = list(_outlooks(gaps, variances, england))
    return {
        "trends": pd.DataFrame([_trend(one, ahead) for one, ahead in pairs]),
        "forecasts": pd.concat(
            [
                ahead.forecasts.assign(definition=one.question.definition_id, sex=one.sex).drop(columns="mid_point")
                for one, ahead in pairs
            ],
            ignore_index=True,
        ),
        "verdicts": pd.DataFrame([_verdict(one, ahead) for one, ahead in pairs]),
    }


def _outlooks(gaps: pd.DataFrame, variances: Variances, england: pd.DataFrame) -> Iterator[tuple[Answer, Outlook]]:
    for sex in sorted(gaps["sex"].unique()):
        for one in answers_by_definition(gaps, Question(), sex, england=england):
            yield one, outlook(one, variances)


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
