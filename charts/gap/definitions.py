"""Chart `definitions`: what the gap was and is by each definition of richest and poorest."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, error_bars, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings_line import question_line
from charts.kit.table import Record, each, figures, intervals
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Standing

_MOVING = {"Wider": "widening", "Narrower": "narrowing", "No clear change": "showing no clear trend"}


def definitions_compared(standings: Sequence[Standing], *, build: str, palette: Palette = LIGHT) -> Chart:
    """One row per definition, in the order given: the gap in years at the baseline and now, joined by a line."""
    answers = [standing.answer for standing in standings]
    first = answers[0]
    who, period = words.people(first.sex), first.latest["period"]
    defined = [answer.question.definition for answer in answers]
    return Chart(
        id="definitions",
        drawing=_drawing(answers, palette),
        title=f"{who.capitalize()}: {_finding(standings)}",
        subtitle=f"Gap in healthy life expectancy at birth by definition, {who}, years, with 95% interval now",
        settings=_settings(answers),
        source=source_line(release=first.release, build=build, extra=_other_releases(answers)),
        alt=_alt(answers),
        table=_table(standings),
        caveats=tuple(f"{one.short_label}: {one.caveat}" for one in defined if one.caveat),
        file_stem=file_name("definitions", who, period),
    )


def _drawing(answers: Sequence[Answer], palette: Palette) -> Drawing:
    labels = [answer.question.definition.short_label for answer in answers]
    then, now = [answer.baseline for answer in answers], [answer.latest for answer in answers]
    gaps, lower, upper = each(now, "gap_years", "gap_lci_95", "gap_uci_95")
    [gaps_then] = each(then, "gap_years")
    pairs = zip(gaps_then, gaps, strict=True)
    moves = {
        "type": "scatter",
        "x": [x for pair in pairs for x in (*pair, None)],  # one trace for all rows: None lifts the pen between them
        "y": [y for label in labels for y in (label, label, None)],
        "mode": "lines",
        "line": {"color": palette.quiet, "width": 2, "dash": "dot"},  # no interval: those are solid
        "showlegend": False,
        "hoverinfo": "skip",
    }
    gaps_now = _points(now, labels, name="Now", symbol="circle", palette=palette)
    gaps_now["error_x"] = error_bars(gaps, lower, upper, palette.gap)
    traces = [moves, _points(then, labels, name="At the baseline", symbol="circle-open", palette=palette), gaps_now]
    reach = [0.0, *gaps_then, *gaps, *lower, *upper]
    layout = {
        "yaxis": {
            "autorange": "reversed",
            "showgrid": True,
            "tickvals": labels,
            "ticktext": [label.replace(", ", ",<br>") for label in labels],  # else a phone has no room for the marks
        },
        # room for whole points on a phone
        "xaxis": axis("Gap, years", range=[1.15 * np.nanmin(reach), 1.15 * np.nanmax(reach)], showgrid=True),
    }
    return drawn(traces, palette, height=90 + 52 * len(answers), layout=layout)


def _points(rows: Sequence[Record], labels: Sequence[str], *, name: str, symbol: str, palette: Palette) -> Mark:
    gaps, periods = each(rows, "gap_years", "period")
    return points(
        gaps,
        labels,
        hover="%{y}<br>%{customdata}: <b>%{x:.1f} years</b>",
        name=name,
        marker={"size": 15, "symbol": symbol, "color": palette.gap, "line": {"width": 3, "color": palette.gap}},
        customdata=periods,
    )


def _settings(answers: Sequence[Answer]) -> str:
    first = answers[0].question
    later = [one.question for one in answers if one.question.baseline != first.baseline]
    if not later:
        return question_line(first)
    names = ", ".join(one.definition.short_label for one in later)
    return f"{question_line(first)} Baseline {later[0].baseline}, where figures begin, for: {names}."


def _other_releases(answers: Sequence[Answer]) -> str:
    others = sorted({one.release for one in answers} - {answers[0].release})
    return "".join(f"Small areas: released {words.day(release)}." for release in others)


def _finding(standings: Sequence[Standing]) -> str:
    moving = [standing.outlook.direction for standing in standings]
    parts = [f"{said} on {moving.count(word)}" for word, said in _MOVING.items() if word in moving]
    return f"of {len(moving)} definitions, the gap is {words.listed(parts)}"


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
    then, now = [one.answer.baseline for one in standings], [one.answer.latest for one in standings]
    gaps_then, baselines = each(then, "gap_years", "period")
    return figures(
        now,
        {
            "Definition": _labels(standings),
            "Ends now": [f"{row['better_off']} and {row['worse_off']}" for row in now],
            "Baseline": baselines,
            "Gap then (years)": gaps_then,
            "Gap now (years)": "gap_years",
            "95% interval": intervals(now, "gap", missing="not published"),
            "Trend": [_MOVING[one.outlook.direction].removeprefix("showing ") for one in standings],
        },
    )


def _labels(standings: Iterable[Standing]) -> list[str]:
    return [standing.answer.question.definition.label for standing in standings]


def verdict_table(standings: Mapping[str, Sequence[Standing]]) -> pd.DataFrame:
    """One row per definition: gap now with its 95% interval, and verdict; `standings` by sex, in the same order."""
    columns = {"Definition": _labels(next(iter(standings.values())))}
    for sex, found in standings.items():
        who = words.people(sex).capitalize()
        columns[f"{who}: gap now, years"] = [
            words.with_limits(latest["gap_years"], latest["gap_lci_95"], latest["gap_uci_95"])
            for latest in (one.answer.latest for one in found)
        ]
        columns[f"{who}: verdict"] = [one.outlook.course for one in found]
    return pd.DataFrame(columns)
