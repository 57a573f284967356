"""One place's building blocks against places of like deprivation, weakest first."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.kit.chart import Chart, file_name
from charts.kit.palette import LIGHT, Palette
from charts.levers.rows import in_rows, link, mark_heights
from charts.levers.words import listed, running, said, sources_of

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
        found: from `pipeline.measures.places.similar_places.weakest_blocks`, weakest first.
        levers: table `levers`.
        place: name of the place.
        similar: names of the similar places, nearest first.
        build: build id.
        at_most: how many rows to draw; the table has all.
        palette: colours.
    """
    facts = {row["indicator"]: row for row in levers.to_dict("records")}
    rows = [row | facts[row["indicator"]] for row in found.to_dict("records") if row["indicator"] in facts]
    shown = rows[:at_most]
    differences = [row["difference_sd"] for row in shown]
    marks = [
        link([0.0] * len(shown), differences, name="from similar", colour=palette.quiet, width=3),
        {
            "type": "scatter",
            "x": differences,
            "y": mark_heights(len(shown)),
            "mode": "markers",
            "name": place,
            "marker": {
                "size": 15,
                "color": [palette.worse_off if value < 0 else palette.better_off for value in differences],
                "symbol": ["circle" if value < 0 else "diamond" for value in differences],
            },
            "customdata": [[row["label"], row["better_than"], row["similar_areas"]] for row in shown],
            "hovertemplate": (
                "%{customdata[0]}<br><b>%{x:.2f}</b> standard deviations<br>Better than %{customdata[1]} of "
                "%{customdata[2]} similar places<extra></extra>"
            ),
        },
    ]
    reach = max([1.0, *map(abs, differences)])
    drawing = in_rows(
        marks,
        [
            f"<b>{row['label']}</b> {said(row['value'], row['unit'])} v {said(row['similar_mean'], row['unit'])}"
            for row in shown
        ],
        x_range=(-reach - 0.2, reach + 0.2),
        x_title="Standard deviations from similar places",
        directions=("weaker", "stronger"),
        palette=palette,
    )
    weak = [running(row["label"]) for row in rows if row["difference_sd"] < -CLEARLY][:3]
    title = (
        f"{place} is weakest beside similar places on {listed(weak)}"
        if weak
        else f"{place} is not clearly weaker than similar places on any building block"
    )
    held = {row["indicator"] for row in rows}
    missing = [row["label"] for indicator, row in facts.items() if indicator not in held]
    return Chart(
        id="lever-weakest",
        drawing=drawing,
        title=title,
        subtitle=f"{place} against (v) the mean of {len(similar)} places of like deprivation, latest period of each; the "
        f"{len(shown)} weakest of {len(rows)} building blocks",
        settings=f"Similar places: nearest average IMD 2025 score, whatever the region: {'; '.join(similar)}.",
        source=sources_of([row["publisher"] for row in rows], [row["release"] for row in rows], build=build),
        alt=(
            f"Dot chart of {len(shown)} building blocks of {place} against similar places. "
            + "; ".join(
                f"{row['label']} {said(row['value'], row['unit'])} against {said(row['similar_mean'], row['unit'])} "
                f"({row['latest_period']})"
                for row in shown[:4]
            )
            + "."
        ),
        table=_table(rows, place),
        caveats=(
            "Similar means alike in deprivation and nothing else: not in region, size, age or ethnicity.",
            "A standard deviation is that of all authorities. Survey figures of one place carry noise; a rank among 16 says "
            "little.",
            "Looking at the weakest of many picks out bad luck too: some will look better next year of themselves.",
            *([f"No figure of {place} for {listed([running(name) for name in missing])}."] if missing else []),
        ),
        file_stem=file_name("lever-weakest", place),
    )


def _table(rows: Sequence[Mapping[Hashable, Any]], place: str) -> pd.DataFrame:
    def column(name: str) -> list[Any]:
        return [row[name] for row in rows]

    return pd.DataFrame(
        {
            "Building block": column("label"),
            "Counts": column("counts"),
            "Unit": column("unit"),
            "Period": column("latest_period"),
            place: np.round(column("value"), 2),
            "Similar places": np.round(column("similar_mean"), 2),
            "Difference (standard deviations, negative is weaker)": np.round(column("difference_sd"), 2),
            "Better than, of similar places": [f"{row['better_than']} of {row['similar_areas']}" for row in rows],
            "Leads": column("department"),
        }
    )
