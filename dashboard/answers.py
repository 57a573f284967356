"""Answers to a question as the screens show them, worked out once per build and settings and shared between visitors."""

from dataclasses import replace

from dashboard.figures import Figures
from dashboard.shared import shared
from pipeline.answers.gap.answer import answer, questions_by_definition
from pipeline.answers.gap.outlook import Standing, first_publication_that_could_tell, variances_of
from pipeline.answers.gap.outlook import standing as with_outlook
from pipeline.answers.gap.question import Question
from pipeline.errors import MeasureRefused
from pipeline.measures.trend.detection import FirstToTell


def standing(figures: Figures, question: Question, sex: str) -> Standing:
    """Return the answer and outlook for one definition and sex."""
    return shared(_standing, figures, question, sex)


def standings_by_definition(figures: Figures, question: Question, sex: str) -> list[Standing]:
    """Return the answers to the same question under every definition, each with its outlook."""
    return shared(_standings, figures, replace(question, definition_id="income-regions"), sex)


def first_to_tell(figures: Figures, question: Question, sex: str) -> FirstToTell | None:
    """Return the first publication that could tell the required pace from standing still; None where none could."""
    try:
        return first_publication_that_could_tell(
            standing(figures, question, sex).answer, variances_of(figures.table("variances"))
        )
    except MeasureRefused:
        return None


def _standing(figures: Figures, question: Question, sex: str) -> Standing:
    one = answer(figures.table("gaps"), question, sex, england=figures.england())
    return with_outlook(one, shared(variances_of, figures.table("variances")))


def _standings(figures: Figures, question: Question, sex: str) -> list[Standing]:
    return [standing(figures, one, sex) for one in questions_by_definition(figures.table("gaps"), question, sex)]
