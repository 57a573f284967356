"""Chart `lever-over-time`: one building block over time in the most and the least deprived fifth of authorities."""

from collections.abc import Sequence

import pandas as pd

from charts.kit.chart import Chart, file_name
from charts.kit.drawing import Drawing
from charts.kit.marks import axis, line, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, intervals
from charts.kit.theme import drawn
from charts.levers.lever_gaps import FIFTHS
from charts.levers.words import running, said, sources_of

_SINCE = {
    "caught up": "; the gap has narrowed",
    "fell behind": "; the gap has widened",
    "little changed": "; the gap is little changed",
    "one period": "",
}


def lever_over_time(lever: pd.Series, series: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """One building block in its own unit; `lever`: row of `with_gaps`; `series`: its rows of table `lever_gaps`."""
    periods = series.sort_values("period_start").to_dict("records")
    unit = "per cent" if lever["unit"] == "%" else str(lever["unit"])
    ends = dict.fromkeys([str(lever["first_period"]), str(lever["latest_period"])])
    span = " to ".join(ends)  # one where a block has one period
    return Chart(
        id="lever-over-time",
        drawing=_drawing(lever, periods, unit, palette),
        title=f"{lever['label']}: {_now(lever)}{_SINCE[lever['moved']]}",
        subtitle=f"Most deprived fifth against least deprived. {lever['counts']} ({unit}), {span}. The axis does not start at zero",
        settings=f"{'High is good' if lever['polarity'] == 'high-is-good' else 'High is bad'}. {FIFTHS}",
        source=sources_of([lever["publisher"]], [lever["release"]], build=build),
        alt=_alt(lever, periods),
        table=_table(periods, unit),
        caveats=("Current prices, as published.",) if lever["current_prices"] else (),
        file_stem=file_name("lever-over-time", str(lever["indicator"])),
    )


def _drawing(lever: pd.Series, periods: Sequence[Record], unit: str, palette: Palette) -> Drawing:
    starts, labels, most, least = each(periods, "period_start", "period", "most_deprived", "least_deprived")
    traces = [
        line(
            starts,
            values,
            name=name,
            colour=colour,
            markers=True,
            hover=labels,
            value=f"<b>%{{y:,.2f}}</b> {lever['unit']}",
        )
        for values, name, colour in (
            (least, "Least deprived fifth", palette.better_off),
            (most, "Most deprived fifth", palette.worse_off),
        )
    ]
    ticks = list(zip(starts, labels, strict=True))
    ends = ticks if len(ticks) == 1 else [ticks[0], ticks[-1]]
    layout = {"xaxis": period_axis(ends, before=1.2, after=1.2), "yaxis": axis(unit)}
    return drawn(traces, palette, layout=layout)


def _now(lever: pd.Series) -> str:
    most, least, unit = lever["most_deprived"], lever["least_deprived"], str(lever["unit"])
    return f"{said(most, unit)} against {said(least, unit)}"


def _alt(lever: pd.Series, periods: Sequence[Record]) -> str:
    most, least = (
        f"from {said(periods[0][fifth], str(lever['unit']))} to {said(periods[-1][fifth], str(lever['unit']))}"
        for fifth in ("most_deprived", "least_deprived")
    )
    return (
        f"Line chart of {running(str(lever['label']))}, {len(periods)} periods from {lever['first_period']} to "
        f"{lever['latest_period']}. Most deprived fifth {most}; least deprived {least}."
    )


def _table(periods: Sequence[Record], unit: str) -> pd.DataFrame:
    return figures(
        periods,
        {
            "Period": "period",
            f"Most deprived fifth ({unit})": "most_deprived",
            f"Least deprived fifth ({unit})": "least_deprived",
            "Gap (standard deviations)": "gap_sd",
            "95% interval": intervals(periods, "gap_sd", 2, missing="not published"),
            "Authorities with a figure": [row["most_deprived_areas"] + row["least_deprived_areas"] for row in periods],
        },
    )
