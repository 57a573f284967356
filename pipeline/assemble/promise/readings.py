"""Every reading of the promise: each definition, sex, baseline and target year, with the word that each forecast gives it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import LAST_PRE_PANDEMIC_YEAR, Evidence
from pipeline.answers.gap.forecasts import GapForecast, gap_forecast
from pipeline.answers.gap.outlook import Outlook, Standing
from pipeline.answers.gap.question import DEFAULT_TARGET_YEAR, FIRST_TARGET_YEAR
from pipeline.answers.gap.seen_gap import SeenGap
from pipeline.measures.gap.verdict import course
from pipeline.tables.promise import MOST_HOPEFUL, READING_MODELS, reading_column

TARGET_YEARS = np.arange(FIRST_TARGET_YEAR, DEFAULT_TARGET_YEAR + 1)
HALF = 0.5


def readings(standings: Sequence[Standing], evidence: Evidence) -> pd.DataFrame:
    """Table `readings`, from every definition and sex at the default settings.

    The forecasts of the outlooks must hold every period that can be a baseline.
    """
    # a forecast is of both sexes
    by_definition = {one.answer.question.definition_id: one.answer for one in standings}
    hopeful = {name: _most_hopeful(one, evidence) for name, one in by_definition.items()}
    return pd.concat(
        [_of_gap(one.answer, one.outlook, hopeful[one.answer.question.definition_id]) for one in standings],
        ignore_index=True,
    )


def _of_gap(one: Answer, ahead: Outlook, hopeful: GapForecast) -> pd.DataFrame:
    forecasts = {model: hopeful if model == MOST_HOPEFUL else ahead.made.by(model) for model in READING_MODELS}
    baselines = one.history.iloc[:-1]
    seen, years = SeenGap.of(one.history), len(TARGET_YEARS)
    now = np.repeat([seen.chance_now(start, HALF) for start in range(len(baselines))], years)
    rows: dict[str, object] = {
        "definition": one.question.definition_id,
        "sex": one.sex,
        "baseline_period": np.repeat(baselines["period"].to_numpy(), years),
        "target_year": np.tile(TARGET_YEARS, len(baselines)),
        "direction": ahead.direction,
    }
    for model, forecast in forecasts.items():
        chances = forecast.chances_of_share(
            one.sex, HALF, baseline_mid_points=baselines["mid_point"], target_mid_points=TARGET_YEARS - 0.5
        ).ravel()
        rows[reading_column("probability", model)] = chances
        rows[reading_column("course", model)] = [
            course(p_reached_now=p, p_reached_by_target=chance) for p, chance in zip(now, chances, strict=True)
        ]
    return pd.DataFrame(rows)


def _most_hopeful(one: Answer, evidence: Evidence) -> GapForecast:
    """The trend of the periods before the pandemic goes on."""
    return gap_forecast(
        one.both_sexes,
        model="drift",
        fits=evidence.fits_before_the_pandemic,
        ends=evidence.ends_of(one.question.definition_id),
        last_year=int(TARGET_YEARS[-1]),
        seen_to=LAST_PRE_PANDEMIC_YEAR,
    )
