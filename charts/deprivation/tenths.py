"""Tenths of small areas by deprivation: how long people live, how much of it in good health, and how steep both are."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.marks import error_bars, line, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn

ONS_DECILES = "Office for National Statistics, healthy life expectancy by national area deprivation"
RANKED = "Small areas of England in ten groups of equal number, ranked by the Index of Multiple Deprivation 2019."


def tenths(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return bars of life expectancy by deprivation tenth, split into years in good health and not.

    Args:
        rows: rows of table `hle_deciles` of one release, sex and period.
        build: build id for the source line.
        palette: colours.
    """
    found = _ordered(rows)
    labels = [_tenth(row["imd_decile"]) for row in found]
    healthy, whole, lower, upper = (
        [row[name] for row in found] for name in ("hle_years", "le_years", "hle_lci_95", "hle_uci_95")
    )
    published = not any(map(pd.isna, lower))
    good: dict[str, Any] = {
        "type": "bar",
        "x": healthy,
        "y": labels,
        "orientation": "h",
        "name": "In good health",
        "marker": {"color": palette.gap},
        "text": [f"<b>{words.number(value)}</b>" for value in healthy],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 16, "color": palette.paper},
        "hovertemplate": "Tenth %{y}<br>In good health: <b>%{x:.1f} years</b><extra></extra>",
    }
    if published:
        bars = error_bars(healthy, lower, upper, palette.ink)
        good["error_x"] = {name: part for name, part in bars.items() if name != "width"}  # with a stop at each end
    not_good = {
        "type": "bar",
        "x": [life - health for life, health in zip(whole, healthy, strict=True)],
        "y": labels,
        "orientation": "h",
        "name": "Not in good health",
        "marker": {"color": tinted(palette.gap, 0.25)},
        "text": [words.number(value) for value in whole],
        "textposition": "outside",
        "textfont": {"size": 16, "color": palette.ink},
        "cliponaxis": False,
        "customdata": whole,
        "hovertemplate": "Tenth %{y}<br>Not in good health: <b>%{x:.1f} years</b><br>Whole life: %{customdata:.1f} years"
        "<extra></extra>",
    }
    drawing = drawn(
        [good, not_good],
        palette,
        height=500,
        layout={
            "barmode": "stack",
            "bargap": 0.22,
            "legend": {"traceorder": "normal"},
            "xaxis": {"range": [0, max(whole) * 1.1], "title": {"text": "Years", "font": {"size": 15}}},
            "yaxis": {
                "autorange": "reversed",
                "showgrid": False,
                "type": "category",
                "title": {"text": "Deprivation tenth", "font": {"size": 15}},
            },
        },
    )
    most, least = found[0], found[-1]
    who, period = words.people(str(most["sex"])), str(most["period"])
    hle_gap, le_gap = (float(least[column] - most[column]) for column in ("hle_years", "le_years"))
    return Chart(
        id="deprivation-tenths",
        drawing=drawing,
        title=(
            f"{who.capitalize()} in the most deprived tenth live {words.years(most['hle_years'])} in good health, "
            f"{words.number(hle_gap)} fewer than in the least deprived; their lives are {words.years(le_gap)} shorter"
        ),
        subtitle=f"Life expectancy at birth and its part in good health by deprivation tenth, {who}, {period}, years",
        settings=RANKED,
        source=source_line(release=str(most["release"]), build=build, publisher=ONS_DECILES),
        alt=(
            f"Ten bars for {who}, {period}, from the most to the least deprived tenth of small areas. Years in good health rise "
            f"from {words.number(most['hle_years'])} to {words.number(least['hle_years'])} "
            f"(range {words.number(min(healthy))} to {words.number(max(healthy))}), length of life from "
            f"{words.number(most['le_years'])} to {words.number(least['le_years'])}; years not in good health go from "
            f"{words.number(most['le_years'] - most['hle_years'])} to {words.number(least['le_years'] - least['hle_years'])}."
        ),
        table=_tenths_table(found, published=published),
        caveats=_tenths_caveats(published=published),
        file_stem=file_name("deprivation-tenths", who, period),
    )


def _tenth(decile: int) -> str:
    return {1: "1, most", 10: "10, least"}.get(decile, str(decile))


def _ordered(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return sorted(rows.to_dict("records"), key=lambda row: row["imd_decile"])


def _tenths_table(rows: Sequence[Mapping[Hashable, Any]], *, published: bool) -> pd.DataFrame:
    def rounded(name: str) -> NDArray[np.float64]:
        return np.round([row[name] for row in rows], 2)

    columns: dict[str, object] = {
        "Tenth (1 is the most deprived)": [row["imd_decile"] for row in rows],
        "Years in good health": rounded("hle_years"),
        "Years not in good health": np.round([row["le_years"] - row["hle_years"] for row in rows], 2),
        "Life expectancy (years)": rounded("le_years"),
    }
    if published:
        columns["Lower 95% limit"] = rounded("hle_lci_95")
        columns["Upper 95% limit"] = rounded("hle_uci_95")
    return pd.DataFrame(columns)


def _tenths_caveats(*, published: bool) -> tuple[str, ...]:
    ranked = (
        "A tenth is a group of small areas, not of people: many deprived people live outside the most deprived tenth."
    )
    if published:
        return (ranked,)
    return ("The figures held here carry no intervals; ONS publishes them in its workbook.", ranked)


def two_slopes(rows: pd.DataFrame, lines: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the slopes in life expectancy and in healthy life expectancy, on one scale.

    Args:
        rows: rows of table `hle_deciles` of one release, sex and period.
        lines: rows of table `slopes` for tenths of small areas, same sex and period: one for "hle", one for "le".
        build: build id for the source line.
        palette: colours.
    """
    found = _ordered(rows)
    deciles = [row["imd_decile"] for row in found]
    years = {measure: [row[f"{measure}_years"] for row in found] for measure in ("hle", "le")}
    lowest, highest = min(years["hle"]), max(years["hle"])
    fitted = {
        str(line["measure"]): (float(line["intercept_years"]), float(line["sii_years"]))
        for line in lines.to_dict("records")
    }
    looks = (
        ("le", "Life expectancy", palette.quiet, "square"),
        ("hle", "Healthy life expectancy", palette.gap, "circle"),
    )
    traces, labels = [], []
    for measure, name, colour, symbol in looks:
        start, slope = fitted[measure]
        ends = [start, start + slope]
        traces += [
            line([0.5, 10.5], ends, name=f"{name}, slope", colour=colour, hover=["most", "least"])
            | {"showlegend": False},
            {
                "type": "scatter",
                "x": deciles,
                "y": years[measure],
                "mode": "markers",
                "name": name,
                "showlegend": False,
                "marker": {"size": 12, "symbol": symbol, "color": colour},
                "hovertemplate": f"{name}, tenth %{{x}}: <b>%{{y:.1f}} years</b><extra></extra>",
            },
        ]
        side = "left" if measure == "le" else "right"
        labels.append(
            {
                "x": 0.5 if measure == "le" else 10.5,
                "y": max(ends) if measure == "le" else min(lowest, ends[0]),
                "text": f"<b>{name}</b><br>{words.years(slope)} from end to end",
                "showarrow": False,
                "align": side,
                "xanchor": side,
                "yanchor": "bottom",
                "font": {"size": 16, "color": colour},
            }
        )
    drawing = drawn(
        traces,
        palette,
        height=500,
        layout={
            "annotations": labels,
            "xaxis": {
                "range": [0.3, 10.7],
                "tickvals": list(range(1, 11)),
                "ticktext": ["1<br>most", *(str(tenth) for tenth in range(2, 10)), "10<br>least"],
                "title": {"text": "Deprivation tenth", "font": {"size": 15}},
            },
            "yaxis": {
                "range": [lowest - 4, sum(fitted["le"]) + 6],
                "title": {"text": "Years", "font": {"size": 15}},
            },
        },
    )
    most = found[0]
    who, period = words.people(str(most["sex"])), str(most["period"])
    health, life = fitted["hle"][1], fitted["le"][1]
    return Chart(
        id="deprivation-two-slopes",
        drawing=drawing,
        title=f"{who.capitalize()}: {_steeper(health, life)}",
        subtitle=f"Life expectancy and healthy life expectancy at birth by deprivation tenth with fitted lines, {who}, "
        f"{period}, years. The axis does not start at zero",
        settings=RANKED,
        source=source_line(release=str(most["release"]), build=build, publisher=ONS_DECILES),
        alt=(
            f"Two rising rows of ten points for {who}, {period}, each with a straight line. The line of healthy life expectancy "
            f"climbs {words.years(health)} from the most to the least deprived end, that of life expectancy {words.years(life)}. "
            f"Points range from {words.number(lowest)} to {words.number(highest)} and from "
            f"{words.number(min(years['le']))} to {words.number(max(years['le']))} years."
        ),
        table=_slopes_table(deciles, years, fitted),
        caveats=(
            "The slope index of inequality is the difference between the two ends of the fitted line, so it uses all ten groups "
            "and not only the first and last.",
            "The most deprived tenth lies below its line: the straight line understates how far it falls behind."
            if most["hle_years"] < fitted["hle"][0] + 0.05 * health
            else "Points off the line show where the slope is not straight.",
            "The figures held here carry no intervals.",
        ),
        file_stem=file_name("deprivation-two-slopes", who, period),
    )


def _steeper(health: float, life: float) -> str:
    if life <= 0:
        return f"{words.years(health)} of healthy life lie between the two ends of the slope"
    return f"healthy life falls away {words.number(health / life)} times as steeply with deprivation as length of life does"


def _slopes_table(
    deciles: Sequence[int], years: Mapping[str, Sequence[float]], fitted: Mapping[str, tuple[float, float]]
) -> pd.DataFrame:
    table: dict[str, list[str] | list[float]] = {
        "Tenth": [
            *(str(decile) for decile in deciles),
            "Most deprived end of the line",
            "Least deprived end of the line",
            "Slope index",
        ]
    }
    for measure, heading in (("hle", "Healthy life expectancy (years)"), ("le", "Life expectancy (years)")):
        start, slope = fitted[measure]
        table[heading] = [round(float(value), 2) for value in (*years[measure], start, start + slope, slope)]
    return pd.DataFrame(table)
