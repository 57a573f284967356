"""The gap over time, the path that would halve it, and how far the one is from the other."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.marks import add_band, add_line, annotate
from charts.palette import LIGHT, Palette
from charts.settings import settings_line
from charts.theme import themed
from pipeline.answer import Answer
from pipeline.outlook import Outlook


def gap_path(answer: Answer, outlook: Outlook | None = None, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the chart of the gap with its 95% interval, the path to the target, and where the gap is heading.

    Args:
        answer: numbers for one definition and sex.
        outlook: forecast to draw as a fan; without it a line shows the pace needed from here.
        build: build id for the source line.
        palette: colours.
    """
    series, path, latest = answer.series, answer.path, answer.latest
    target_period = answer.question.target_period
    figure = go.Figure()
    add_band(figure, series["mid_point"], series["gap_lci_95"], series["gap_uci_95"], colour=palette.gap)
    add_line(
        figure,
        path["mid_point"],
        path["path_gap_years"],
        name="Path to target",
        colour=palette.target,
        dash="dash",
        hover=path["period"],
    )
    if outlook is None:
        add_line(
            figure,
            [latest["mid_point"], target_period.midpoint_year],
            [latest["gap_years"], answer.target_gap_years],
            name="Needed from here",
            colour=palette.needed,
            dash="dot",
            hover=[latest["period"], target_period.label],
        )
    else:
        _add_fan(figure, outlook, palette)
    add_line(
        figure,
        series["mid_point"],
        series["gap_years"],
        name="Gap",
        colour=palette.gap,
        markers=True,
        hover=series["period"],
    )
    annotate(
        figure,
        x=latest["mid_point"],
        y=_above_band(series),
        text=f"<b>{words.number(latest['gap_years'])}</b> now",
        colour=palette.gap,
        paper=palette.paper,
        position="top left",
    )
    annotate(
        figure,
        x=target_period.midpoint_year,
        y=answer.target_gap_years,
        text=f"<b>{words.number(answer.target_gap_years)}</b> target",
        colour=palette.target,
        paper=palette.paper,
        position="bottom left",
    )
    themed(figure, palette)
    highest = max([*series["gap_uci_95"].dropna(), *series["gap_years"], *_fan_top(outlook)])
    figure.update_yaxes(range=[0, highest * 1.12], title={"text": "Years", "font": {"size": 15}})
    ticks = [series["mid_point"].iloc[0], latest["mid_point"], target_period.midpoint_year]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[
            label.replace(" to ", " to<br>")
            for label in (answer.baseline["period"], latest["period"], target_period.label)
        ],
        range=[ticks[0] - 0.8, ticks[-1] + 0.8],
    )
    return Chart(
        id="gap-path",
        figure=figure,
        title=_title(answer, outlook),
        subtitle=f"Gap in healthy life expectancy at birth, {words.people(answer.sex)}, England, years",
        settings=settings_line(answer),
        source=source_line(release=answer.release, build=build),
        alt=_alt(answer, outlook),
        table=_table(answer, outlook),
        caveats=_caveats(answer),
        file_stem=f"gap-path-{answer.question.definition_id}-{words.people(answer.sex)}-{latest['period']}".replace(
            " ", "-"
        ),
    )


def _above_band(series: pd.DataFrame) -> float:
    """Return the height above the latest points and their intervals: below lies the line, to the right the fan."""
    return float(series[["gap_years", "gap_uci_95"]].tail(3).max().max())


def _fan(outlook: Outlook) -> pd.DataFrame:
    return outlook.forecasts[outlook.forecasts["model"] == "drift"]


def _fan_top(outlook: Outlook | None) -> list[float]:
    return [] if outlook is None else [float(_fan(outlook)["gap_uci_95"].max())]


def _add_fan(figure: go.Figure, outlook: Outlook, palette: Palette) -> None:
    fan = _fan(outlook)
    for level in ("95", "80"):
        add_band(
            figure,
            fan["mid_point"],
            fan[f"gap_lci_{level}"],
            fan[f"gap_uci_{level}"],
            colour=palette.needed,
            name="Forecast, 80% and 95%",
            showlegend=level == "95",
        )
    add_line(
        figure,
        fan["mid_point"],
        fan["gap_years"],
        name="Forecast",
        colour=palette.needed,
        dash="dot",
        hover=fan["period"],
    )


def _title(answer: Answer, outlook: Outlook | None) -> str:
    who = words.people(answer.sex).capitalize()
    now, then = answer.latest["gap_years"], answer.baseline["gap_years"]
    target = f"the target is {words.years(answer.target_gap_years)} by {answer.question.target_year}"
    if now <= answer.target_gap_years:
        return (
            f"{who}: the gap of {words.years(now)} is at or below the target of {words.years(answer.target_gap_years)}"
        )
    if outlook is None:
        return (
            f"{who}: a gap of {words.years(now)}, after {words.number(then)} in {answer.baseline['period']}; {target}"
        )
    if outlook.moving == "unclear":
        return f"{who}: a gap of {words.years(now)}, with no clear trend; {target}"
    if (outlook.moving == "widening") == (now > then):
        return f"{who}: the gap is {outlook.moving}, from {words.number(then)} to {words.years(now)}; {target}"
    # the trend looks at every period, the baseline at one: they may point different ways
    return f"{who}: a gap of {words.years(now)}, {outlook.moving} since {outlook.first_period}; {target}"


def _alt(answer: Answer, outlook: Outlook | None) -> str:
    series = answer.series
    heading = "" if outlook is None else _alt_forecast(answer, outlook)
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(answer.sex)}, "
        f"{answer.baseline['period']} to {answer.latest['period']}. It starts at {words.years(answer.baseline['gap_years'])}, "
        f"ranges between {words.number(series['gap_years'].min())} and {words.number(series['gap_years'].max())}, and "
        "stands at "
        f"{words.with_interval(answer.latest['gap_years'], answer.latest['gap_lci_95'], answer.latest['gap_uci_95'])} years. "
        f"A dashed line falls to the target of {words.years(answer.target_gap_years)} in "
        f"{answer.question.target_period.label}; from today's gap that needs a change of "
        f"{words.signed(answer.required_pace, 2)} years every year.{heading}"
    )


def _alt_forecast(answer: Answer, outlook: Outlook) -> str:
    last = _fan(outlook).iloc[-1]
    return (
        f" A fan shows the forecast: {words.number(last['gap_years'])} years in {last['period']}, 95% interval "
        f"{words.interval(last['gap_lci_95'], last['gap_uci_95'])}; the model gives {words.chance(outlook.probability)} of "
        "meeting the target."
    )


def _table(answer: Answer, outlook: Outlook | None) -> pd.DataFrame:
    rows = answer.path[["period", "path_gap_years"]].merge(answer.series, on="period", how="left", sort=False)
    table = rows.assign(
        Period=rows["period"],
        Gap=rows["gap_years"].round(2),
        Lower=rows["gap_lci_95"].round(2),
        Upper=rows["gap_uci_95"].round(2),
        Path=rows["path_gap_years"].round(2),
    )[["Period", "Gap", "Lower", "Upper", "Path"]].rename(
        columns={
            "Gap": "Gap (years)",
            "Lower": "Lower 95% limit",
            "Upper": "Upper 95% limit",
            "Path": "Path to target (years)",
        }
    )
    if outlook is None:
        return table
    fan = _fan(outlook).set_index("period").reindex(table["Period"])
    table["Forecast (years)"] = fan["gap_years"].round(2).to_numpy()
    table["Forecast, 95% interval"] = [
        words.interval(lower, upper) for lower, upper in zip(fan["gap_lci_95"], fan["gap_uci_95"], strict=True)
    ]
    return table


def _caveats(answer: Answer) -> tuple[str, ...]:
    caveats = ["Neighbouring periods share two of their three years, so they do not move independently."]
    if answer.question.definition.caveat:
        caveats.append(answer.question.definition.caveat)
    return tuple(caveats)
