"""One place's building blocks against places of like deprivation, weakest first."""

import pandas as pd
import plotly.graph_objects as go

from charts.chart import Chart
from charts.levers_rows import in_rows, joined, mark_heights
from charts.levers_words import listed, running, said, sources
from charts.palette import LIGHT, Palette
from charts.settings import file_name

CLEARLY = 0.1
"""Differences smaller than this many standard deviations are not spoken of."""


def weakest_blocks_chart(
    found: pd.DataFrame,
    levers: pd.DataFrame,
    *,
    place: str,
    similar: list[str],
    build: str,
    at_most: int = 10,
    palette: Palette = LIGHT,
) -> Chart:
    """Return the building blocks on which a place is weakest beside similar places.

    Args:
        found: from `pipeline.measures.similar_places.weakest_blocks`, weakest first.
        levers: table `levers`.
        place: name of the place.
        similar: names of the similar places, nearest first.
        build: build id.
        at_most: how many rows to draw; the table has all.
        palette: colours.
    """
    rows = found.merge(levers, on="indicator", validate="one_to_one")
    shown = rows.head(at_most)
    heights = mark_heights(len(shown))
    figure = go.Figure()
    x, y = joined([0.0] * len(shown), shown["difference_sd"].tolist(), heights)
    colours = [palette.worse_off if value < 0 else palette.better_off for value in shown["difference_sd"]]
    figure.add_trace(
        go.Scatter(
            x=x, y=y, mode="lines", line={"color": palette.quiet, "width": 3}, hoverinfo="skip", name="from similar"
        )
    )
    figure.add_trace(
        go.Scatter(
            x=shown["difference_sd"],
            y=heights,
            mode="markers",
            name=place,
            marker={
                "size": 15,
                "color": colours,
                "symbol": ["circle" if value < 0 else "diamond" for value in shown["difference_sd"]],
            },
            customdata=shown[["label", "better_than", "similar_areas"]],
            hovertemplate=(
                "%{customdata[0]}<br><b>%{x:.2f}</b> standard deviations<br>Better than %{customdata[1]} of "
                "%{customdata[2]} similar places<extra></extra>"
            ),
        )
    )
    reach = max(1.0, shown["difference_sd"].abs().max())
    in_rows(
        figure,
        [
            f"<b>{row['label']}</b> {said(row['value'], row['unit'])} v {said(row['similar_mean'], row['unit'])}"
            for row in shown.to_dict("records")
        ],
        x_range=(-reach - 0.2, reach + 0.2),
        x_title="Standard deviations from similar places",
        directions=("weaker", "stronger"),
        palette=palette,
    )
    weak = [running(name) for name in rows.loc[rows["difference_sd"] < -CLEARLY, "label"].head(3)]
    title = (
        f"{place} is weakest beside similar places on {listed(weak)}"
        if weak
        else f"{place} is not clearly weaker than similar places on any building block"
    )
    missing = levers.loc[~levers["indicator"].isin(found["indicator"]), "label"].tolist()
    return Chart(
        id="lever-weakest",
        figure=figure,
        title=title,
        subtitle=f"{place} against (v) the mean of {len(similar)} places of like deprivation, latest period of each; the "
        f"{len(shown)} weakest of {len(rows)} building blocks",
        settings=f"Similar places: nearest average IMD 2025 score, whatever the region: {'; '.join(similar)}.",
        source=sources(rows, build=build),
        alt=(
            f"Dot chart of {len(shown)} building blocks of {place} against similar places. "
            + "; ".join(
                f"{row['label']} {said(row['value'], row['unit'])} against {said(row['similar_mean'], row['unit'])} "
                f"({row['latest_period']})"
                for row in shown.head(4).to_dict("records")
            )
            + "."
        ),
        table=pd.DataFrame(
            {
                "Building block": rows["label"],
                "Counts": rows["counts"],
                "Unit": rows["unit"],
                "Period": rows["latest_period"],
                place: rows["value"].round(2),
                "Similar places": rows["similar_mean"].round(2),
                "Difference (standard deviations, negative is weaker)": rows["difference_sd"].round(2),
                "Better than, of similar places": [
                    f"{row['better_than']} of {row['similar_areas']}" for row in rows.to_dict("records")
                ],
                "Leads": rows["department"],
            }
        ),
        caveats=(
            "Similar means alike in deprivation and nothing else: not in region, size, age or ethnicity.",
            "A standard deviation is that of all authorities. Survey figures of one place carry noise; a rank among 16 says "
            "little.",
            "Looking at the weakest of many picks out bad luck too: some will look better next year of themselves.",
            *([f"No figure of {place} for {listed([running(name) for name in missing])}."] if missing else []),
        ),
        file_stem=file_name("lever-weakest", place),
    )
