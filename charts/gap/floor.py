"""Chart `floor`: the authorities below the healthy life expectancy needed to close the gap from below."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, Position, axis, label, note, points, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, intervals
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer

NAME_SIZE = 15
ROOM = 0.16
"""Room beneath the lowest interval for the brackets, as a share of the span of all."""


def floor_strip(
    answer: Answer,
    areas: pd.DataFrame,
    *,
    floor_years: float,
    people: float,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Every authority in order of HLE in years, with its 95% interval, against the floor.

    `areas`: area_name, hle_years with limits, shortfall_years (0 where not below), population. `people`: residents of
    the areas below the floor; `release`: of the areas' figures.
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
            "Intervals of single authorities are 7 to 8 years wide on average, so which ones lie below is uncertain; how many is firmer.",
        ),
        build=build,
        release=release,
        by_rule=True,
    )


def _drawing(rows: pd.DataFrame, floor_years: float, palette: Palette) -> Drawing:
    ranked = rows.assign(rank=range(1, len(rows) + 1))
    is_below = ranked["shortfall_years"] > 0
    below, above = ranked[is_below], ranked[~is_below]
    looks = (
        (below, "below", {"color": palette.worse_off, "symbol": "diamond"}),
        (above, "at or above", {"color": palette.better_off, "symbol": "circle"}),
    )
    floor_line = {
        "type": "line",
        **{"x0": 0, "x1": 1, "xref": "x domain", "y0": floor_years, "y1": floor_years, "yref": "y"},
        "line": {"color": palette.target, "width": 3, "dash": "dash"},
    }
    needed = f"<b>{words.number(floor_years)}</b> needed"
    brackets = [_bracket(some["rank"], name, marker["color"]) for some, name, marker in looks if len(some)]
    lowest, highest = ranked["hle_lci_95"].min(), ranked["hle_uci_95"].max()
    layout = {
        "showlegend": False,
        "shapes": [floor_line, *(line for lines, _ in brackets for line in lines)],
        "annotations": [
            note(1, floor_years, needed, xanchor="left", yanchor="bottom", size=NAME_SIZE, colour=palette.target),
            *_named(ranked, palette),
            *(count for _, count in brackets),
        ],
        "xaxis": axis("Authorities, lowest to highest"),
        "yaxis": axis("Years", range=[lowest - ROOM * (highest - lowest), highest + 1]),
    }
    traces = [_intervals(ranked, palette), *(_points(some, name, marker) for some, name, marker in looks)]
    return drawn(traces, palette, layout=layout)


def _bracket(ranks: pd.Series, name: str, colour: str) -> tuple[list[Mark], Mark]:
    """A bracket beneath some authorities, and how many they are."""
    first, last, foot, tip = int(ranks.iloc[0]), int(ranks.iloc[-1]), 0.02, 0.05
    corners = [(first, tip), (first, foot), (last, foot), (last, tip)]
    lines: list[Mark] = [
        {
            "type": "line",
            **{"x0": x0, "x1": x1, "xref": "x", "y0": y0, "y1": y1, "yref": "y domain"},
            "line": {"color": colour, "width": 2},
        }
        for (x0, y0), (x1, y1) in pairwise(corners)
    ]
    counted = f"<b>{len(ranks)}</b> {name}"
    middle = (first + last) / 2
    return lines, note(middle, tip, counted, yref="y domain", yanchor="bottom", size=NAME_SIZE, colour=colour)


def _named(ranked: pd.DataFrame, palette: Palette) -> list[Mark]:
    """The names of the lowest, the middle and the highest authority, at their points."""
    places: Sequence[tuple[int, Position]] = (
        (0, "bottom right"),
        (len(ranked) // 2, "bottom right"),
        (-1, "top left"),
    )
    return [
        label(
            x=int(ranked["rank"].iloc[at]),
            y=float(ranked["hle_years"].iloc[at]),
            text=f"<b>{ranked['area_name'].iloc[at]}</b> {words.number(ranked['hle_years'].iloc[at])}",
            colour=palette.ink,
            paper=palette.paper,
            position=position,
        )
        | {"font": {"size": NAME_SIZE, "color": palette.ink}}
        for at, position in places
    ]


def _intervals(rows: pd.DataFrame, palette: Palette) -> Mark:
    """The 95% intervals of all authorities: lines, over which a name may stand."""
    return {
        "type": "scatter",
        "x": [at for rank in rows["rank"] for at in (rank, rank, None)],
        "y": [at for low, high in zip(rows["hle_lci_95"], rows["hle_uci_95"], strict=True) for at in (low, high, None)],
        "mode": "lines",
        "line": {"color": tinted(palette.quiet, 0.4), "width": 1},
        "name": "95% interval",
        "hoverinfo": "skip",
    }


def _points(rows: pd.DataFrame, name: str, marker: Mark) -> Mark:
    return points(
        rows["rank"],
        rows["hle_years"],
        hover="<b>%{customdata}</b>: %{y:.1f} years",
        name=words.sentence_start(name),
        marker={"size": 8, **marker},
        customdata=rows["area_name"],
    )
