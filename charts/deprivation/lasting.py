"""Chart `lasting`: whether the authorities furthest from what deprivation predicts were so in every period."""

import math
from collections.abc import Sequence

import pandas as pd

from charts.deprivation.names import on_two_lines
from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import ZERO_LINE, Mark, axis, error_bars, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, intervals, yes_or_no
from charts.kit.theme import drawn

_GROUPS = {"Better than predicted": True, "Worse than predicted": False}
"""Heading of each group, and whether its authorities have more healthy years than predicted."""


def lasting(rows: pd.DataFrame, held: pd.Series, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Years of HLE above (+) or below what deprivation predicts, in every period without a common year.

    `rows`: table `residuals` of one sex for the authorities to draw, in their order; `held`: area_code -> whether the
    residual had one sign in all periods.
    """
    end = rows["period_end"].max()
    latest = rows[rows["period_end"] == end].to_dict("records")
    kept = [bool(held[one["area_code"]]) for one in latest]
    always = [one["area_name"] for one, stayed in zip(latest, kept, strict=True) if stayed]
    who, period, periods = words.people(str(latest[0]["sex"])), str(latest[0]["period"]), rows["period"].nunique()
    return Chart(
        id="deprivation-lasting",
        drawing=_drawing(rows[rows["period_end"] < end].to_dict("records"), latest, kept, palette),
        title=(
            f"{who.capitalize()}: of the {len(latest)} furthest from predicted, {len(always)} were so in all {periods} periods"
        ),
        subtitle=f"Healthy life expectancy at birth minus what deprivation predicts, {who}, years, {period} with 95% interval and "
        f"{periods - 1} earlier periods",
        settings="Periods without a common year. Deprivation is that of 2025 in every period.",
        source=source_line(release=str(latest[0]["release"]), build=build, extra=IMD_2025),
        alt=_alt(latest, always, who, period),
        table=_table(rows, latest, kept),
        caveats=(
            "By chance alone one authority in eight would be on the same side in all four periods.",
            "Those furthest away in the latest period are partly there by chance, so their distance tends to shrink later.",
        ),
        file_stem=file_name("deprivation-lasting", who, period),
    )


def _drawing(earlier: Sequence[Record], latest: Sequence[Record], kept: Sequence[bool], palette: Palette) -> Drawing:
    traces = [
        _points(earlier, "Earlier periods")
        | {"marker": {"size": 10, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}}}
    ]
    for same_side, name, symbol in (
        (True, "Latest, same side in every period", "circle"),
        (False, "Latest, not in every period", "x"),
    ):
        ones = [one for one, stayed in zip(latest, kept, strict=True) if stayed is same_side]
        if ones:
            traces.append(_latest(ones, name, symbol, palette))
    layout = {
        "xaxis": axis("Years above or below predicted", **ZERO_LINE),
        "yaxis": _rows(latest),
    }
    return drawn(traces, palette, height=110 + 44 * (len(latest) + len(_GROUPS)), layout=layout)


def _rows(latest: Sequence[Record]) -> Mark:
    """The vertical axis: a heading for each group, and under it the names of its authorities, in their order."""
    groups = {
        heading: [one["area_name"] for one in latest if (one["residual_years"] > 0) == better]
        for heading, better in _GROUPS.items()
    }
    shown = {
        row: f"<b>{row}</b>" if row in groups else on_two_lines(row)
        for heading, names in groups.items()
        for row in (heading, *names)
    }
    rows = list(shown)
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": rows[::-1],
        "range": [-0.6, len(rows) - 0.4],
        "tickvals": rows,
        "ticktext": list(shown.values()),
        "showgrid": True,
    }


def _points(ones: Sequence[Record], name: str) -> Mark:
    years, periods = each(ones, "residual_years", "period")
    names = [one["area_name"] for one in ones]
    return points(years, names, hover="%{y}<br>%{customdata}: <b>%{x:+.1f} years</b>", name=name, customdata=periods)


def _latest(ones: Sequence[Record], name: str, symbol: str, palette: Palette) -> Mark:
    values, lower, upper = each(ones, "residual_years", "residual_lci_95", "residual_uci_95")
    colours = [palette.better_off if value > 0 else palette.worse_off for value in values]
    return _points(ones, name) | {
        "marker": {"size": 14, "symbol": symbol, "color": colours},
        "error_x": error_bars(values, lower, upper, palette.quiet),
    }


def _alt(latest: Sequence[Record], always: Sequence[str], who: str, period: str) -> str:
    lowest, *_, highest = sorted(latest, key=lambda one: float(one["residual_years"]))
    return (
        f"Dot chart for {who}: {len(latest)} authorities by their distance from what deprivation predicts in {period}, from "
        f"{words.signed(highest['residual_years'])} years in {latest[0]['area_name']} to "
        f"{words.signed(lowest['residual_years'])} in {lowest['area_name']}, each with its earlier periods. On the same side "
        f"every time: {', '.join(always) or 'none'}."
    )


def _table(rows: pd.DataFrame, latest: Sequence[Record], kept: Sequence[bool]) -> pd.DataFrame:
    years = dict(zip(zip(rows["area_code"], rows["period"], strict=True), rows["residual_years"], strict=True))
    return figures(
        latest,
        {
            "Authority": "area_name",
            **{
                f"{period} (years)": [years.get((one["area_code"], period), math.nan) for one in latest]
                for period in sorted(rows["period"].unique())
            },
            "95% interval, latest": intervals(latest, "residual"),
            "Same side every time": yes_or_no(kept),
        },
    )
