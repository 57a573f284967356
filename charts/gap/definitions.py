"""Definitions side by side: what the gap was and is under each meaning of richest and poorest."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.marks import error_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings import file_name, question_line
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Standing

_MOVING = {"widening": "widening", "narrowing": "narrowing", "unclear": "no clear trend"}


def definitions_compared(standings: Sequence[Standing], *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return a chart with one row per definition: the gap at its baseline and now, joined by a line.

    Args:
        standings: one per definition, same sex and settings, in the order in which they stand.
        build: build id for the source line.
        palette: colours.
    """
    answers = [standing.answer for standing in standings]
    labels = [answer.question.definition.short_label for answer in answers]
    then, now = [answer.baseline for answer in answers], [answer.latest for answer in answers]
    gaps_then, gaps_now = ([float(row["gap_years"]) for row in rows] for rows in (then, now))
    lower, upper = ([float(row[limit]) for row in now] for limit in ("gap_lci_95", "gap_uci_95"))
    reach = [*gaps_then, *gaps_now, *(limit for limit in (*lower, *upper) if not math.isnan(limit))]
    drawing = drawn(
        [
            # one trace for all rows; None lifts the pen between them
            {
                "type": "scatter",
                "x": [x for pair in zip(gaps_then, gaps_now, strict=True) for x in (*pair, None)],
                "y": [y for label in labels for y in (label, label, None)],
                "mode": "lines",
                "line": {"color": palette.quiet, "width": 2, "dash": "dot"},  # no interval: those are solid
                "showlegend": False,
                "hoverinfo": "skip",
            },
            _points(then, labels, name="At the baseline", symbol="circle-open", palette=palette),
            _points(now, labels, name="Now", symbol="circle", palette=palette)
            | {"error_x": error_bars(gaps_now, lower, upper, palette.gap)},
        ],
        palette,
        height=90 + 52 * len(answers),
        layout={
            "yaxis": {
                "autorange": "reversed",
                "showgrid": True,
                "tickvals": labels,
                "ticktext": [
                    label.replace(", ", ",<br>") for label in labels
                ],  # else a phone has no room for the marks
            },
            "xaxis": {
                "range": [1.15 * min(0.0, *reach), 1.15 * max(reach)],  # room for whole points on a phone
                "showgrid": True,
                "title": {"text": "Gap, years", "font": {"size": 15}},
            },
        },
    )
    sex = answers[0].sex
    return Chart(
        id="definitions",
        drawing=drawing,
        title=f"{words.people(sex).capitalize()}: {_finding(standings)}",
        subtitle=f"Gap in healthy life expectancy at birth by definition, {words.people(sex)}, years, with 95% interval now",
        settings=_settings(answers),
        source=source_line(release=answers[0].release, build=build, extra=_other_releases(answers)),
        alt=_alt(answers),
        table=_table(standings),
        caveats=tuple(
            f"{answer.question.definition.short_label}: {answer.question.definition.caveat}"
            for answer in answers
            if answer.question.definition.caveat
        ),
        file_stem=file_name("definitions", words.people(sex), answers[0].latest["period"]),
    )


def _points(
    rows: Sequence[pd.Series], labels: Sequence[str], *, name: str, symbol: str, palette: Palette
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [float(row["gap_years"]) for row in rows],
        "y": list(labels),
        "mode": "markers",
        "name": name,
        "marker": {"size": 15, "symbol": symbol, "color": palette.gap, "line": {"width": 3, "color": palette.gap}},
        "customdata": [row["period"] for row in rows],
        "hovertemplate": "%{y}<br>%{customdata}: <b>%{x:.1f} years</b><extra></extra>",
    }


def _settings(answers: Sequence[Answer]) -> str:
    first = answers[0].question
    later = [one for one in answers if one.question.baseline != first.baseline]
    if not later:
        return question_line(first)
    names = ", ".join(one.question.definition.short_label for one in later)
    return f"{question_line(first)} Baseline {later[0].question.baseline}, where figures begin, for: {names}."


def _other_releases(answers: Sequence[Answer]) -> str:
    others = sorted({one.release for one in answers} - {answers[0].release})
    return "".join(f"Small areas: released {words.day(release)}." for release in others)


def _finding(standings: Sequence[Standing]) -> str:
    moving = [standing.outlook.moving for standing in standings]
    parts = [
        f"{said} on {moving.count(word)}"
        for word, said in (("widening", "widening"), ("narrowing", "narrowing"), ("unclear", "showing no clear trend"))
        if word in moving
    ]
    return f"of {len(moving)} definitions, the gap is {', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]}"


def _alt(answers: Sequence[Answer]) -> str:
    rows = "; ".join(
        f"{answer.question.definition.short_label} from {words.number(answer.baseline['gap_years'])} "
        f"({answer.baseline['period']}) to {words.number(answer.latest['gap_years'])}"
        for answer in answers
    )
    return (
        f"Dot chart of the gap for {words.people(answers[0].sex)} under {len(answers)} definitions, then and in "
        f"{answers[0].latest['period']}, in years: {rows}."
    )


def _table(standings: Sequence[Standing]) -> pd.DataFrame:
    answers = [standing.answer for standing in standings]
    then, now = [answer.baseline for answer in answers], [answer.latest for answer in answers]
    return pd.DataFrame(
        {
            "Definition": [answer.question.definition.label for answer in answers],
            "Ends now": [f"{row['better_off']} and {row['worse_off']}" for row in now],
            "Baseline": [row["period"] for row in then],
            "Gap then (years)": [round(row["gap_years"], 2) for row in then],
            "Gap now (years)": [round(row["gap_years"], 2) for row in now],
            "95% interval": [words.interval(row["gap_lci_95"], row["gap_uci_95"]) or "not published" for row in now],
            "Trend": [_MOVING[standing.outlook.moving] for standing in standings],
        }
    )


def verdict_table(standings: Mapping[str, Sequence[Standing]]) -> pd.DataFrame:
    """Return one row per definition: gap now with its interval and the verdict, for each sex.

    Args:
        standings: sex -> one standing per definition, in the same order.
    """
    columns: dict[str, list[str]] = {
        "Definition": [one.answer.question.definition.label for one in next(iter(standings.values()))]
    }
    for sex, found in standings.items():
        who = words.people(sex).capitalize()
        columns[f"{who}: gap now, years"] = [
            words.with_limits(latest["gap_years"], latest["gap_lci_95"], latest["gap_uci_95"])
            for latest in (one.answer.latest for one in found)
        ]
        columns[f"{who}: verdict"] = [one.outlook.verdict for one in found]
    return pd.DataFrame(columns)
