"""Chart `gap-path`: the gap over time, the path that would close it by the target, and the forecast."""

import numpy as np
import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, label, line, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Columns, by_period, figures, intervals
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook


def gap_path(answer: Answer, outlook: Outlook | None = None, *, build: str, palette: Palette = LIGHT) -> Chart:
    """The gap in years (high is wide) with its 95% interval, the path to the target, and the forecast as a fan.

    Without an outlook, a line shows the pace needed from now on in place of the fan.
    """
    fan = None if outlook is None else outlook.fan()
    caveat = answer.question.definition.caveat
    return gap_chart(
        answer,
        _drawing(answer, fan, palette),
        id="gap-path",
        finding=_finding(answer, outlook),
        subtitle=f"Gap in healthy life expectancy at birth, {words.people(answer.sex)}, England, years",
        alt=_alt(answer) + ("" if outlook is None or fan is None else _alt_forecast(outlook, fan.iloc[-1])),
        table=_table(answer, fan),
        caveats=(PERIODS_OVERLAP, *([caveat] if caveat else [])),
        build=build,
    )


def _drawing(answer: Answer, fan: pd.DataFrame | None, palette: Palette) -> Drawing:
    series, path, latest, target = answer.series, answer.path, answer.latest, answer.question.target_period
    reached = [*series["gap_years"], *series["gap_uci_95"], *([] if fan is None else fan["gap_uci_95"])]
    middles = series["mid_point"]
    traces = [
        *band(middles, series["gap_lci_95"], series["gap_uci_95"], colour=palette.gap),
        line(
            path["mid_point"],
            path["path_gap_years"],
            name="Path to target",
            colour=palette.target,
            dash="dash",
            hover=path["period"],
        ),
        *([_needed(answer, palette)] if fan is None else _forecast(fan, palette)),
        line(middles, series["gap_years"], name="Gap", colour=palette.gap, markers=True, hover=series["period"]),
    ]
    ends = (answer.baseline, latest)
    ticks = [*((row["mid_point"], row["period"]) for row in ends), (target.midpoint_year, target.label)]
    layout = {
        "annotations": _labels(answer, palette),
        "xaxis": period_axis(ticks),
        "yaxis": axis("Years", range=[0, np.nanmax(reached) * 1.12]),
    }
    return drawn(traces, palette, layout=layout)


def _labels(answer: Answer, palette: Palette) -> list[Mark]:
    """The gap now and the target, in figures."""
    lately = answer.series.tail(3)
    return [
        label(
            x=answer.latest["mid_point"],
            y=np.nanmax([*lately["gap_years"], *lately["gap_uci_95"]]),  # below lies the line, to the right the fan
            text=f"<b>{words.number(answer.latest['gap_years'])}</b> now",
            colour=palette.gap,
            paper=palette.paper,
            position="top left",
        ),
        label(
            x=answer.question.target_period.midpoint_year,
            y=answer.target_gap_years,
            text=f"<b>{words.number(answer.target_gap_years)}</b> target",
            colour=palette.target,
            paper=palette.paper,
            position="bottom left",
        ),
    ]


def _needed(answer: Answer, palette: Palette) -> Mark:
    target, latest = answer.question.target_period, answer.latest
    return line(
        [latest["mid_point"], target.midpoint_year],
        [latest["gap_years"], answer.target_gap_years],
        name="Needed from here",
        colour=palette.needed,
        dash="dot",
        hover=[latest["period"], target.label],
    )


def _forecast(fan: pd.DataFrame, palette: Palette) -> list[Mark]:
    colour, years = palette.needed, fan["mid_point"]
    bands = [
        mark
        for level in ("95", "80")
        for mark in band(
            years,
            fan[f"gap_lci_{level}"],
            fan[f"gap_uci_{level}"],
            colour=colour,
            name="Forecast, 80% and 95%",
            showlegend=level == "95",
        )
    ]
    return [*bands, line(years, fan["gap_years"], name="Forecast", colour=colour, dash="dot", hover=fan["period"])]


def _finding(answer: Answer, outlook: Outlook | None) -> str:
    now, then = answer.latest["gap_years"], answer.baseline["gap_years"]
    gap, target = words.years(now), words.years(answer.target_gap_years)
    if now <= answer.target_gap_years:
        return f"the gap of {gap} is at or below the target of {target}"
    if outlook is None:
        said = f"a gap of {gap}, after {words.number(then)} in {answer.baseline['period']}"
    elif outlook.direction == "No clear change":
        said = f"a gap of {gap}, with no clear trend"
    elif (outlook.direction == "Wider") == (now > then):
        said = f"the gap is {outlook.direction.lower()}, from {words.number(then)} to {gap}"
    else:  # the trend looks at every period, the baseline at one: they may point different ways
        said = f"a gap of {gap}, {outlook.direction.lower()} since {outlook.first_period}"
    return f"{said}; the target is {target} by {answer.question.target_year}"


def _alt(answer: Answer) -> str:
    gaps, latest, baseline = answer.series["gap_years"], answer.latest, answer.baseline
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(answer.sex)}, "
        f"{baseline['period']} to {latest['period']}. It starts at {words.years(baseline['gap_years'])}, "
        f"ranges between {words.number(gaps.min())} and {words.number(gaps.max())}, and stands at "
        f"{words.with_interval(latest['gap_years'], latest['gap_lci_95'], latest['gap_uci_95'])} years. "
        f"A dashed line falls to the target of {words.years(answer.target_gap_years)} in "
        f"{answer.question.target_period.label}; from today's gap that needs a change of "
        f"{words.signed(answer.required_pace, 2)} years every year."
    )


def _alt_forecast(outlook: Outlook, last: pd.Series) -> str:
    return (
        f" A fan shows the forecast: {words.number(last['gap_years'])} years in {last['period']}, 95% interval "
        f"{words.interval(last['gap_lci_95'], last['gap_uci_95'])}; the model gives {words.chance(outlook.probability)} of "
        "meeting the target."
    )


def _table(answer: Answer, fan: pd.DataFrame | None) -> pd.DataFrame:
    periods = answer.path["period"].tolist()
    gap = {"Gap (years)": "gap_years", "Lower 95% limit": "gap_lci_95", "Upper 95% limit": "gap_uci_95"}
    columns: Columns = {
        "Period": periods,
        **by_period(answer.series, periods, gap),
        "Path to target (years)": answer.path["path_gap_years"],
    }
    if fan is not None:
        columns |= by_period(fan, periods, {"Forecast (years)": "gap_years"})
        said = dict(zip(fan["period"], intervals(fan, "gap"), strict=True))
        columns["Forecast, 95% interval"] = [said.get(period, "") for period in periods]
    return figures([], columns)
