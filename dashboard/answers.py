"""Answers to a question as the screens show them, worked out once per build and settings and shared between visitors."""

from dataclasses import replace

import streamlit as st

from dashboard.figures import Figures
from pipeline.answer import Question, answer, answers_by_definition
from pipeline.errors import MeasureRefused
from pipeline.measures.detection import FirstToTell
from pipeline.outlook import Standing, first_publication_that_could_tell
from pipeline.outlook import standing as with_outlook
from pipeline.standings import variances_of


def standing(figures: Figures, question: Question, sex: str) -> Standing:
    """Return the answer and outlook for one definition and sex."""
    return _standing(figures, question, sex, figures.build)


def standings_by_definition(figures: Figures, question: Question, sex: str) -> list[Standing]:
    """Return the answers to the same question under every definition, each with its outlook."""
    return _standings(figures, replace(question, definition_id="income-regions"), sex, figures.build)


def first_to_tell(figures: Figures, question: Question, sex: str) -> FirstToTell | None:
    """Return the first publication that could tell the required pace from standing still; None where none could."""
    try:
        return first_publication_that_could_tell(
            standing(figures, question, sex).answer, variances_of(figures.table("variances"))
        )
    except MeasureRefused:
        return None


# The build id is an argument of its own so that a new build is never answered from an old one.
@st.cache_resource(max_entries=2000, show_spinner=False)
def _standing(_figures: Figures, question: Question, sex: str, build: str) -> Standing:
    del build
    one = answer(_figures.table("gaps"), question, sex, england=_figures.england())
    return with_outlook(one, variances_of(_figures.table("variances")))


@st.cache_resource(max_entries=500, show_spinner=False)
def _standings(_figures: Figures, question: Question, sex: str, build: str) -> list[Standing]:
    del build
    variances = variances_of(_figures.table("variances"))
    found = answers_by_definition(_figures.table("gaps"), question, sex, england=_figures.england())
    return [with_outlook(one, variances) for one in found]
