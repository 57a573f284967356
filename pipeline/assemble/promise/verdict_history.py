"""What the verdict would have been at each earlier period and release, by the methods of today and the figures up to then."""

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.answers.gap.answer import Answer, answer, questions_by_definition
from pipeline.answers.gap.evidence import Evidence
from pipeline.answers.gap.forecasts import GapForecast, gap_forecast
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.seen_gap import SeenGap
from pipeline.assemble.forecast_record import regions_of
from pipeline.measures.gap.verdict import course, direction
from pipeline.measures.trend.candidates import Fits
from pipeline.measures.trend.inputs import FEWEST_PERIODS


def verdict_history(answers: list[Answer], evidence: Evidence, fits: Mapping[int, Fits]) -> pd.DataFrame:
    """Table `verdict_history`, from the answers at the default settings.

    Args:
        answers: of every definition and sex.
        evidence: the default model, and what each gap is made of.
        fits: variances by the last year of the last period that they were fitted to.
    """
    made: dict[tuple[str, int], GapForecast] = {}
    return _with_changes(pd.DataFrame([row for one in answers for row in _of_gap(one, evidence, fits, made)]))


def verdicts_by_release(
    gaps: Mapping[str, pd.DataFrame], hle: pd.DataFrame, evidence: Evidence, fits: Fits
) -> pd.DataFrame:
    """Table `verdicts_by_release`: the verdict that the figures of each release would have had when they were new.

    Args:
        gaps: between regions, by release (`gaps_by_release`); a release of too few periods is left out.
        hle: table `hle`, every release.
        evidence: the default model, and what each gap is made of.
        fits: variances of the newest release; those of the others are fitted here.
    """
    rows = []
    for release, own in gaps.items():
        figures = hle[hle["release"] == release]
        regions = regions_of(figures)
        if len(regions.periods) < FEWEST_PERIODS:
            continue
        answers = [
            answer(own, question, sex, england=figures[figures["area_type"] == "country"])
            for sex in regions.sexes
            for question in questions_by_definition(own, Question(), sex)
        ]
        fit = fits if release == max(gaps) else regions.fits()
        rows.append(verdict_history(answers, evidence, {regions.periods[-1].end: fit}).assign(release=release))
    return _with_changes(pd.concat(rows, ignore_index=True))


def _with_changes(rows: pd.DataFrame) -> pd.DataFrame:
    """The same with whether each word differs from the one before it, of the same definition and sex."""
    before = rows.groupby(["definition", "sex"])[["course", "direction"]].shift()
    changed = before.notna() & (before != rows[["course", "direction"]])
    return rows.assign(course_changed=changed["course"], direction_changed=changed["direction"])


def _of_gap(
    one: Answer, evidence: Evidence, fits: Mapping[int, Fits], made: dict[tuple[str, int], GapForecast]
) -> Iterator[dict[str, object]]:
    name, left = one.question.definition_id, 1 - one.question.share_to_close
    ends, baseline = evidence.ends_of(name), float(one.baseline["mid_point"])
    for count in range(FEWEST_PERIODS, len(one.history) + 1):
        past = one.history.iloc[:count]
        latest = past.iloc[-1]
        year = int(latest["period_end"])
        if year not in fits:
            continue
        if (name, year) not in made:  # a forecast is of both sexes
            made[name, year] = gap_forecast(
                one.both_sexes,
                model=evidence.default,
                fits=fits[year],
                ends=ends,
                last_year=one.question.target_year,
                seen_to=year,
                baseline=baseline,
            )
        seen = SeenGap.of(past)
        probability = made[name, year].probability_of_share(
            one.sex, left, baseline_mid_point=baseline, target_mid_point=one.question.target_period.midpoint_year
        )
        pace = seen.wandering_pace(fits[year].no_drift, ends.total)
        yield {
            "definition": name,
            "sex": one.sex,
            "period": latest["period"],
            "period_start": latest["period_start"],
            "period_end": year,
            "gap_years": latest["gap_years"],
            "course": course(p_reached_now=seen.chance_now(one.start, left), p_reached_by_target=probability),
            "probability": probability,
            "direction": direction(pace_lci_95=float(pace.pace_lci_95), pace_uci_95=float(pace.pace_uci_95)),
            "wandering_lci_95": float(pace.pace_lci_95),
            "wandering_uci_95": float(pace.pace_uci_95),
        }
