"""Where a gap is and where it is heading; what questions about one gap share is worked out once for each build."""

from functools import partial

import pandas as pd

from pipeline.answers.gap.answer import answer_from, history
from pipeline.answers.gap.evidence import Forecasts, evidence_of
from pipeline.answers.gap.outlook import Standing, outlook
from pipeline.answers.gap.past import Past, past_of
from pipeline.answers.gap.question import LAST_TARGET_YEAR, Question
from pipeline.errors import UsageError
from pipeline.processed import Tables


def standing_of(tables: Tables, question: Question, *, sex: str, model: str = "") -> Standing:
    """The answer to a question for one sex, and its outlook by a forecast, the default one if none is named.

    Raises:
        UsageError: there are no figures for the definition, sex or baseline, or no such forecast.
        MeasureRefused: there is no gap to close, or the target is not after the latest period.
    """
    england, definition_id = tables.england(), question.definition_id
    if question.rule == "england" and england.empty:
        raise UsageError(
            "The rule 'england' needs figures of England, and these have none.",
            do="Add rows with area_code E92000001, or choose the rule held or own-trend.",
        )
    made = tables.once(f"forecasts of {definition_id}", partial(_forecasts, tables, definition_id))
    past = tables.once(f"history of {definition_id} {sex}", partial(history, tables.table("gaps"), definition_id, sex))
    one = answer_from(past, question, both_sexes=made.rows, england=england)
    seen = tables.once(f"past of {definition_id} {sex}", partial(_past, tables, past))
    return Standing(one, outlook(one, made.evidence, model=model, made=made, past=seen))


def _forecasts(tables: Tables, definition_id: str) -> Forecasts:
    gaps = tables.table("gaps")
    return Forecasts(gaps[gaps["definition"] == definition_id], evidence_of(tables), LAST_TARGET_YEAR, None)


def _past(tables: Tables, rows: pd.DataFrame) -> Past:
    return past_of(rows, evidence_of(tables))
