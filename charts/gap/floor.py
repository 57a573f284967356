"""Chart `floor`: the authorities below the healthy life expectancy needed to close the gap from below."""

import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, error_bars, note, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, intervals
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer


def floor_strip(
    answer: Answer, areas: pd.DataFrame, *, floor_years: float, people: float, build: str, palette: Palette = LIGHT
) -> Chart:
    """Every authority in order of HLE in years, with its 95% interval, against the floor.

    `areas`: area_name, hle_years with limits, shortfall_years (0 where not below), population. `people`: residents of
    the areas below the floor.
    """
    rows = areas.iloc[areas["hle_years"].to_numpy().argsort()]
    lowest, highest = rows.iloc[0], rows.iloc[-1]
    below = int((rows["shortfall_years"] > 0).sum())
    who, period, count = words.people(answer.sex), answer.latest["period"], len(rows)
    return gap_chart(
        answer,
        _drawing(rows, floor_years, palette),
        id="floor",
        finding=f"{below} of {count} authorities are below the {words.years(floor_years)} needed",
        subtitle=f"Healthy life expectancy at birth, {who}, {period}, years, with 95% intervals. {people / 1e6:.1f} million people "
        "live in those below. The axis does not start at zero",
        alt=(
            f"{count} authorities in order of healthy life expectancy for {who}, {period}, from "
            f"{words.number(lowest['hle_years'])} years in {lowest['area_name']} to {words.number(highest['hle_years'])} in "
            f"{highest['area_name']}, against a dashed line at {words.number(floor_years)}; {below} lie below it."
        ),
        table=figures(
            rows,
            {
                "Authority": "area_name",
                "HLE (years)": "hle_years",
                "95% interval": intervals(rows, "hle"),
                "Years below those needed": "shortfall_years",
                "Residents": "population",
            },
        ),
        caveats=(
            "The years needed are those that the poorer end must reach: the gap is halved if every area below them rises to them.",
            "Intervals of single authorities are 7 to 8 years wide, so which ones lie below is uncertain; how many is firmer.",
        ),
        build=build,
        by_rule=True,
    )


def _drawing(rows: pd.DataFrame, floor_years: float, palette: Palette) -> Drawing:
    ranked = rows.assign(rank=range(1, len(rows) + 1))
    is_below = ranked["shortfall_years"] > 0
    traces = [
        _points(ranked[is_below], "Below the years needed", {"color": palette.worse_off, "symbol": "diamond"}),
        _points(ranked[~is_below], "At or above them", {"color": palette.better_off, "symbol": "circle"}),
    ]
    floor_line = {
        "type": "line",
        **{"x0": 0, "x1": 1, "xref": "x domain", "y0": floor_years, "y1": floor_years, "yref": "y"},
        "line": {"color": palette.target, "width": 3, "dash": "dash"},
    }
    name = f"<b>{words.number(floor_years)}</b> needed"
    layout = {
        "shapes": [floor_line],
        "annotations": [note(1, floor_years, name, xanchor="left", yanchor="bottom", size=18, colour=palette.target)],
        "xaxis": axis("Authorities, lowest to highest"),
        "yaxis": axis("Years"),
    }
    return drawn(traces, palette, layout=layout)


def _points(rows: pd.DataFrame, name: str, marker: Mark) -> Mark:
    bars = error_bars(rows["hle_years"], rows["hle_lci_95"], rows["hle_uci_95"], marker["color"], thickness=1)
    return points(
        rows["rank"],
        rows["hle_years"],
        hover="<b>%{customdata}</b>: %{y:.1f} years",
        name=name,
        marker={"size": 8, **marker},
        error_y=bars | {side: [round(reach, 2) for reach in bars[side]] for side in ("array", "arrayminus")},
        customdata=rows["area_name"],
    )
