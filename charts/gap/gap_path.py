"""The gap over time, the path that would halve it, and how far the one is from the other."""

from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.columns import Columns, columns, highest, in_step
from charts.kit.marks import band, label, line
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings import settings_line
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook


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
    fan = _fan(outlook) if outlook else {}
    middles, gaps, lower, upper = (
        series[name].tolist() for name in ("mid_point", "gap_years", "gap_lci_95", "gap_uci_95")
    )
    traces = [
        *band(middles, lower, upper, colour=palette.gap),
        line(
            path["mid_point"].tolist(),
            path["path_gap_years"].tolist(),
            name="Path to target",
            colour=palette.target,
            dash="dash",
            hover=path["period"].tolist(),
        ),
        *(_forecast(fan, palette) if fan else [_needed(answer, palette)]),
        line(middles, gaps, name="Gap", colour=palette.gap, markers=True, hover=series["period"].tolist()),
    ]
    labels = [
        label(
            x=latest["mid_point"],
            y=highest([*gaps[-3:], *upper[-3:]]),  # below lies the line, to the right the fan
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
    top = highest([*upper, *gaps, *fan.get("gap_uci_95", [])])
    ticks = [middles[0], middles[-1], target_period.midpoint_year]
    periods = (answer.baseline["period"], latest["period"], target_period.label)
    drawing = drawn(
        traces,
        palette,
        layout={
            "annotations": labels,
            "xaxis": {
                "tickvals": ticks,
                "ticktext": [period.replace(" to ", " to<br>") for period in periods],
                "range": [ticks[0] - 0.8, ticks[-1] + 0.8],
            },
            "yaxis": {"range": [0, top * 1.12], "title": {"text": "Years", "font": {"size": 15}}},
        },
    )
    return Chart(
        id="gap-path",
        drawing=drawing,
        title=_title(answer, outlook),
        subtitle=f"Gap in healthy life expectancy at birth, {words.people(answer.sex)}, England, years",
        settings=settings_line(answer),
        source=source_line(release=answer.release, build=build),
        alt=_alt(answer, outlook, fan),
        table=_table(answer, fan),
        caveats=_caveats(answer),
        file_stem=f"gap-path-{answer.question.definition_id}-{words.people(answer.sex)}-{latest['period']}".replace(
            " ", "-"
        ),
    )


def _fan(outlook: Outlook) -> Columns:
    """Return the forecast that is drawn."""
    limits = [f"gap_{side}_{level}" for level in ("80", "95") for side in ("lci", "uci")]
    return columns(outlook.forecasts, ("period", "mid_point", "gap_years", *limits), only=("model", "drift"))


def _needed(answer: Answer, palette: Palette) -> dict[str, Any]:
    target_period = answer.question.target_period
    return line(
        [answer.latest["mid_point"], target_period.midpoint_year],
        [answer.latest["gap_years"], answer.target_gap_years],
        name="Needed from here",
        colour=palette.needed,
        dash="dot",
        hover=[answer.latest["period"], target_period.label],
    )


def _forecast(fan: Columns, palette: Palette) -> list[dict[str, Any]]:
    bands = [
        band(
            fan["mid_point"],
            fan[f"gap_lci_{level}"],
            fan[f"gap_uci_{level}"],
            colour=palette.needed,
            name="Forecast, 80% and 95%",
            showlegend=level == "95",
        )
        for level in ("95", "80")
    ]
    middle = line(
        fan["mid_point"], fan["gap_years"], name="Forecast", colour=palette.needed, dash="dot", hover=fan["period"]
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


def _alt(answer: Answer, outlook: Outlook | None, fan: Columns) -> str:
    gaps, latest, baseline = answer.series["gap_years"].tolist(), answer.latest, answer.baseline
    heading = "" if outlook is None else _alt_forecast(outlook, {name: column[-1] for name, column in fan.items()})
    return (
        f"Line chart of the gap in healthy life expectancy for {words.people(answer.sex)}, "
        f"{baseline['period']} to {latest['period']}. It starts at {words.years(baseline['gap_years'])}, "
        f"ranges between {words.number(min(gaps))} and {words.number(max(gaps))}, and stands at "
        f"{words.with_interval(latest['gap_years'], latest['gap_lci_95'], latest['gap_uci_95'])} years. "
        f"A dashed line falls to the target of {words.years(answer.target_gap_years)} in "
        f"{answer.question.target_period.label}; from today's gap that needs a change of "
        f"{words.signed(answer.required_pace, 2)} years every year.{heading}"
    )


def _alt_forecast(outlook: Outlook, last: dict[str, Any]) -> str:
    return (
        f" A fan shows the forecast: {words.number(last['gap_years'])} years in {last['period']}, 95% interval "
        f"{words.interval(last['gap_lci_95'], last['gap_uci_95'])}; the model gives {words.chance(outlook.probability)} of "
        "meeting the target."
    )


def _table(answer: Answer, fan: Columns) -> pd.DataFrame:
    path = answer.path
    ahead = path["period"].tolist()
    held = columns(answer.series, ("period", "gap_years", "gap_lci_95", "gap_uci_95"))
    table: dict[str, Any] = {
        "Period": ahead,
        "Gap (years)": in_step(ahead, held["period"], held["gap_years"]),
        "Lower 95% limit": in_step(ahead, held["period"], held["gap_lci_95"]),
        "Upper 95% limit": in_step(ahead, held["period"], held["gap_uci_95"]),
        "Path to target (years)": path["path_gap_years"].round(2),
    }
    if fan:
        table["Forecast (years)"] = in_step(ahead, fan["period"], fan["gap_years"])
        limits = dict(zip(fan["period"], zip(fan["gap_lci_95"], fan["gap_uci_95"], strict=True), strict=True))
        table["Forecast, 95% interval"] = [
            words.interval(*limits[period]) if period in limits else "" for period in ahead
        ]
    return pd.DataFrame(table)


def _caveats(answer: Answer) -> tuple[str, ...]:
    caveats = ["Neighbouring periods share two of their three years, so they do not move independently."]
    if answer.question.definition.caveat:
        caveats.append(answer.question.definition.caveat)
    return tuple(caveats)
