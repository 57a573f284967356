"""Charts `gap-path` and `own-pair-path`: the gap over time, what halving it needs from here, and the forecast."""

import numpy as np
import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.gap.periods_named import minor_ticks, pandemic, periods_named
from charts.gap.sentences import course_and_direction, newest_move, target_words
from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, band, label, line, note, period_axis, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Columns, by_period, figures, intervals
from charts.kit.textwidth import text_width
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import MODELS
from pipeline.answers.gap.outlook import Outlook

HEIGHT = 310
"""Pixels on a screen: women's and men's are seen whole on a small desk."""
NAME_SIZE, BENEATH_SIZE = 15, 12
"""Type at the end of a line: its name, and what stands beneath it."""
APART = 0.2
"""Least distance of two names, as a share of the height: two lines of type on the lowest plot there is, a slide's."""


def gap_path(
    answer: Answer, outlook: Outlook, *, pair_changed: str = "", build: str, palette: Palette = LIGHT
) -> Chart:
    """The gap in years (high is wide) with its 95% interval, what the target needs from here, and the forecast.

    `pair_changed`: what to say where new incomes changed the pair.
    """
    fan, caveat = outlook.fan(), answer.question.definition.caveat
    return gap_chart(
        answer,
        _drawing(answer, fan, palette),
        id="gap-path",
        finding=_finding(answer, outlook),
        subtitle=f"Gap in healthy life expectancy at birth, {words.people(answer.sex)}, years",
        alt=_alt(answer, outlook, fan.iloc[-1]),
        table=_table(answer, fan),
        caveats=(
            *([pair_changed] if pair_changed else []),
            f"{newest_move(answer, outlook)} {PERIODS_OVERLAP}",
            f"Forecast: {MODELS[outlook.model].lower()}. It gives a range for the true gap, knows of no policy, and "
            "its record is shown under What it would take.",
            *(
                ("This forecast borrows the ups and downs of regions: its ends are no fixed regions.",)
                if outlook.borrowed
                else ()
            ),
            "The pale dashed line is the path from the baseline to the target.",
            *([caveat] if caveat else []),
        ),
        build=build,
    )


def _drawing(answer: Answer, fan: pd.DataFrame, palette: Palette) -> Drawing:
    series, target = answer.series, answer.question.target_period
    reached = [*series["gap_years"], *series["gap_uci_95"], *fan["gap_uci_95"], *answer.path["path_gap_years"]]
    highest = float(np.nanmax(reached)) * 1.12
    names = _names(answer, fan.iloc[-1], palette)
    ticks = periods_named(series, target)
    layout = {
        "showlegend": False,
        "shapes": pandemic(series, palette)[0],
        "annotations": [
            *pandemic(series, palette)[1],
            *_labels(answer, palette),
            *_at_the_ends(names, target.midpoint_year, highest),
        ],
        "margin": {"r": 12 + max(_width(*texts) for _, texts, _ in names)},
        "xaxis": period_axis(ticks, before=1.1, after=0.2)
        | {"minor": minor_ticks(series, target), "tickangle": 0, "tickfont": {"size": 12}},
        "yaxis": {"range": [0, highest]},
    }
    traces = [*_forecast(fan, palette), *_past(answer, palette), *_needed(answer, palette)]
    return drawn(traces, palette, height=HEIGHT, layout=layout)


def _past(answer: Answer, palette: Palette) -> list[Mark]:
    series, path = answer.series, answer.path
    return [
        *band(series["mid_point"], series["gap_lci_95"], series["gap_uci_95"], colour=palette.gap),
        line(
            path["mid_point"],
            path["path_gap_years"],
            name="Path from the baseline",
            colour=tinted(palette.target, 0.6),
            dash="dash",
            hover=path["period"],
        )
        | {"line": {"color": tinted(palette.target, 0.6), "width": 1.5, "dash": "dash"}},
        line(
            series["mid_point"],
            series["gap_years"],
            name="Gap",
            colour=palette.gap,
            markers=True,
            hover=series["period"],
        ),
    ]


def _needed(answer: Answer, palette: Palette) -> list[Mark]:
    """The straight line from the gap now to the target; none where the gap is there already."""
    if answer.required_pace >= 0:
        return []
    target, latest = answer.question.target_period, answer.latest
    return [
        line(
            [latest["mid_point"], target.midpoint_year],
            [latest["gap_years"], answer.target_gap_years],
            name="Needed from here",
            colour=palette.target,
            hover=[latest["period"], target.label],
        )
    ]


def _forecast(fan: pd.DataFrame, palette: Palette) -> list[Mark]:
    colour, years = palette.needed, fan["mid_point"]
    limits = band(
        years, fan["gap_lci_95"], fan["gap_uci_95"], colour=colour, name="Forecast, 95% interval", showlegend=False
    )
    return [*limits, line(years, fan["gap_years"], name="Forecast", colour=colour, dash="dot", hover=fan["period"])]


def _labels(answer: Answer, palette: Palette) -> list[Mark]:
    """The first gap and the gap now, in figures at their points."""
    first, latest = answer.baseline, answer.latest
    rises = answer.series["gap_years"].iloc[1:5].min() >= first["gap_years"]  # as far as the figure reaches
    near = answer.series.iloc[:2]  # a label above the first period reaches to the next
    limit = near["gap_lci_95"].min() if rises else near["gap_uci_95"].max()
    return [
        note(
            first["mid_point"],
            first["gap_years"] if pd.isna(limit) else limit,
            f"<b>{words.number(first['gap_years'])}</b>",
            size=NAME_SIZE,
            colour=palette.gap,
            xanchor="left",
            xshift=-6,  # clear of the numbers of the axis
            yshift=-16 if rises else 16,
        ),
        label(
            x=latest["mid_point"],
            y=latest["gap_years"],
            text=f"<b>{words.number(latest['gap_years'])} now</b>",
            colour=palette.gap,
            paper=palette.paper,
            position="top right",
        )
        | {"font": {"size": NAME_SIZE, "color": palette.gap}},
    ]


def _names(answer: Answer, last: pd.Series, palette: Palette) -> list[tuple[float, tuple[str, str], str]]:
    """Height in years, name with what stands beneath it, and colour of each line that ends at the target period."""
    forecast = (
        f"Forecast {words.number(last['gap_years'])}",
        f"95%: {words.interval(last['gap_lci_95'], last['gap_uci_95'])}",
    )
    pace = f"needs {words.signed(answer.required_pace, 2)} a year" if answer.required_pace < 0 else "already met"
    goal = f"{target_words(answer.question)}: {words.number(answer.target_gap_years)}"
    return [
        (float(last["gap_years"]), forecast, palette.needed),
        (answer.target_gap_years, (goal, pace), palette.target),
    ]


def _at_the_ends(names: list[tuple[float, tuple[str, str], str]], x: float, highest: float) -> list[Mark]:
    """Names to the right of the ends of their lines, moved apart where they would overlap."""
    low, high = sorted(names, key=lambda one: one[0])
    short = max(0.0, APART * highest - (high[0] - low[0])) / 2
    heights = [low[0] - short, high[0] + short]
    lift = max(0.0, APART / 2 * highest - heights[0])
    return [
        note(
            x,
            height + lift,
            f"<b>{name}</b><br><span style='font-size:{BENEATH_SIZE}px'>{beneath}</span>",
            size=NAME_SIZE,
            colour=colour,
            xanchor="left",
            xshift=6,
            align="left",
        )
        for height, (_, (name, beneath), colour) in zip(heights, (low, high), strict=True)
    ]


def _width(name: str, beneath: str) -> float:
    return max(text_width(name, NAME_SIZE, bold=True), text_width(beneath, BENEATH_SIZE))


def _finding(answer: Answer, outlook: Outlook) -> str:
    now, then = answer.latest["gap_years"], answer.baseline["gap_years"]
    if now <= answer.target_gap_years:
        return f"the gap of {words.years(now)} is within the target of {words.years(answer.target_gap_years)}"
    return f"{words.number(then)} then, {words.years(now)} now: {course_and_direction(answer, outlook)}"


def _alt(answer: Answer, outlook: Outlook, last: pd.Series) -> str:
    gaps, latest, baseline = answer.series["gap_years"], answer.latest, answer.baseline
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(answer.sex)}, "
        f"{baseline['period']} to {latest['period']}. It starts at {words.years(baseline['gap_years'])}, "
        f"ranges between {words.number(gaps.min())} and {words.number(gaps.max())}, and is now "
        f"{words.with_interval(latest['gap_years'], latest['gap_lci_95'], latest['gap_uci_95'])} years. "
        f"A solid line from there to the target of {words.years(answer.target_gap_years)} in "
        f"{answer.question.target_period.label} changes by {words.signed(answer.required_pace, 2)} years a year. "
        f"The forecast for {last['period']} is {words.number(last['gap_years'])} years, 95% interval "
        f"{words.interval(last['gap_lci_95'], last['gap_uci_95'])}; the chance of meeting the target is "
        f"{words.percent(outlook.probability)}."
    )


def _table(answer: Answer, fan: pd.DataFrame) -> pd.DataFrame:
    periods = answer.path["period"].tolist()
    gap = {"Gap (years)": "gap_years", "Lower 95% limit": "gap_lci_95", "Upper 95% limit": "gap_uci_95"}
    target, latest = answer.question.target_period, answer.latest
    needed = pd.DataFrame(
        {"period": [latest["period"], target.label], "years": [latest["gap_years"], answer.target_gap_years]}
    )
    columns: Columns = {
        "Period": periods,
        **by_period(answer.series, periods, gap),
        "Path from the baseline (years)": answer.path["path_gap_years"],
        **by_period(needed, periods, {"Needed from here (years)": "years"}),
        **by_period(fan, periods, {"Forecast (years)": "gap_years"}),
    }
    for level in (80, 95):
        said = dict(zip(fan["period"], intervals(fan, "gap", level=level), strict=True))
        columns[f"Forecast, {level}% interval"] = [said.get(period, "") for period in periods]
    return figures([], columns)
