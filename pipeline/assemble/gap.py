"""The gap by every definition and sex, and its outlook at the default settings: tables `gaps`, `trends`, `forecasts` and `verdicts`."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from pipeline.answers.gap.answer import Answer, answer, questions_by_definition
from pipeline.answers.gap.evidence import Evidence, Forecasts, forecasts_for
from pipeline.answers.gap.outlook import Outlook, Standing, outlook
from pipeline.answers.gap.question import Question
from pipeline.measures.gap import gaps as gap_measures
from pipeline.measures.gap.definitions import DEFINITIONS

METHOD = "weighted least squares on period mid-points; error from overlapping samples and refitting noise"


def gaps_of(newest: Mapping[str, pd.DataFrame], *, areas: pd.DataFrame) -> pd.DataFrame:
    """Table `gaps`.

    Args:
        newest: one release each of raw tables `hle`, `income`, `deprivation` and `hle_deciles`.
        areas: table `areas`.
    """
    hle, deciles = newest["hle"], newest["hle_deciles"]
    gaps = gap_measures.gaps(
        hle=hle, income=newest["income"], deprivation=newest["deprivation"], areas=areas, deciles=deciles
    )
    releases = {
        name: str((deciles if one.groups == "deciles" else hle)["release"].max()) for name, one in DEFINITIONS.items()
    }
    gaps["release"] = gaps["definition"].map(releases)
    return gaps


def standings(gaps: pd.DataFrame, hle: pd.DataFrame, evidence: Evidence) -> list[Standing]:
    """Where every gap is and where it is heading, at the default settings; `hle`: one release."""
    return list(_standings(gaps, hle[hle["area_type"] == "country"], evidence))


def gap_tables(found: Sequence[Standing]) -> dict[str, pd.DataFrame]:
    """Tables `trends`, `forecasts` and `verdicts`."""
    pairs = [(one.answer, one.outlook) for one in found]
    return {
        "trends": pd.DataFrame([_trend(*pair) for pair in pairs]),
        "forecasts": pd.concat([_forecast(*pair) for pair in pairs], ignore_index=True),
        "verdicts": pd.DataFrame([_verdict(*pair) for pair in pairs]),
    }


def _standings(gaps: pd.DataFrame, england: pd.DataFrame, evidence: Evidence) -> Iterator[Standing]:
    """By sex and definition; the sexes share their forecasts."""
    made: dict[Question, Forecasts] = {}
    for sex in sorted(gaps["sex"].unique()):
        for question in questions_by_definition(gaps, Question(), sex):
            one = answer(gaps, question, sex, england=england)
            made.setdefault(question, forecasts_for(one, evidence, every_baseline=True))
            yield Standing(one, outlook(one, evidence, made=made[question]))


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
