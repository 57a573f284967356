"""Chart `slopes`: how steep inequality by deprivation has been over time, as slope or relative index."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from charts.deprivation.tenths import ONS_DECILES, RANKED
from charts.kit import words
from charts.kit.chart import ONS_HLE, PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, note, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Columns, by_period, figures
from charts.kit.theme import drawn

INDICES = {"sii": "Slope index, years", "rii": "Relative index, ratio"}
"""Index of inequality -> its name on the control."""

_RANKED_AREAS = "in order of their average score on the Index of Multiple Deprivation 2025, weighted by residents."
_SETTINGS = {
    "deciles": RANKED,
    "regions": f"Nine regions {_RANKED_AREAS}",
    "authorities": f"Upper-tier authorities {_RANKED_AREAS}",
}
_THROUGH = {"deciles": "tenths of small areas", "regions": "nine regions", "authorities": "authorities"}
_NAMES = {"hle": "Healthy life", "le": "Life"}
Series = Mapping[str, pd.DataFrame]
"""Measure -> its rows, the earliest first."""


@dataclass(frozen=True)
class _Index:
    """How one index of inequality is read: its columns, decimals and words."""

    value: str
    lower: str
    upper: str
    name: str
    decimals: int
    unit: str
    base: float
    """Its value where there is no inequality."""
    axis: str
    measured: str

    def said(self, value: float) -> str:
        return words.number(value, self.decimals)

    def highest(self, rows: pd.DataFrame) -> float:
        return float(np.nanmax([*rows[self.value], *rows[self.upper]]))


_INDEX = {
    "sii": _Index("sii_years", "sii_lci_95", "sii_uci_95", "slope", 1, " years", 0.0, "Years", "years"),
    "rii": _Index(
        "rii", "rii_lci_95", "rii_uci_95", "relative", 2, "", 1.0, "Ratio", "ratio of the two ends (1 is equality)"
    ),
}


def slopes_over_time(
    rows: pd.DataFrame, *, index: str, trend: pd.Series | None, release: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Slope index (years, 0 is equality) or relative index (ratio, 1 is equality) of HLE, and of LE where held.

    `rows`: table `slopes` of one sex and kind of groups; `index`: "sii" or "rii"; `trend`: row of table `trends` for the
    slope in HLE, if one is fitted; `release`: date of the HLE figures of these groups.
    """
    read = _INDEX[index]
    ordered = rows.sort_values("period_start")
    series = {measure: ordered[ordered["measure"] == measure] for measure in _NAMES if measure in set(rows["measure"])}
    first, last = series["hle"].iloc[0], series["hle"].iloc[-1]
    groups, who = str(first["groups"]), words.people(str(first["sex"]))
    without = bool(rows[read.lower].isna().any())
    return Chart(
        id="deprivation-slopes",
        drawing=_drawing(series, read, palette),
        title=f"{who.capitalize()}: {_finding(first, last, read, trend)}",
        subtitle=f"{read.name.capitalize()} index of inequality by deprivation, {who}, {first['period']} to {last['period']}, "
        f"{read.measured}{'' if without else ', with 95% intervals'}",
        settings=_SETTINGS[groups],
        source=source_line(release=release, build=build, publisher=ONS_DECILES if groups == "deciles" else ONS_HLE),
        alt=f"Line chart of the {read.name} index of inequality by deprivation across {_THROUGH[groups]}, {who}. "
        f"{'. '.join(_course(series[measure], name, read) for measure, name in _NAMES.items() if measure in series)}.",
        table=_table(series, read),
        caveats=_caveats(groups, without=without),
        file_stem=file_name("deprivation-slopes", index, groups, who, str(last["period"])),
    )


def _drawing(series: Series, read: _Index, palette: Palette) -> Drawing:
    looks = {"hle": (palette.gap, "solid"), "le": (palette.quiet, "dash")}
    shown = [(series[measure], measure, *look) for measure, look in looks.items() if measure in series]
    hle = series["hle"]
    ends = [(hle["period_start"].iloc[at] + 1.5, hle["period"].iloc[at]) for at in (0, -1)]
    top = max(read.highest(rows) for rows in series.values())
    layout = {
        "showlegend": False,
        "annotations": [mark for rows, measure, colour, _ in shown for mark in _labels(rows, measure, read, colour)],
        "xaxis": period_axis(ends, after=1.7),
        "yaxis": axis(read.axis, range=[read.base, read.base + (top - read.base) * 1.2]),
    }
    return drawn([mark for one in shown for mark in _lines(*one, read)], palette, height=420, layout=layout)


def _lines(rows: pd.DataFrame, measure: str, colour: str, dash: str, read: _Index) -> list[Mark]:
    name, years = f"{_NAMES[measure]} expectancy", rows["period_start"] + 1.5
    value = f"<b>%{{y:.{read.decimals}f}}{read.unit}</b>"
    return [
        *band(years, rows[read.lower], rows[read.upper], colour=colour, name=f"{name}, 95% interval"),
        line(
            years,
            rows[read.value],
            name=name,
            colour=colour,
            dash=dash,
            markers=True,
            hover=rows["period"],
            value=value,
        ),
    ]


def _labels(rows: pd.DataFrame, measure: str, read: _Index, colour: str) -> list[Mark]:
    """The latest value beside the end of a line, and its name above its start."""
    first, latest = rows.iloc[0], rows.iloc[-1]
    value = f"<b>{read.said(latest[read.value])}</b>"
    start, end = (row["period_start"] + 1.5 for row in (first, latest))
    above = {"xanchor": "left", "yanchor": "bottom", "yshift": 6}
    return [
        note(end, latest[read.value], value, xanchor="left", xshift=10, size=18, colour=colour),
        note(start, read.highest(rows), _NAMES[measure], size=16, colour=colour, **above),
    ]


def _finding(first: pd.Series, last: pd.Series, read: _Index, trend: pd.Series | None) -> str:
    now, then = read.said(last[read.value]), read.said(first[read.value])
    if read.name == "relative":
        return f"healthy life is {now} times as long at the least deprived end"
    apart = f"a slope of {now} healthy years"
    if trend is None:
        return f"{apart}, after {then} in {first['period']}"
    pace, low, high = (float(trend[name]) for name in ("pace_years_per_year", "pace_lci_95", "pace_uci_95"))
    if low > 0:
        return f"{apart}, steepening by {words.number(pace, 2)} years a year"
    if high < 0:
        return f"{apart}, flattening by {words.number(-pace, 2)} years a year"
    return f"{apart}, no clear trend since {trend['first_period']}"


def _course(rows: pd.DataFrame, name: str, read: _Index) -> str:
    first, last, values = rows.iloc[0], rows.iloc[-1], rows[read.value]
    return (
        f"{name} expectancy goes from {read.said(first[read.value])} in {first['period']} to "
        f"{read.said(last[read.value])}{read.unit} in {last['period']}, ranging between "
        f"{read.said(values.min())} and {read.said(values.max())}"
    )


def _table(series: Series, read: _Index) -> pd.DataFrame:
    periods = sorted({period for rows in series.values() for period in rows["period"]})
    columns: Columns = {"Period": periods}
    for measure, name in _NAMES.items():
        if measure not in series or series[measure][read.value].isna().all():
            continue
        headings = {f"{name} expectancy": read.value}
        if series[measure][read.lower].notna().any():
            headings |= {
                f"{name} expectancy, lower 95% limit": read.lower,
                f"{name} expectancy, upper 95% limit": read.upper,
            }
        columns |= by_period(series[measure], periods, headings)
    return figures([], columns, decimals=read.decimals + 1)


def _caveats(groups: str, *, without: bool) -> tuple[str, ...]:
    caveats = [PERIODS_OVERLAP]
    if without:
        caveats.append(
            "We hold no intervals for figures of small areas; the trend in the title takes its error from England's."
        )
    if groups == "authorities":
        caveats.append("Life expectancy of authorities is left out: its periods come from two releases.")
    if groups == "regions":
        caveats.append("Nine regions are far more alike than small areas are, so their slope is flatter.")
    return tuple(caveats)
