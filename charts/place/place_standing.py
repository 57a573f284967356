"""Chart `place-standing`: one place against its region, England, what deprivation predicts, and what halving needs."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.place.rows import Row, dotted_rows, row_of, span
from pipeline.answers.place.profile import Place, Task


def place_standing(
    latest: pd.DataFrame,
    place: Place,
    task: Task,
    *,
    expected_hle_years: float,
    settings: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """HLE in years of the place, its region and England with 95% intervals, what deprivation predicts, and the floor.

    `latest`: `pipeline.answers.place.profile.lines` of table `hle`, latest period; `task`: what closing the gap asks of the
    place; `expected_hle_years`: NaN for a place that is no authority; `settings`: the question behind the floor.
    """
    rows = _rows(latest, place, task, expected_hle_years, palette)
    lowest, highest = span(rows)
    first = latest.iloc[0]
    who, period = words.people(str(first["sex"])), str(first["period"])
    said = "; ".join(f"{row.name} {words.with_interval(row.value, row.lower, row.upper)}" for row in rows)
    columns = {"Row": "name", "Years": "value", "Lower 95% limit": "lower", "Upper 95% limit": "upper"}
    return Chart(
        id="place-standing",
        drawing=dotted_rows(
            rows,
            palette=palette,
            x_title="Years",
            x_range=(lowest - 1.2, highest + 1.2),
            at=task.floor_years,
            at_line={"color": palette.target, "width": 2, "dash": "dash"},
        ),
        title=f"{place.name}, {who}: {_finding(task)}",
        subtitle=f"Healthy life expectancy at birth, years, {period}, with 95% intervals",
        settings=f"{settings} The axis does not start at zero.",
        source=source_line(
            release=str(first["release"]), build=build, extra="" if pd.isna(expected_hle_years) else IMD_2025
        ),
        alt=f"Rows of points for {who}, {period}, years: {said}. Values run from {words.number(lowest)} to "
        f"{words.number(highest)}.",
        table=figures([vars(row) for row in rows], columns),
        caveats=(
            "The years needed are the same for every place: those of the richest end at the baseline, minus half the gap. "
            "They change with the definition of the gap.",
        ),
        file_stem=file_name("place-standing", place.name, who, period),
    )


def _rows(latest: pd.DataFrame, place: Place, task: Task, expected: float, palette: Palette) -> list[Row]:
    colours = {place.code: palette.gap, place.within[-1][0]: palette.england}
    rows = [
        row_of(
            area,
            "hle",
            "area_name",
            colour=colours.get(str(area["area_code"]), palette.better_off),
            bold=area["area_code"] == place.code,
        )
        for area in latest.to_dict("records")
    ]
    if not pd.isna(expected):
        rows.append(Row(name="Predicted by deprivation", value=expected, colour=palette.needed, symbol="diamond"))
    rows.append(Row(name="Needed for halving", value=task.floor_years, colour=palette.target, symbol="square"))
    return rows


def _finding(task: Task) -> str:
    if task.shortfall_years == 0:
        return f"already has the {words.number(task.floor_years)} years needed for halving"
    sure = "" if task.surely_below else " (interval includes it)"
    return f"{words.years(task.shortfall_years)} below the {words.number(task.floor_years)} needed{sure}"
