"""Chart `shortfall`: how few authorities hold half of the years that halving the gap asks for."""

import numpy as np
import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, label, upright
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.shortfall import Shortfall

NAMED = 5
"""So many of the largest are named in the description."""
SHORTFALL = "The shortfall of an area is its years below the floor times its residents of that sex (Census 2021)."


def shortfall_line(
    answer: Answer, held: Shortfall, spread: pd.Series, *, release: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Share of the shortfall, in per cent, that so many authorities hold together, the largest first.

    `held`: of authorities; `spread`: the row of table `spread` for the sex and the latest period.
    """
    rows = held.areas.assign(together=100 * held.areas["shortfall_share"].cumsum())
    who, period, count = words.people(answer.sex), answer.latest["period"], len(rows)
    largest = words.listed(rows["area_name"].head(NAMED).tolist())
    return gap_chart(
        answer,
        _drawing(rows, held, palette),
        id="shortfall",
        finding=f"half of the shortfall is in {held.hold_half} of {count} authorities",
        subtitle=f"Share of the shortfall by number of authorities, the largest first, {who}, {period}, per cent",
        alt=(
            f"Line that rises from 0 to 100 per cent over {count} authorities for {who}, {period}: {held.hold_half} hold half of "
            f"the shortfall, {held.below} hold all of it. The largest shares are those of {largest}."
        ),
        table=figures(
            rows.assign(share=100 * rows["shortfall_share"]),
            {
                "Authority": "area_name",
                "Share of the shortfall (%)": "share",
                "Together with those above (%)": "together",
                "Residents": "population",
            },
        ),
        caveats=(
            f"{SHORTFALL} The floor is {words.years(held.floor_years)}: the value that the poorer end must reach.",
            f"Of the variance between authorities, noise taken off, {words.percent(spread['between_regions_share'])} lies between "
            "regions: closing every gap between regions would leave about half "
            f"({words.percent(spread['between_regions_share_less_noise'])} with the noise of the regions' means taken off too).",
            "Single authorities are uncertain, so which of them hold half is less firm than how few they are.",
        ),
        build=build,
        release=release,
        by_rule=True,
    )


def _drawing(rows: pd.DataFrame, held: Shortfall, palette: Palette) -> Drawing:
    number = np.arange(1, len(rows) + 1)
    half = held.hold_half
    traces = [
        _line(rows.iloc[:half], number[:half], "Hold half of the shortfall", palette.worse_off, "solid"),
        _line(rows.iloc[half - 1 :], number[half - 1 :], "Hold the other half, or none", palette.better_off, "dash"),
    ]
    texts = (
        (half, f"<b>{half}</b> authorities hold half", palette.worse_off),
        (held.below, f"<b>{held.below}</b> hold all", palette.better_off),
    )
    layout = {
        "shapes": [upright(half, {"color": palette.quiet, "width": 1, "dash": "dot"})],
        "annotations": [
            label(
                x=at,
                y=float(rows["together"].iloc[at - 1]),
                text=text,
                colour=colour,
                paper=palette.paper,
                position="bottom right",
            )
            for at, text, colour in texts
        ],
        "xaxis": axis("Authorities, largest shortfall first", range=[0, len(rows) + 1]),
        "yaxis": axis("Per cent of the shortfall", range=[0, 103], tickvals=[0, 25, 50, 75, 100]),
    }
    return drawn(traces, palette, layout=layout)


def _line(rows: pd.DataFrame, number: np.ndarray, name: str, colour: str, dash: str) -> Mark:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": number,
        "y": rows["together"].round(2),
        "name": name,
        "line": {"color": colour, "width": 4, "dash": dash},
        **({"fill": "tozeroy"} if dash == "solid" else {}),
        "customdata": rows["area_name"],
        "hovertemplate": "%{x} authorities down to %{customdata}: <b>%{y:.0f}%</b><extra></extra>",
    }
