"""Entries about the promise: every reading of it, what to look for next, and what would have been said before."""

import pandas as pd

from charts.catalogue.entry import QUESTION, Answer, Entry
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View, question_of
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.promise.milestones import milestones_chart
from charts.promise.readings import none_on_course, readings_chart, sensitivity_table
from charts.promise.strips import Own
from charts.promise.verdict_history import by_release_table, verdict_history_chart
from pipeline.answers.gap.evidence import MODELS, evidence_of
from pipeline.answers.gap.milestones import milestones_of
from pipeline.answers.gap.readings import counted, most_hopeful, readings_by
from pipeline.processed import Tables
from pipeline.tables.promise import READING_MODELS


def _model(tables: Tables, view: View) -> str:
    return view.model or evidence_of(tables).default


def _readings(tables: Tables, view: View, palette: Palette) -> Chart:
    question, model = question_of(tables, view), _model(tables, view)
    rows = readings_by(tables, model)
    return readings_chart(
        rows[rows["sex"] == view.sex],
        sex=view.sex,
        own=Own(question.definition_id, question.baseline, question.target_year),
        among=view.among,
        model=MODELS[model],
        hopeful=counted(most_hopeful(tables)),
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


def _milestones(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    return milestones_chart(one, milestones_of(one, evidence_of(tables)), build=tables.build, palette=palette)


def _verdict_history(tables: Tables, view: View, palette: Palette) -> Chart:
    rows = tables.table("verdict_history")
    return verdict_history_chart(
        rows[rows["sex"] == view.sex],
        definition=view.definition,
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


def _readings_agree(tables: Tables, view: View) -> str:
    count = counted(readings_by(tables, _model(tables, view)))
    return words.sentence_start(none_on_course(count))


def _sensitivity(tables: Tables, _: View) -> pd.DataFrame:
    return sensitivity_table({model: readings_by(tables, model) for model in READING_MODELS})


def _by_release(tables: Tables, view: View) -> pd.DataFrame:
    rows = tables.table("verdicts_by_release")
    return by_release_table(rows[rows["definition"] == view.definition])


BY_RELEASE = Answer(id="verdicts-by-release", needs=("definition",), ask=_by_release)
"""Table of what each release would have given when it was new; no rows for a definition that is not between regions."""
SENSITIVITY = Answer(id="sensitivity", needs=(), ask=_sensitivity)
"""Table of what each forecast says of all readings, and of the default setting."""
READINGS_AGREE = Answer(id="readings-agree", needs=("model",), ask=_readings_agree)
"""How many of all readings are on course: "Of 1,344 readings, none is on course"."""

ANSWERS = (READINGS_AGREE, SENSITIVITY, BY_RELEASE)

ENTRIES = (
    Entry(
        id="readings",
        label="Every reading of the promise",
        needs=("sex", "definition", "baseline", "target", "model", "among"),
        draw=_readings,
        screen="?tab=readings",
    ),
    Entry(
        id="milestones",
        label="What to look for in each publication",
        needs=("sex", *QUESTION, "path"),
        on_screens=("scale",),
        draw=_milestones,
        screen="progress?tab=milestones",
    ),
    Entry(
        id="verdict-history",
        label="What would have been said before",
        needs=("sex", "definition"),
        draw=_verdict_history,
        screen="?tab=history",
    ),
)
