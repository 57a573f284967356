"""What all charts of one gap share: whose gap it is, settings, source and file name."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.settings_line import rule_line, settings_line
from pipeline.answers.gap.answer import Answer


def ends_earlier(answer: Answer, period: str, *, what: str, where: str = "this chart ends") -> str:
    """A sentence where a chart ends before the gap itself, since `what` else it needs is published later; "" otherwise."""
    newest = str(answer.latest["period"])
    return "" if period == newest else f"{what} for {newest} is not yet published, so {where} with {period}."


def awaited(answer: Answer, period: str, *, what: str) -> str:
    """What to add to a subtitle in the same case."""
    newest = str(answer.latest["period"])
    return "" if period == newest else f"; {what} for {newest} is not yet published"


def gap_chart(
    answer: Answer,
    drawing: Drawing,
    *,
    id: str,
    finding: str,
    subtitle: str,
    alt: str,
    table: pd.DataFrame,
    caveats: tuple[str, ...] = (),
    build: str,
    by_rule: bool = False,
    file: str = "",
    ends: str = "",
    release: str = "",
) -> Chart:
    """A chart of one gap.

    `by_rule`: it depends on what the richest end is assumed to do; `file`: start of its file name; `ends`: as `ends_earlier`;
    `release`: of what else it shows, where that can be another than that of the gap.
    """
    who = words.people(answer.sex)
    short = finding.replace(" end of the slope", " end")
    rule = f" {rule_line(answer.question)}" if by_rule else ""
    return Chart(
        id=id,
        drawing=drawing,
        title=f"{who.capitalize()}: {short}",
        subtitle=subtitle,
        settings=f"{settings_line(answer)}{rule} {ends}".rstrip(),
        source=source_line(
            release=release or answer.release,
            build=build,
            extra=f"The gap: released {words.day(answer.release)}." if release not in {"", answer.release} else "",
        ),
        alt=alt,
        table=table,
        caveats=caveats,
        file_stem=file_name(file or id, answer.question.definition_id, who, answer.latest["period"]),
    )
