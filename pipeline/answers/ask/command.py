"""What the command `ask` writes: the replies to its settings as plain words, JSON or CSV."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.answers.ask.own_figures import open_tables, own_template
from pipeline.answers.ask.plain_words import as_table, in_words
from pipeline.answers.ask.reply import KEYS, Reply, ask
from pipeline.answers.ask.settings import asked
from pipeline.answers.gap.standing import standing_of
from pipeline.errors import UsageError


def asked_and_told(
    settings: Mapping[str, Sequence[str]],
    *,
    between: tuple[str, str] | None = None,
    own: Path | None = None,
    everything: bool = False,
    as_json: bool = False,
    as_csv: bool = False,
) -> str:
    """The replies to all questions that the settings make (`asked`), ending in a line end.

    Raises:
        UsageError: a setting is unknown, or two contradict each other.
        ContractBroken: own estimates break their contract, or a table is not that of the build.
        MeasureRefused: there is no gap to close, or the target is not after the latest period.
    """
    _refuse_contradictions(bool(settings.get("definition")), between, as_json=as_json, as_csv=as_csv)
    tables = open_tables(hle=own, between=between)
    questions = asked(tables, settings, everything=everything)
    replies = [ask(tables, one.question, sex=one.sex, model=one.model) for one in questions]
    if as_json:
        return as_json_text(replies)
    if as_csv:
        return as_csv_text(replies)
    one = questions[0]
    told = (
        as_table(replies)
        if len(replies) > 1
        else in_words(standing_of(tables, one.question, sex=one.sex, model=one.model), replies[0])
    )
    return f"{told}\n".replace("\N{MINUS SIGN}", "-")  # not every shell can write the true one


def template() -> str:
    """A file of own estimates to write over, as CSV."""
    return own_template(open_tables()).to_csv(index=False, lineterminator="\n")


def as_json_text(replies: Sequence[Reply]) -> str:
    """One reply as an object, several as a list."""
    rows = [one.as_row() for one in replies]
    return f"{json.dumps(rows if len(rows) > 1 else rows[0], indent=1, ensure_ascii=False, allow_nan=False)}\n"


def as_csv_text(replies: Sequence[Reply]) -> str:
    """A row for each reply below the keys; a cell is empty where the reply has none."""
    text = io.StringIO()
    writer = csv.DictWriter(text, KEYS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(one.as_row() for one in replies)
    return text.getvalue()


def _refuse_contradictions(
    has_definition: bool, between: tuple[str, str] | None, *, as_json: bool, as_csv: bool
) -> None:
    if has_definition and between:
        raise UsageError(
            "A question is about a definition or about a pair of places, not both.",
            do="Leave out --definition or --between.",
        )
    if as_json and as_csv:
        raise UsageError("A reply is written as JSON or as CSV, not both.", do="Leave out --json or --csv.")
