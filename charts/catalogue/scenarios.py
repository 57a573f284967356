"""Entry and words of two settings beside each other: the reader's own, and the default ones or those of a link."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from charts.catalogue.choices import CHOICES
from charts.catalogue.entry import QUESTION, Answer, Entry
from charts.catalogue.gap import standing_of
from charts.catalogue.view import View, question_of, view_of
from charts.gap.sentences import chance_of_target, need
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from charts.kit.settings_line import settings_line
from charts.promise.scenarios import case_words, scenarios_chart
from pipeline.answers.gap.cases import cases
from pipeline.errors import UsageError
from pipeline.processed import Tables

LONGEST_LINK = 500


def view_beside(view: View) -> View:
    """The view that `beside` describes: a link to a screen or the words behind its question mark; empty for the defaults.

    Sex and forecast are those of the view itself.

    Raises:
        UsageError: the link names a setting that cannot be.
    """
    words_in_link = dict(parse_qsl(urlsplit(view.beside).query or view.beside))
    if view.beside and not words_in_link:
        raise UsageError("The link to compare with names no settings.", do="Paste one that Share has copied.")
    asked = {name: _own_word(name, text) for name, text in words_in_link.items() if name in QUESTION}
    return view_of(asked).with_settings(sex=view.sex, model=view.model)


def _own_word(name: str, text: str) -> str:
    """The id of a choice that a link gives in visible words."""
    if name == "share":
        return "".join(re.findall(r"\d+(?=%)", text)) or text
    by_words = {said: own for own, said in CHOICES.get(name, {}).items()}
    return by_words.get(text, text)


def _scenarios(tables: Tables, view: View, palette: Palette) -> Chart:
    other = view_beside(view)
    same = question_of(tables, other) == question_of(tables, view)
    yours = standing_of(tables, view).answer
    beside = None if same else standing_of(tables, other).answer
    return scenarios_chart(yours, beside, cases(tables, yours), build=tables.build, palette=palette)


def _said(tables: Tables, view: View) -> Mapping[str, str]:
    other = view_beside(view)
    views = (
        {"Yours": view}
        if question_of(tables, other) == question_of(tables, view)
        else {"Yours": view, "Beside it": other}
    )
    found = {name: standing_of(tables, one) for name, one in views.items()}
    yours = found["Yours"].answer
    better, worse = (case_words(yours, case) for case in cases(tables, yours))
    said = {
        name: f"{settings_line(one.answer)} {words.sentence_start(need(one.answer))} "
        f"{chance_of_target(one.answer, one.outlook)}."
        for name, one in found.items()
    }
    return said | {"Better case": better, "Worse case": worse}


SCENARIOS_SAID = Answer(id="scenarios-said", needs=("sex", *QUESTION, "model", "beside"), ask=_said)
"""Whose settings -> what they need and how likely that is; then the better and the worse case, a line each."""

ANSWERS = (SCENARIOS_SAID,)

ENTRIES = (
    Entry(
        id="scenarios",
        label="Two settings beside each other, and cases seen before",
        needs=("sex", *QUESTION, "beside"),
        draw=_scenarios,
        screen="progress?tab=scenarios",
    ),
)
