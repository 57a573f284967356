"""The two ends of the gap: where each stands, and which of them moved the gap."""

from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.columns import in_step
from charts.kit.marks import band, line
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings import file_name, rule_line, settings_line
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer


def both_ends(answer: Answer, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the chart of both ends over time with 95% intervals, and the path the poor end would have to take."""
    latest, baseline, goal = answer.latest, answer.baseline, _goal(answer)
    ticks = [baseline["mid_point"], latest["mid_point"], goal["mid_point"]]
    drawing = drawn(
        _ends_lines(answer, goal, palette),
        palette,
        layout={
            "xaxis": {
                "tickvals": ticks,
                "ticktext": [row["period"].replace(" to ", " to<br>") for row in (baseline, latest, goal)],
                "range": [ticks[0] - 0.8, ticks[-1] + 0.8],
            },
            "yaxis": {"title": {"text": "Years", "font": {"size": 15}}},
        },
    )
    who = words.people(answer.sex)
    return Chart(
        id="both-ends",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: {words.place(latest['worse_off'])} would have to rise {words.years(float(answer.poor_end.rise_years))} "
            f"to {words.number(float(answer.poor_end.target_years))} by {answer.question.target_year}"
        ),
        subtitle=f"Healthy life expectancy at birth, {who}, years. The axis does not start at zero",
        settings=f"{settings_line(answer)} {rule_line(answer.question)}",
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Line chart of healthy life expectancy for {who}, {baseline['period']} to {latest['period']}. "
            f"{latest['better_off']} {words.moved(float(answer.change.better_off_change))}, from "
            f"{words.number(baseline['better_off_years'])} to {words.number(latest['better_off_years'])} years; "
            f"{latest['worse_off']} {words.moved(float(answer.change.worse_off_change))}, from "
            f"{words.number(baseline['worse_off_years'])} to {words.number(latest['worse_off_years'])}. A dotted line "
            f"rises from there to {words.number(float(answer.poor_end.target_years))} in {goal['period']}."
        ),
        table=_ends_table(answer),
        caveats=("Neighbouring periods share two of their three years, so they do not move independently.",),
        file_stem=file_name("both-ends", answer.question.definition_id, who, latest["period"]),
    )


def _goal(answer: Answer) -> dict[str, Any]:
    """Return period and mid_point of the target."""
    return {name: answer.path[name].iloc[-1] for name in ("period", "mid_point")}


def _ends_lines(answer: Answer, goal: dict[str, Any], palette: Palette) -> list[dict[str, Any]]:
    series, path, latest = answer.series, answer.path, answer.latest
    middles, periods = series["mid_point"].tolist(), series["period"].tolist()
    traces: list[dict[str, Any]] = []
    for side, colour in (("better_off", palette.better_off), ("worse_off", palette.worse_off)):
        values, lower, upper = (series[f"{side}_{part}"].tolist() for part in ("years", "lci_95", "uci_95"))
        name = f"{latest[side]}, 95% interval"
        traces += band(middles, lower, upper, colour=colour, name=name, showlegend=False)
        traces.append(line(middles, values, name=str(latest[side]), colour=colour, markers=True, hover=periods))
    needed = line(
        [latest["mid_point"], goal["mid_point"]],
        [latest["worse_off_years"], float(answer.poor_end.target_years)],
        name="Needed from here",
        colour=palette.needed,
        dash="dot",
        hover=[latest["period"], goal["period"]],
    )
    assumed = line(
        path["mid_point"].tolist(),
        path["rich_end_years"].tolist(),
        name=f"{latest['better_off']}, assumed",
        colour=palette.better_off,
        dash="dash",
        hover=path["period"].tolist(),
    )
    return [*traces, needed, assumed]


def _ends_table(answer: Answer) -> pd.DataFrame:
    series, path, latest, goal = answer.series, answer.path, answer.latest, _goal(answer)
    held, ahead = series["period"].tolist(), path["period"].tolist()
    periods = list(dict.fromkeys([*held, *ahead]))
    table: dict[str, Any] = {"Period": periods}
    for side in ("better_off", "worse_off"):
        for part, heading in (("years", "years"), ("lci_95", "lower 95% limit"), ("uci_95", "upper 95% limit")):
            table[f"{latest[side]}, {heading}"] = in_step(periods, held, series[f"{side}_{part}"].tolist())
    assumed = in_step(periods, ahead, path["rich_end_years"].tolist())
    ends = [latest["worse_off_years"], float(answer.poor_end.target_years)]
    table[f"{latest['better_off']}, assumed, years"] = assumed
    table[f"{latest['worse_off']}, needed, years"] = in_step(periods, [latest["period"], goal["period"]], ends)
    return pd.DataFrame(table)


def levelling(answer: Answer, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return two bars: how far each end has moved since the baseline; the gap's change is one minus the other."""
    latest, baseline, change = answer.latest, answer.baseline, answer.change
    names = [str(latest["better_off"]), str(latest["worse_off"])]
    values = [float(change.better_off_change), float(change.worse_off_change)]
    reach = max(0.5, *(abs(value) for value in values)) * 1.6  # room for the numbers beside the bars on a phone
    drawing = drawn(
        [
            {
                "type": "bar",
                "x": values,
                "y": names,
                "orientation": "h",
                "marker": {"color": [palette.better_off, palette.worse_off]},
                "text": [f"<b>{words.signed(value)}</b>" for value in values],
                "textposition": "outside",
                "textfont": {"size": 18},
                "cliponaxis": False,
                "hovertemplate": "%{y}: <b>%{x:.2f} years</b><extra></extra>",
            }
        ],
        palette,
        height=240,
        layout={
            "xaxis": {
                "range": [-reach, reach],
                "zeroline": True,
                "zerolinewidth": 2,
                "showgrid": True,
                "title": {"text": "Change in years", "font": {"size": 15}},
            },
            "yaxis": {"autorange": "reversed", "showgrid": False},
        },
    )
    who = words.people(answer.sex)
    return Chart(
        id="levelling",
        drawing=drawing,
        title=f"{who.capitalize()}: {_levelling_finding(answer)}",
        subtitle=f"Change in healthy life expectancy at birth, {baseline['period']} to {latest['period']}, years",
        settings=settings_line(answer),
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Two bars for {who}. {names[0]} {words.moved(values[0])} and {names[1]} {words.moved(values[1])} between "
            f"{baseline['period']} and {latest['period']}, so the gap changed by {words.signed(float(change.gap_change))} years."
        ),
        table=pd.DataFrame(
            {
                "End": [*names, "Gap"],
                "Change (years)": [round(value, 2) for value in (*values, float(change.gap_change))],
            }
        ),
        caveats=("A gap that narrows only because the top fell is not counted as progress here.",),
        file_stem=file_name("levelling", answer.question.definition_id, who, latest["period"]),
    )


def _levelling_finding(answer: Answer) -> str:
    gap, rich, poor = (
        round(float(value), 1)
        for value in (answer.change.gap_change, answer.change.better_off_change, answer.change.worse_off_change)
    )
    better, worse = words.place(answer.latest["better_off"]), words.place(answer.latest["worse_off"])
    ends = f"{better} {words.moved(rich)}, {worse} {words.moved(poor)}"
    ends = ends[0].upper() + ends[1:]
    if gap < 0 and poor <= 0:
        return f"levelling down. {ends}"
    if gap < 0:
        return f"the gap is narrower because the poorer end rose. {ends}"
    if gap > 0 and poor < 0:
        return f"the gap is wider because the poorer end fell. {ends}" if rich <= 0 else f"the ends moved apart. {ends}"
    return f"the gap did not narrow. {ends}"
