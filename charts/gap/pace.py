"""Paces side by side: how fast the gap moves, how fast it would have to, and what has been done before."""

from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.marks import way
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings import file_name, rule_line, settings_line
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook
from pipeline.answers.gap.what_it_takes import Rise


def pace_gauge(answer: Answer, outlook: Outlook, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the observed pace of the gap with its 95% interval beside the pace that the target needs."""
    reach = 1.25 * max(abs(v) for v in (answer.required_pace, outlook.pace_lci_95, outlook.pace_uci_95))
    drawing = drawn(
        _pace_points(answer, outlook, palette),
        palette,
        height=250,
        layout={
            "showlegend": False,
            "margin": {"t": 34},
            "annotations": _pace_labels(answer, outlook, palette),
            "xaxis": _pace_axis("Change of the gap, years per year", -reach, reach),
            "yaxis": {"autorange": "reversed", "showgrid": False, "range": [1.5, -0.6]},
        },
    )
    who = words.people(answer.sex)
    return Chart(
        id="pace-gauge",
        drawing=drawing,
        title=f"{who.capitalize()}: {_pace_finding(answer, outlook)}",
        subtitle=f"Pace of the gap in healthy life expectancy at birth, {who}, {outlook.first_period} to "
        f"{answer.latest['period']}, years per year, with 95% interval",
        settings=settings_line(answer),
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Dot chart of paces for {who}. Over {outlook.first_period} to {answer.latest['period']} the gap moved by "
            f"{words.signed(outlook.pace, 2)} years a year, 95% interval {words.signed(outlook.pace_lci_95, 2)} to "
            f"{words.signed(outlook.pace_uci_95, 2)}; from here the target needs {words.signed(answer.required_pace, 2)}."
        ),
        table=pd.DataFrame(
            {
                "Pace": ["Observed", "Needed", "Check: periods without a common year"],
                "Years per year": [
                    round(value, 3)
                    for value in (outlook.pace, answer.required_pace, float(outlook.check.pace_years_per_year))
                ],
                "95% interval": [
                    words.interval(outlook.pace_lci_95, outlook.pace_uci_95, 2),
                    "",
                    words.interval(float(outlook.check.pace_lci_95), float(outlook.check.pace_uci_95), 2),
                ],
            }
        ),
        caveats=(
            "Neighbouring periods share two of their three years. The interval allows for that; a usual trend line would "
            "look far too certain.",
        ),
        file_stem=file_name("pace", answer.question.definition_id, who, answer.latest["period"]),
    )


def _pace_points(answer: Answer, outlook: Outlook, palette: Palette) -> list[dict[str, Any]]:
    observed = {
        "type": "scatter",
        "x": [outlook.pace],
        "y": ["Observed"],
        "mode": "markers",
        "name": "Observed",
        "marker": {"size": 18, "color": palette.gap},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [outlook.pace_uci_95 - outlook.pace],
            "arrayminus": [outlook.pace - outlook.pace_lci_95],
            "thickness": 4,
            "width": 10,
            "color": palette.gap,
        },
        "text": [f"<b>{words.signed(outlook.pace, 2)}</b>"],
        "hovertemplate": "Observed: <b>%{x:.2f} years a year</b><extra></extra>",
    }
    needed = {
        "type": "scatter",
        "x": [answer.required_pace],
        "y": ["Needed"],
        "mode": "markers",
        "name": "Needed",
        "marker": {"size": 18, "symbol": "diamond", "color": palette.needed},
        "hovertemplate": "Needed: <b>%{x:.2f} years a year</b><extra></extra>",
    }
    return [observed, needed]


def _pace_labels(answer: Answer, outlook: Outlook, palette: Palette) -> list[dict[str, Any]]:
    """Return the paces in figures above their points, and on either side of zero which way is which."""
    paces = [
        {
            "x": value,
            "y": row,
            "text": f"<b>{words.signed(value, 2)}</b>",
            "showarrow": False,
            "yshift": 24,
            "font": {"size": 18, "color": colour},
        }
        for value, row, colour in (
            (outlook.pace, "Observed", palette.gap),
            (answer.required_pace, "Needed", palette.needed),
        )
    ]
    return [
        *paces,
        way("widening \N{RIGHTWARDS ARROW}", towards="right", palette=palette),
        way("\N{LEFTWARDS ARROW} narrowing", towards="left", palette=palette),
    ]


def _pace_axis(title: str, low: float, high: float) -> dict[str, Any]:
    return {
        "range": [low, high],
        "zeroline": True,
        "zerolinewidth": 2,
        "showgrid": True,
        "title": {"text": title, "font": {"size": 15}},
    }


def _pace_finding(answer: Answer, outlook: Outlook) -> str:
    if answer.required_pace >= 0:
        return "the latest gap already meets the target"
    needed = f"the target needs it to narrow by {words.number(-answer.required_pace, 2)} years a year"
    if outlook.pace_lci_95 > 0:
        return f"the gap has been widening, while {needed}"
    if outlook.pace_uci_95 < 0:
        enough = outlook.pace <= answer.required_pace
        return f"the gap has been narrowing {'fast enough' if enough else 'too slowly'}: {needed}"
    return f"no clear movement of the gap so far; {needed}"


def poor_end_paces(answer: Answer, rises: list[Rise], *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return bars: the rise that the poor end needs, beside rises that have been seen.

    Args:
        answer: numbers for one definition and sex.
        rises: paces for comparison, in the order in which they stand.
        build: build id.
        palette: colours.
    """
    needed = Rise(
        f"Needed: {answer.latest['worse_off']}",
        float(answer.poor_end.pace_years_per_year),
        f"from {answer.latest['period']} to {answer.question.target_period.label}",
    )
    bars = [needed, *rises]
    paces, labels, notes = ([getattr(bar, part) for bar in bars] for part in ("pace_years_per_year", "label", "note"))
    reach = [0.0, *paces]
    span = max(reach) - min(reach) or 1.0
    drawing = drawn(
        [
            {
                "type": "bar",
                "x": paces,
                "y": labels,
                "orientation": "h",
                "marker": {"color": [palette.needed, *[palette.quiet] * len(rises)]},
                "text": [f"<b>{words.signed(pace, 2)}</b>" for pace in paces],
                "textposition": "outside",
                "textfont": {"size": 17},
                "cliponaxis": False,
                "customdata": notes,
                "hovertemplate": "%{y}: <b>%{x:.2f} years a year</b><br>%{customdata}<extra></extra>",
            }
        ],
        palette,
        height=110 + 55 * len(bars),
        layout={
            # room for the numbers beside the bars on a phone
            "xaxis": _pace_axis("Years per year", min(reach) - 0.4 * span, max(reach) + 0.4 * span),
            "yaxis": {
                "autorange": "reversed",
                "showgrid": False,
                "tickvals": labels,
                "ticktext": [label.replace(": ", ":<br>").replace(", ", ",<br>") for label in labels],
            },
        },
    )
    who = words.people(answer.sex)
    best = max((rise.pace_years_per_year for rise in rises), default=0.0)
    times = needed.pace_years_per_year / best if best > 0 else float("nan")
    finding = (
        f"{words.place(str(answer.latest['worse_off']))} would have to rise {words.number(times)} times as fast as the fastest "
        "sustained rise of any region"
        if times > 1
        else f"{words.place(str(answer.latest['worse_off']))} would have to rise "
        f"{words.number(needed.pace_years_per_year, 2)} years a year, no faster than has been seen"
    )
    return Chart(
        id="poor-end-paces",
        drawing=drawing,
        title=f"{who.capitalize()}: {finding}",
        subtitle=f"Rise of healthy life expectancy at birth, {who}, years per year",
        settings=f"{settings_line(answer)} {rule_line(answer.question)}",
        source=source_line(release=answer.release, build=build),
        alt=f"Bars for {who}, years per year: "
        + "; ".join(f"{bar.label} {words.signed(bar.pace_years_per_year, 2)} ({bar.note})" for bar in bars)
        + ".",
        table=pd.DataFrame(
            {
                "Rise": labels,
                "Years per year": [round(pace, 3) for pace in paces],
                "When": notes,
            }
        ),
        caveats=("The fastest rise of several noisy series is partly luck, so it flatters what is possible.",),
        file_stem=file_name("poor-end-paces", answer.question.definition_id, who, answer.latest["period"]),
    )
