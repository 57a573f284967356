"""How steep the slope by deprivation has been over time: slope and relative index of inequality."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.deprivation.tenths import ONS_DECILES, RANKED
from charts.kit import words
from charts.kit.chart import ONS_HLE, Chart, file_name, source_line
from charts.kit.marks import band, line
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn

INDICES = {"sii": "Slope index, years", "rii": "Relative index, ratio"}
"""Index of inequality -> its name on the control."""

_Record = Mapping[Hashable, Any]
_COLUMNS = {"sii": ("sii_years", "sii_lci_95", "sii_uci_95"), "rii": ("rii", "rii_lci_95", "rii_uci_95")}
_SETTINGS = {
    "deciles": RANKED,
    "regions": "Nine regions in order of their average score on the Index of Multiple Deprivation 2025, weighted by "
    "residents.",
    "authorities": "Upper-tier authorities in order of their average score on the Index of Multiple Deprivation 2025, "
    "weighted by residents.",
}
_NAMES = {"hle": "Healthy life", "le": "Life"}


def slopes_over_time(
    rows: pd.DataFrame,
    *,
    index: str,
    trend: pd.Series | None,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Return slope or relative index of healthy life expectancy, and of life expectancy where held, by period.

    Args:
        rows: rows of table `slopes` of one sex and kind of groups.
        index: "sii" (years) or "rii" (ratio).
        trend: row of table `trends` for the slope in HLE, or None where no trend is fitted.
        release: date of the release of HLE for these groups.
        build: build id for the source line.
        palette: colours.
    """
    value, lower, upper = _COLUMNS[index]
    series = _by_measure(rows)
    traces: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for measure, colour, dash in (("hle", palette.gap, "solid"), ("le", palette.quiet, "dash")):
        if measure in series:
            traces += _lines(series[measure], measure, index, colour=colour, dash=dash)
            labels += _labels(series[measure], measure, index, colour=colour)
    hle = series["hle"]
    first, last = hle[0], hle[-1]
    top = _highest(row[name] for held in series.values() for row in held for name in (value, upper))
    base = 0.0 if index == "sii" else 1.0
    drawing = drawn(
        traces,
        palette,
        height=420,
        layout={
            "showlegend": False,
            "annotations": labels,
            "xaxis": {
                "tickvals": [row["period_start"] + 1.5 for row in (first, last)],
                "ticktext": [str(row["period"]).replace(" to ", " to<br>") for row in (first, last)],
                "range": [first["period_start"] + 0.7, last["period_start"] + 3.2],
            },
            "yaxis": {
                "range": [base, base + (top - base) * 1.2],
                "title": {"text": "Years" if index == "sii" else "Ratio", "font": {"size": 15}},
            },
        },
    )
    without = any(pd.isna(row[lower]) for held in series.values() for row in held)
    groups, who = str(first["groups"]), words.people(str(first["sex"]))
    return Chart(
        id="deprivation-slopes",
        drawing=drawing,
        title=f"{who.capitalize()}: {_finding(hle, index, trend)}",
        subtitle=(
            f"{'Slope' if index == 'sii' else 'Relative'} index of inequality by deprivation, {who}, {first['period']} to "
            f"{last['period']}, {'years' if index == 'sii' else 'ratio of the two ends (1 is equality)'}{'' if without else ', with 95% intervals'}"
        ),
        settings=_SETTINGS[groups],
        source=source_line(release=release, build=build, publisher=ONS_DECILES if groups == "deciles" else ONS_HLE),
        alt=_alt(series, index, who, groups),
        table=_table(series, index),
        caveats=_caveats(groups, without=without),
        file_stem=file_name("deprivation-slopes", index, groups, who, str(last["period"])),
    )


def _by_measure(rows: pd.DataFrame) -> dict[str, list[_Record]]:
    """Return the rows of each measure, the earliest first."""
    found: dict[str, list[_Record]] = {}
    for row in sorted(rows.to_dict("records"), key=lambda row: row["period_start"]):
        found.setdefault(str(row["measure"]), []).append(row)
    return found


def _highest(values: Iterable[float]) -> float:
    return float(max(filter(math.isfinite, values)))


def _lines(series: Sequence[_Record], measure: str, index: str, *, colour: str, dash: str) -> list[dict[str, Any]]:
    value, lower, upper = _COLUMNS[index]
    name = f"{_NAMES[measure]} expectancy"
    years = [row["period_start"] + 1.5 for row in series]
    values, lowest, highest, periods = ([row[column] for row in series] for column in (value, lower, upper, "period"))
    said = ".1f} years" if index == "sii" else ".2f}"
    return [
        *band(years, lowest, highest, colour=colour, name=f"{name}, 95% interval"),
        line(years, values, name=name, colour=colour, dash=dash, markers=True, hover=periods)
        | {"hovertemplate": f"{name}<br>%{{customdata}}: <b>%{{y:{said}</b><extra></extra>"},
    ]


def _labels(series: Sequence[_Record], measure: str, index: str, *, colour: str) -> list[dict[str, Any]]:
    """Return the latest value beside the end of a line, and its name above its start."""
    value, _, upper = _COLUMNS[index]
    first, latest = series[0], series[-1]
    return [
        {
            "x": latest["period_start"] + 1.5,
            "y": latest[value],
            "text": f"<b>{words.number(latest[value], _decimals(index))}</b>",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 10,
            "font": {"size": 18, "color": colour},
        },
        {
            "x": first["period_start"] + 1.5,
            "y": _highest(row[name] for row in series for name in (value, upper)),
            "text": _NAMES[measure],
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 6,
            "font": {"size": 16, "color": colour},
        },
    ]


def _decimals(index: str) -> int:
    return 1 if index == "sii" else 2


def _finding(hle: Sequence[_Record], index: str, trend: pd.Series | None) -> str:
    value = _COLUMNS[index][0]
    first, last = hle[0], hle[-1]
    if index == "rii":
        return (
            f"healthy life at the least deprived end is {words.number(last[value], 2)} times that at the most deprived end "
            f"({words.number(first[value], 2)} times in {first['period']})"
        )
    now = f"the two ends of the slope lie {words.years(last[value])} of healthy life apart"
    if trend is None:
        return f"{now} ({words.number(first[value])} in {first['period']})"
    pace, low, high = (float(trend[name]) for name in ("pace_years_per_year", "pace_lci_95", "pace_uci_95"))
    if low > 0:
        return f"{now}, and the slope has been steepening by {words.number(pace, 2)} years a year"
    if high < 0:
        return f"{now}, and the slope has been flattening by {words.number(-pace, 2)} years a year"
    return f"{now}, with no clear trend since {trend['first_period']}"


def _alt(series: Mapping[str, Sequence[_Record]], index: str, who: str, groups: str) -> str:
    value = _COLUMNS[index][0]
    decimals = _decimals(index)
    unit = " years" if index == "sii" else ""
    parts = []
    for measure, name in _NAMES.items():
        if measure not in series:
            continue
        first, last = series[measure][0], series[measure][-1]
        values = [row[value] for row in series[measure] if pd.notna(row[value])]
        parts.append(
            f"{name} expectancy goes from {words.number(first[value], decimals)} in {first['period']} to "
            f"{words.number(last[value], decimals)}{unit} in {last['period']}, ranging between "
            f"{words.number(min(values), decimals)} and {words.number(max(values), decimals)}"
        )
    what = "slope" if index == "sii" else "relative"
    through = {"deciles": "tenths of small areas", "regions": "nine regions", "authorities": "authorities"}[groups]
    return f"Line chart of the {what} index of inequality by deprivation across {through}, {who}. {'. '.join(parts)}."


def _table(series: Mapping[str, Sequence[_Record]], index: str) -> pd.DataFrame:
    value, lower, upper = _COLUMNS[index]
    decimals = 2 if index == "sii" else 3
    starts = {row["period"]: row["period_start"] for held in series.values() for row in held}
    periods = sorted(starts, key=starts.__getitem__)
    columns: dict[str, object] = {"Period": periods}
    for measure, name in _NAMES.items():
        held = {row["period"]: row for row in series.get(measure, ())}
        values, lowest, highest = (
            np.round([held[period][column] if period in held else np.nan for period in periods], decimals)
            for column in (value, lower, upper)
        )
        if np.isnan(values).all():
            continue
        columns[f"{name} expectancy"] = values
        if not np.isnan(lowest).all():
            columns[f"{name} expectancy, lower 95% limit"] = lowest
            columns[f"{name} expectancy, upper 95% limit"] = highest
    return pd.DataFrame(columns)


def _caveats(groups: str, *, without: bool) -> tuple[str, ...]:
    caveats = ["Neighbouring periods share two of their three years, so they do not move independently."]
    if without:
        caveats.append(
            "The figures of small areas held here carry no intervals; the trend in the title borrows its error from England's."
        )
    if groups == "authorities":
        caveats.append("Life expectancy of authorities is left out: its periods come from two releases.")
    if groups == "regions":
        caveats.append("Nine regions are far more alike than small areas are, so their slope is flatter.")
    return tuple(caveats)
