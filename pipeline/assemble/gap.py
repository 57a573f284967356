"""The gap by every definition and sex, and its outlook at the default settings: seven tables, each from those before it."""

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.answers.gap.answer import Answer, answer, questions_by_definition
from pipeline.answers.gap.evidence import Evidence, Forecasts, forecasts_for
from pipeline.answers.gap.outlook import Outlook, outlook
from pipeline.answers.gap.question import Question
from pipeline.assemble.promise.milestones import milestones
from pipeline.assemble.promise.readings import readings
from pipeline.assemble.promise.verdict_history import verdict_history
from pipeline.measures.gap import gaps as gap_measures
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.trend.candidates import Fits

METHOD = "weighted least squares on period mid-points; error from overlapping samples and refitting noise"


def gap_tables(
    newest: Mapping[str, pd.DataFrame], *, areas: pd.DataFrame, evidence: Evidence, fits: Mapping[int, Fits]
) -> dict[str, pd.DataFrame]:
    """Tables `gaps`, `trends`, `forecasts`, `verdicts`, `readings`, `milestones` and `verdict_history`.

    Args:
        newest: one release each of raw tables `hle`, `income`, `deprivation` and `hle_deciles`.
        areas: table `areas`.
        evidence: what the forecasts rest on.
        fits: variances by the last year that they were fitted to (`Regions.fits_by_year`).
    """
    hle, deciles = newest["hle"], newest["hle_deciles"]
    gaps = gap_measures.gaps(
        hle=hle, income=newest["income"], deprivation=newest["deprivation"], areas=areas, deciles=deciles
    )
    releases = {
        name: str((deciles if one.groups == "deciles" else hle)["release"].max()) for name, one in DEFINITIONS.items()
    }
    gaps["release"] = gaps["definition"].map(releases)
    pairs = list(_outlooks(gaps, hle[hle["area_type"] == "country"], evidence))
    answers = [one for one, _ in pairs]
    return {
        "gaps": gaps,
        "trends": pd.DataFrame([_trend(one, ahead) for one, ahead in pairs]),
        "forecasts": pd.concat([_forecast(one, ahead) for one, ahead in pairs], ignore_index=True),
        "verdicts": pd.DataFrame([_verdict(one, ahead) for one, ahead in pairs]),
        "readings": readings(pairs, evidence),
        "milestones": milestones(answers, evidence),
        "verdict_history": verdict_history(answers, evidence, fits),
    }


def _outlooks(gaps: pd.DataFrame, england: pd.DataFrame, evidence: Evidence) -> Iterator[tuple[Answer, Outlook]]:
    """By sex and definition; the sexes share their forecasts."""
    made: dict[Question, Forecasts] = {}
    for sex in sorted(gaps["sex"].unique()):
        for question in questions_by_definition(gaps, Question(), sex):
            one = answer(gaps, question, sex, england=england)
            made.setdefault(question, forecasts_for(one, evidence, every_baseline=True))
            yield one, outlook(one, evidence, made=made[question])


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
        "wandering_pace": ahead.wandering_pace,
        "wandering_se": ahead.wandering_se,
        "wandering_lci_95": ahead.wandering_lci_95,
        "wandering_uci_95": ahead.wandering_uci_95,
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
        "course": ahead.course,
        "direction": ahead.direction,
        "baseline_period": one.baseline["period"],
        "target_period": one.question.target_period.label,
        "gap_years": one.latest["gap_years"],
        "target_gap_years": one.target_gap_years,
        "required_pace": one.required_pace,
        "observed_pace": ahead.pace,
        "wandering_lci_95": ahead.wandering_lci_95,
        "wandering_uci_95": ahead.wandering_uci_95,
        "model": ahead.model,
        "probability": ahead.probability,
        "probability_exact": ahead.probability_exact,
        "levelling_down": ahead.levelling_down,
        "levelling_down_probability": ahead.levelling_down_probability,
    }
