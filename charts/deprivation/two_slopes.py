"""Chart `two-slopes`: how steeply length of life and healthy life fall with deprivation, on one scale."""

from collections.abc import Mapping

import pandas as pd

from charts.deprivation.tenths import ONS_DECILES, RANKED
from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, line, note, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn

_NAMES = {"le": "Life expectancy", "hle": "Healthy life expectancy"}
_FIRST, _LAST = 0.5, 10.5
"""Where the fitted lines begin (most deprived) and end (least deprived)."""
Slopes = Mapping[str, tuple[float, float]]
"""Measure -> years at the most deprived end of its fitted line, and years from end to end."""


def two_slopes(rows: pd.DataFrame, lines: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """LE and HLE in years by tenth (1 most deprived), each with its fitted line.

    `rows`: table `hle_deciles` of one release, sex and period; `lines`: table `slopes` for tenths, same sex and period.
    """
    found = rows.sort_values("imd_decile")
    fitted = {
        str(row["measure"]): (float(row["intercept_years"]), float(row["sii_years"]))
        for row in lines.to_dict("records")
    }
    most = found.iloc[0]
    who, period = words.people(str(most["sex"])), str(most["period"])
    start, health = fitted["hle"]
    return Chart(
        id="deprivation-two-slopes",
        drawing=_drawing(found, fitted, palette),
        title=f"{who.capitalize()}: {_finding(health, fitted['le'][1])}",
        subtitle=f"Life and healthy life expectancy by tenth, {who}, {period}, years",
        settings=f"{RANKED} The axis does not start at zero.",
        source=source_line(release=str(most["release"]), build=build, publisher=ONS_DECILES),
        alt=_alt(found, fitted, who, period),
        table=_table(found, fitted),
        caveats=(
            "The slope index of inequality is the difference between the two ends of the fitted line, so it uses all ten groups "
            "and not only the first and last.",
            "The most deprived tenth lies below its line: the straight line understates how far it falls behind."
            if most["hle_years"] < start + 0.05 * health
            else "Points off the line show where the slope is not straight.",
            "We hold no intervals for these figures.",
        ),
        file_stem=file_name("deprivation-two-slopes", who, period),
    )


def _drawing(found: pd.DataFrame, fitted: Slopes, palette: Palette) -> Drawing:
    lowest = found["hle_years"].min()
    (life_start, life), (health_start, health) = fitted["le"], fitted["hle"]
    layout = {
        "annotations": [
            _label("le", life, _FIRST, max(life_start, life_start + life), "left", palette.quiet),
            _label("hle", health, _LAST, min(lowest, health_start), "right", palette.gap),
        ],
        "xaxis": axis(
            "Deprivation tenth",
            range=[0.3, 10.7],
            tickvals=list(range(1, 11)),
            ticktext=["1<br>most", *map(str, range(2, 10)), "10<br>least"],
        ),
        "yaxis": axis("Years", range=[lowest - 4, life_start + life + 6]),
    }
    traces = [
        *_slope(found, fitted, "le", palette.quiet, "square"),
        *_slope(found, fitted, "hle", palette.gap, "circle"),
    ]
    return drawn(traces, palette, height=440, layout=layout)


def _slope(found: pd.DataFrame, fitted: Slopes, measure: str, colour: str, symbol: str) -> list[Mark]:
    start, slope = fitted[measure]
    name = _NAMES[measure]
    ends = line([_FIRST, _LAST], [start, start + slope], name=f"{name}, slope", colour=colour, hover=["most", "least"])
    tenths = points(
        found["imd_decile"],
        found[f"{measure}_years"],
        hover=f"{name}, tenth %{{x}}: <b>%{{y:.1f}} years</b>",
        name=name,
        marker={"size": 12, "symbol": symbol, "color": colour},
    )
    return [ends | {"showlegend": False}, tenths | {"showlegend": False}]


def _label(measure: str, slope: float, x: float, y: float, side: str, colour: str) -> Mark:
    text = f"<b>{_NAMES[measure]}</b><br>{words.years(slope)} from end to end"
    return note(x, y, text, align=side, xanchor=side, yanchor="bottom", size=16, colour=colour)


def _finding(health: float, life: float) -> str:
    if life <= 0:
        return f"a slope of {words.number(health)} healthy years"
    return f"healthy life falls {words.number(health / life)} times as steeply as length of life"


def _alt(found: pd.DataFrame, fitted: Slopes, who: str, period: str) -> str:
    healthy, whole = (
        f"from {words.number(found[column].min())} to {words.number(found[column].max())}"
        for column in ("hle_years", "le_years")
    )
    return (
        f"Two rising rows of ten points for {who}, {period}, each with a straight line. The line of healthy life expectancy "
        f"climbs {words.years(fitted['hle'][1])} from the most to the least deprived end, that of life expectancy "
        f"{words.years(fitted['le'][1])}. Points range {healthy} and {whole} years."
    )


def _table(found: pd.DataFrame, fitted: Slopes) -> pd.DataFrame:
    ends = ["Most deprived end of the line", "Least deprived end of the line", "Slope index"]
    table: dict[str, list[str] | list[float]] = {"Tenth": [*found["imd_decile"].astype(str), *ends]}
    for measure, name in reversed(_NAMES.items()):
        start, slope = fitted[measure]
        values = [*found[f"{measure}_years"], start, start + slope, slope]
        table[f"{name} (years)"] = [round(value, 2) for value in values]
    return pd.DataFrame(table)
