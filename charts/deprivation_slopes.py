"""How steep the slope by deprivation has been over time: slope and relative index of inequality."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import ONS_HLE, Chart, source_line
from charts.deprivation_tenths import ONS_DECILES, RANKED
from charts.marks import add_band, add_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed

INDICES = {"sii": "Slope index, years", "rii": "Relative index, ratio"}
"""Index of inequality -> its name on the control."""

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
    decimals = 1 if index == "sii" else 2
    figure = go.Figure()
    for measure, colour, dash in (("hle", palette.gap, "solid"), ("le", palette.quiet, "dash")):
        series = rows[rows["measure"] == measure].sort_values("period_start").reset_index(drop=True)
        if series.empty:
            continue
        name = f"{_NAMES[measure]} expectancy"
        years = series["period_start"] + 1.5
        add_band(figure, years, series[lower], series[upper], colour=colour, name=f"{name}, 95% interval")
        add_line(
            figure, years, series[value], name=name, colour=colour, dash=dash, markers=True, hover=series["period"]
        )
        unit = " years" if index == "sii" else ""
        figure.data[-1].hovertemplate = f"{name}<br>%{{customdata}}: <b>%{{y:.{decimals}f}}{unit}</b><extra></extra>"
        latest = series.iloc[-1]
        figure.add_annotation(
            x=years.iloc[-1],
            y=latest[value],
            text=f"<b>{words.number(latest[value], decimals)}</b>",
            showarrow=False,
            xanchor="left",
            xshift=10,
            font={"size": 18, "color": colour},
        )
        figure.add_annotation(
            x=years.iloc[0],
            y=float(series[[value, upper]].max().max()),
            text=_NAMES[measure],
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            yshift=6,
            font={"size": 16, "color": colour},
        )
    themed(figure, palette, height=420)
    hle = rows[rows["measure"] == "hle"].sort_values("period_start").reset_index(drop=True)
    first, last = hle.iloc[0], hle.iloc[-1]
    figure.update_layout(showlegend=False)
    figure.update_xaxes(
        tickvals=[first["period_start"] + 1.5, last["period_start"] + 1.5],
        ticktext=[str(row["period"]).replace(" to ", " to<br>") for row in (first, last)],
        range=[first["period_start"] + 0.7, last["period_start"] + 3.2],
    )
    top = float(rows[[value, upper]].max().max())
    base = 0.0 if index == "sii" else 1.0
    figure.update_yaxes(
        range=[base, base + (top - base) * 1.2],
        title={"text": "Years" if index == "sii" else "Ratio", "font": {"size": 15}},
    )
    groups, who = str(first["groups"]), words.people(str(first["sex"]))
    return Chart(
        id="deprivation-slopes",
        figure=figure,
        title=f"{who.capitalize()}: {_finding(rows, index, trend)}",
        subtitle=(
            f"{'Slope' if index == 'sii' else 'Relative'} index of inequality by deprivation, {who}, {first['period']} to "
            f"{last['period']}, {'years' if index == 'sii' else 'ratio of the two ends (1 is equality)'}{_bands(rows, lower)}"
        ),
        settings=_SETTINGS[groups],
        source=source_line(release=release, build=build, publisher=ONS_DECILES if groups == "deciles" else ONS_HLE),
        alt=_alt(rows, index, who, groups),
        table=_table(rows, index),
        caveats=_caveats(rows, groups, lower),
        file_stem=file_name("deprivation-slopes", index, groups, who, str(last["period"])),
    )


def _bands(rows: pd.DataFrame, lower: str) -> str:
    return ", with 95% intervals" if rows[lower].notna().all() else ""


def _finding(rows: pd.DataFrame, index: str, trend: pd.Series | None) -> str:
    value = _COLUMNS[index][0]
    hle = rows[rows["measure"] == "hle"].sort_values("period_start")
    first, last = hle.iloc[0], hle.iloc[-1]
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


def _alt(rows: pd.DataFrame, index: str, who: str, groups: str) -> str:
    value = _COLUMNS[index][0]
    decimals = 1 if index == "sii" else 2
    unit = " years" if index == "sii" else ""
    parts = []
    for measure, name in _NAMES.items():
        series = rows[rows["measure"] == measure].sort_values("period_start")
        if series.empty:
            continue
        parts.append(
            f"{name} expectancy goes from {words.number(series[value].iloc[0], decimals)} in {series['period'].iloc[0]} to "
            f"{words.number(series[value].iloc[-1], decimals)}{unit} in {series['period'].iloc[-1]}, ranging between "
            f"{words.number(series[value].min(), decimals)} and {words.number(series[value].max(), decimals)}"
        )
    what = "slope" if index == "sii" else "relative"
    through = {"deciles": "tenths of small areas", "regions": "nine regions", "authorities": "authorities"}[groups]
    return f"Line chart of the {what} index of inequality by deprivation across {through}, {who}. {'. '.join(parts)}."


def _table(rows: pd.DataFrame, index: str) -> pd.DataFrame:
    value, lower, upper = _COLUMNS[index]
    decimals = 2 if index == "sii" else 3
    table = pd.DataFrame({"Period": rows.sort_values("period_start")["period"].unique()})
    for measure, name in _NAMES.items():
        series = rows[rows["measure"] == measure].set_index("period").reindex(table["Period"])
        if series[value].isna().all():
            continue
        table[f"{name} expectancy"] = series[value].round(decimals).to_numpy()
        if series[lower].notna().any():
            table[f"{name} expectancy, lower 95% limit"] = series[lower].round(decimals).to_numpy()
            table[f"{name} expectancy, upper 95% limit"] = series[upper].round(decimals).to_numpy()
    return table


def _caveats(rows: pd.DataFrame, groups: str, lower: str) -> tuple[str, ...]:
    caveats = ["Neighbouring periods share two of their three years, so they do not move independently."]
    if rows[lower].isna().any():
        caveats.append(
            "The figures of small areas held here carry no intervals; the trend in the title borrows its error from England's."
        )
    if groups == "authorities":
        caveats.append("Life expectancy of authorities is left out: its periods come from two releases.")
    if groups == "regions":
        caveats.append("Nine regions are far more alike than small areas are, so their slope is flatter.")
    return tuple(caveats)
