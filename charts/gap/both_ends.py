"""Chart `both-ends`: healthy life expectancy at both ends of the gap, and the rise that the poorer end needs."""

from typing import Any

import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart
from charts.kit.marks import Mark, axis, band, line, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import by_period, figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer

_SIDES = ("better_off", "worse_off")


def both_ends(answer: Answer, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Healthy life expectancy in years of both ends with 95% intervals, and the line the poorer end must follow."""
    goal = _goal(answer)
    ticks = [(row["mid_point"], row["period"]) for row in (answer.baseline, answer.latest, goal)]
    layout = {"xaxis": period_axis(ticks), "yaxis": axis("Years")}
    worse = words.place(answer.latest["worse_off"])
    return gap_chart(
        answer,
        drawn([*_past(answer, palette), *_ahead(answer, goal, palette)], palette, layout=layout),
        id="both-ends",
        finding=f"{worse} must rise {words.years(float(answer.poor_end.rise_years))} to "
        f"{words.number(float(answer.poor_end.target_years))} by {answer.question.target_year}",
        subtitle=f"Healthy life expectancy at birth, {words.people(answer.sex)}, years. The axis does not start at zero",
        alt=_alt(answer, goal),
        table=_table(answer, goal),
        caveats=(PERIODS_OVERLAP,),
        build=build,
        by_rule=True,
    )


def _goal(answer: Answer) -> dict[str, Any]:
    """Period, mid-point and HLE of the poorer end where the target is met."""
    last = answer.path.iloc[-1]
    return {name: last[name] for name in ("period", "mid_point")} | {"years": float(answer.poor_end.target_years)}


def _past(answer: Answer, palette: Palette) -> list[Mark]:
    series = answer.series
    traces: list[Mark] = []
    for side, colour in zip(_SIDES, (palette.better_off, palette.worse_off), strict=True):
        years, lower, upper = (series[f"{side}_{part}"] for part in ("years", "lci_95", "uci_95"))
        name = str(answer.latest[side])
        limits = f"{name}, 95% interval"
        traces += band(series["mid_point"], lower, upper, colour=colour, name=limits, showlegend=False)
        traces.append(line(series["mid_point"], years, name=name, colour=colour, markers=True, hover=series["period"]))
    return traces


def _ahead(answer: Answer, goal: dict[str, Any], palette: Palette) -> list[Mark]:
    latest, path = answer.latest, answer.path
    needed = line(
        [latest["mid_point"], goal["mid_point"]],
        [latest["worse_off_years"], goal["years"]],
        name="Needed from here",
        colour=palette.needed,
        dash="dot",
        hover=[latest["period"], goal["period"]],
    )
    assumed = line(
        path["mid_point"],
        path["rich_end_years"],
        name=f"{latest['better_off']}, assumed",
        colour=palette.better_off,
        dash="dash",
        hover=path["period"],
    )
    return [needed, assumed]


def _alt(answer: Answer, goal: dict[str, Any]) -> str:
    latest, baseline = answer.latest, answer.baseline
    better, worse = (
        f"{latest[side]} {words.moved(float(change))}, from {words.number(baseline[f'{side}_years'])} to "
        f"{words.number(latest[f'{side}_years'])}"
        for side, change in zip(_SIDES, (answer.change.better_off_change, answer.change.worse_off_change), strict=True)
    )
    return (
        f"Line chart of healthy life expectancy for {words.people(answer.sex)}, {baseline['period']} to "
        f"{latest['period']}. {better} years; {worse}. A dotted line rises from there to {words.number(goal['years'])} in "
        f"{goal['period']}."
    )


def _table(answer: Answer, goal: dict[str, Any]) -> pd.DataFrame:
    series, path, latest = answer.series, answer.path, answer.latest
    periods = list(dict.fromkeys([*series["period"], *path["period"]]))
    parts = {"years": "years", "lci_95": "lower 95% limit", "uci_95": "upper 95% limit"}
    headings = {f"{latest[side]}, {said}": f"{side}_{part}" for side in _SIDES for part, said in parts.items()}
    needed = pd.DataFrame(
        {"period": [latest["period"], goal["period"]], "years": [latest["worse_off_years"], goal["years"]]}
    )
    columns = {
        "Period": periods,
        **by_period(series, periods, headings),
        **by_period(path, periods, {f"{latest['better_off']}, assumed, years": "rich_end_years"}),
        **by_period(needed, periods, {f"{latest['worse_off']}, needed, years": "years"}),
    }
    return figures([], columns)
