"""Chart `lever-weakest`: the building blocks on which one place is weakest beside similar places."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures
from charts.levers.rows import before_dots, dots, extent, in_rows, link, mark_heights
from charts.levers.words import running, said, similar_line, sources_of

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
    """Standard deviations from similar places (left of zero is weaker), weakest first.

    `found`: from `pipeline.measures.places.similar_places.weakest_blocks`, and where their past is to be drawn, the columns of
    `pipeline.answers.early_signs.moved_beside_similar`; `levers`: table `levers`; `similar`: names of the
    similar places, nearest first; `at_most`: rows to draw (the table has all).
    """
    facts = {row["indicator"]: row for row in levers.to_dict("records")}
    rows = [{**row, **facts[row["indicator"]]} for row in found.to_dict("records") if row["indicator"] in facts]
    shown, held = rows[:at_most], {row["indicator"] for row in rows}
    missing = [running(row["label"]) for indicator, row in facts.items() if indicator not in held]
    spoken = "; ".join(f"{row['label']} {_beside(row, 'against')} ({row['latest_period']})" for row in shown[:4])
    return Chart(
        id="lever-weakest",
        drawing=_drawing(shown, place, palette),
        title=f"{place}: {_finding(rows)}",
        subtitle=f"{place} against (v) the mean of the {len(similar)} places nearest in deprivation, latest period of each; the "
        f"{len(shown)} weakest of {len(rows)} building blocks",
        settings=similar_line(similar),
        source=sources_of(*each(rows, "publisher", "release"), build=build),
        alt=f"Dot chart of {len(shown)} building blocks of {place} against similar places. {spoken}.",
        table=_table(rows, place),
        caveats=(
            "Similar means alike in deprivation and nothing else: not in region, size, age or ethnicity.",
            "A standard deviation is that of all authorities. Survey figures of one place carry noise; a rank among 16 says "
            "little.",
            "Looking at the weakest of many picks out bad luck too: some will look better next year of themselves.",
            *([f"No figure of {place} for {words.listed(missing)}."] if missing else []),
        ),
        file_stem=file_name("lever-weakest", place),
    )


def _drawing(shown: Sequence[Record], place: str, palette: Palette) -> Drawing:
    [differences] = each(shown, "difference_sd")
    then = [_then(row) for row in shown]
    before = [(start, at) for start, at in zip(then, mark_heights(len(shown)), strict=True) if start is not None]
    marks = [
        link([start or 0.0 for start in then], differences, name="to now", colour=palette.quiet, width=3),
        *_before(before, palette),
        dots(
            differences,
            name=place,
            hover="%{customdata[0]}<br><b>%{x:.2f}</b> standard deviations<br>Better than %{customdata[1]} of "
            "%{customdata[2]} similar places",
            colour=palette.worse_off,
            marker={
                "size": 15,
                "color": [palette.worse_off if value < 0 else palette.better_off for value in differences],
                "symbol": ["circle" if value < 0 else "diamond" for value in differences],
            },
            customdata=[[row["label"], row["better_than"], row["similar_areas"]] for row in shown],
        ),
    ]
    reach = max(map(abs, extent(1.0, differences, [start for start, _ in before])))
    return in_rows(
        marks,
        [f"<b>{row['label']}</b> {_beside(row, 'v')}" for row in shown],
        x_range=(-reach - 0.2, reach + 0.2),
        x_title="Standard deviations from similar places",
        directions=("weaker", "stronger"),
        palette=palette,
    )


def _then(row: Record) -> float | None:
    """Where the place was in its first period, standard deviations from similar places; None where that is not asked or known."""
    change = row.get("change_sd")
    return None if change is None or pd.isna(change) else float(row["difference_sd"] - change)


def _before(points: Sequence[tuple[float, float]], palette: Palette) -> list[Mark]:
    if not points:
        return []
    places, heights = zip(*points, strict=True)
    hover = "First period: <b>%{x:.2f}</b> standard deviations"
    return [before_dots(places, heights, palette=palette, hover=hover, name="First period")]


def _beside(row: Record, against: str) -> str:
    """Figures of the place and of similar places: "18.2% v 9.1%"."""
    return f"{said(row['value'], row['unit'])} {against} {said(row['similar_mean'], row['unit'])}"


def _finding(rows: Sequence[Record]) -> str:
    weak = [running(row["label"]) for row in rows if row["difference_sd"] < -CLEARLY][:2]
    if not weak:
        return "not clearly weaker than similar places on any building block"
    return f"weakest on {words.listed(weak)}"


def _table(rows: Sequence[Record], place: str) -> pd.DataFrame:
    return figures(
        rows,
        {
            "Building block": "label",
            "Counts": "counts",
            "Unit": "unit",
            "Period": "latest_period",
            place: "value",
            "Similar places": "similar_mean",
            "Difference (standard deviations, negative is weaker)": "difference_sd",
            "Better than, of similar places": [f"{row['better_than']} of {row['similar_areas']}" for row in rows],
            "Leads": "department",
        },
    )
