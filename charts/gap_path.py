"""The gap over time, the path that would halve it, and how far the one is from the other."""

from typing import Any

import pandas as pd

from charts import words
from charts.chart import Chart, source_line
from charts.marks import band, label, line
from charts.palette import LIGHT, Palette
from charts.settings import settings_line
from charts.theme import drawn
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
    middles = series["mid_point"].tolist()
    traces = [
        *band(middles, series["gap_lci_95"].tolist(), series["gap_uci_95"].tolist(), colour=palette.gap),
        line(
            path["mid_point"].tolist(),
            path["path_gap_years"].tolist(),
            name="Path to target",
            colour=palette.target,
            dash="dash",
            hover=path["period"],
        ),
        *_heading(answer, outlook, palette),
        line(
            middles, series["gap_years"].tolist(), name="Gap", colour=palette.gap, markers=True, hover=series["period"]
        ),
    ]
    labels = [
        label(
            x=latest["mid_point"],
            y=_above_band(series),
            text=f"<b>{words.number(latest['gap_years'])}</b> now",
            colour=palette.gap,
            paper=palette.paper,
            position="top left",
        ),
        label(
            x=target_period.midpoint_year,
            y=answer.target_gap_years,
            text=f"<b>{words.number(answer.target_gap_years)}</b> target",
            colour=palette.target,
            paper=palette.paper,
            position="bottom left",
        ),
    ]
    highest = max([*series["gap_uci_95"].dropna(), *series["gap_years"], *_fan_top(outlook)])
    ticks = [middles[0], middles[-1], target_period.midpoint_year]
    periods = (answer.baseline["period"], latest["period"], target_period.label)
    figure = drawn(
        traces,
        palette,
        layout={
            "annotations": labels,
            "xaxis": {
                "tickvals": ticks,
                "ticktext": [period.replace(" to ", " to<br>") for period in periods],
                "range": [ticks[0] - 0.8, ticks[-1] + 0.8],
            },
            "yaxis": {"range": [0, highest * 1.12], "title": {"text": "Years", "font": {"size": 15}}},
        },
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


def _heading(answer: Answer, outlook: Outlook | None, palette: Palette) -> list[dict[str, Any]]:
    """Return the marks that say where the gap is heading: the forecast's fan, or the pace needed where there is none."""
    if outlook is None:
        target_period = answer.question.target_period
        return [
            line(
                [answer.latest["mid_point"], target_period.midpoint_year],
                [answer.latest["gap_years"], answer.target_gap_years],
                name="Needed from here",
                colour=palette.needed,
                dash="dot",
                hover=[answer.latest["period"], target_period.label],
            )
        ]
    fan = _fan(outlook)
    middles = fan["mid_point"].tolist()
    bands = [
        band(
            middles,
            fan[f"gap_lci_{level}"].tolist(),
            fan[f"gap_uci_{level}"].tolist(),
            colour=palette.needed,
            name="Forecast, 80% and 95%",
            showlegend=level == "95",
        )
        for level in ("95", "80")
    ]
    middle = line(
        middles, fan["gap_years"].tolist(), name="Forecast", colour=palette.needed, dash="dot", hover=fan["period"]
    )
    return [*bands[0], *bands[1], middle]


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
