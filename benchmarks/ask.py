"""A thousand questions at random from code, against as many by the way that a screen takes."""

import random
import time
from collections.abc import Iterator
from typing import get_args

from benchmarks.measured import Part, Row
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View, question_of
from pipeline.answers.ask.reply import ask
from pipeline.answers.gap.evidence import evidence_of
from pipeline.answers.gap.what_it_takes import floor
from pipeline.measures.gap.path import PathShape, RichEndRule
from pipeline.processed import Tables

QUESTIONS, BY_SCREEN = 1000, 50
MOST_SECONDS, MOST_TIMES = 5, 0.5


def measure() -> Part:
    """Measure questions about every definition, baseline, target, share, rule, shape and model."""
    part = Part(
        "Questions from code",
        f"Settings at random, the same every time. The reference is {BY_SCREEN} of them by the way that a screen takes, made "
        f"into the time of {QUESTIONS}.",
    )
    tables = Tables.open()
    views = list(_views(tables))
    questions = [question_of(tables, view) for view in views]
    begun = time.perf_counter()
    for question, view in zip(questions, views, strict=True):
        ask(tables, question, sex=view.sex, model=view.model)
    spent = time.perf_counter() - begun
    begun = time.perf_counter()
    for view in views[:BY_SCREEN]:
        floor(tables, standing_of(tables, view).answer)
    reference = (time.perf_counter() - begun) * QUESTIONS / BY_SCREEN
    part.rows.append(
        Row(
            what=f"{QUESTIONS} questions",
            value=spent,
            unit="s",
            reference=reference,
            most=MOST_SECONDS,
            most_times=MOST_TIMES,
        )
    )
    return part


def _views(tables: Tables) -> Iterator[View]:
    chance, models = random.Random(1), evidence_of(tables).models
    gaps = tables.table("gaps")
    periods = {str(name): sorted(rows["period"].unique())[:-1] for name, rows in gaps.groupby("definition")}
    for _ in range(QUESTIONS):
        definition = chance.choice(list(periods))
        yield View(
            definition=definition,
            sex=chance.choice(["female", "male"]),
            baseline=chance.choice(periods[definition]),
            target=chance.randint(2027, 2050),
            share=chance.randint(5, 95),
            rule=chance.choice(get_args(RichEndRule)),
            path=chance.choice(get_args(PathShape)),
            model=chance.choice(models),
        )
