"""What the gap is made of, and what closing it would ask of people's health at each stage of life."""

import math
from typing import Any

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, source_line
from charts.kit.columns import Columns, columns, rows_with
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings import file_name, rule_line, settings_line
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer

PARTS = {"health": "Poorer health while alive", "mortality": "Shorter lives"}


def decomposition(answer: Answer, parts: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the gap over time as the sum of two parts: shorter lives, and a smaller share of life in good health.

    Args:
        answer: numbers for one definition and sex.
        parts: rows of table `decomposition` for them.
        build: build id.
        palette: colours.
    """
    wide = _by_period(parts)
    starts, periods = wide["period_start"], wide["period"]
    ends = (0, -1)
    drawing = drawn(
        [
            {
                "type": "bar",
                "x": [start + 1 for start in starts],
                "y": wide[part],
                "name": PARTS[part],
                "marker": {"color": colour, "pattern": {"shape": "" if part == "health" else "/"}},
                "customdata": periods,
                "hovertemplate": f"%{{customdata}}<br>{PARTS[part]}: <b>%{{y:.1f}} years</b><extra></extra>",
            }
            for part, colour in (("health", palette.worse_off), ("mortality", palette.better_off))
        ],
        palette,
        layout={
            "barmode": "relative",
            "bargap": 0.25,
            "xaxis": {
                "tickvals": [starts[end] + 1 for end in ends],
                "ticktext": [periods[end].replace(" to ", " to<br>") for end in ends],
            },
            "yaxis": {"title": {"text": "Years", "font": {"size": 15}}, "zeroline": True},
        },
    )
    who = words.people(answer.sex)
    first, latest = ({name: column[end] for name, column in wide.items()} for end in ends)
    total = latest["health"] + latest["mortality"]
    return Chart(
        id="decomposition",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: {words.number(latest['health'])} of the {words.years(total)} are poorer health while alive, "
            f"{words.number(latest['mortality'])} are shorter lives"
        ),
        subtitle=f"Gap in healthy life expectancy at birth by what it is made of, {who}, years",
        settings=settings_line(answer),
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Stacked bars of the gap for {who}, {first['period']} to {latest['period']}. The part from poorer health "
            f"went from {words.number(first['health'])} to {words.number(latest['health'])} years, the part from "
            f"shorter lives from {words.number(first['mortality'])} to {words.number(latest['mortality'])}."
        ),
        table=pd.DataFrame(
            {
                "Period": periods,
                **{f"{label} (years)": np.round(wide[part], 2) for part, label in PARTS.items()},
            }
        ),
        caveats=(
            "Healthy life expectancy is life expectancy times the share of life in good health; the difference is split at "
            "the mid-point of the two ends. It says what the gap is made of, not what caused it.",
        ),
        file_stem=file_name("decomposition", answer.question.definition_id, who, latest["period"]),
    )


def _by_period(parts: pd.DataFrame) -> Columns:
    """Return period_start, period and the years of each part, from the earliest period on."""
    told = columns(parts, ("period_start", "period", "part", "years"))
    years = {(start, period, part): value for start, period, part, value in zip(*told.values(), strict=True)}
    periods = sorted({(start, period) for start, period, _ in years})
    return {
        "period_start": [start for start, _ in periods],
        "period": [period for _, period in periods],
        **{part: [years.get((*one, part), math.nan) for one in periods] for part in PARTS},
    }


def points_by_age(answer: Answer, points: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return bars: how many more people in a hundred would have to be in good health, at every age or at one stage.

    Args:
        answer: numbers for one definition and sex.
        points: ages, points, room and possible, as `pipeline.assemble.leverage.points_needed` gives.
        build: build id.
        palette: colours.
    """
    told = columns(points, ("ages", "points", "room", "possible"))
    told["shown"] = np.round(told["points"], 1).tolist()
    ages, needed = told["ages"], told["points"]
    drawing = drawn(
        [
            _bars(
                rows_with(told, told["possible"], possible),
                name=name,
                marker={"color": colour, "pattern": {"shape": "" if possible else "/"}},
                ink=palette.ink,
            )
            for possible, name, colour in (
                (True, "Possible", palette.needed),
                (False, "Not possible: more than 100 in 100", palette.no_figure),
            )
        ],
        palette,
        height=110 + 50 * len(ages),
        layout={
            "xaxis": {
                "range": [0, max(needed) * 1.18],
                "showgrid": True,
                "title": {"text": "More people in good health, in every 100", "font": {"size": 15}},
            },
            "yaxis": {
                "autorange": "reversed",
                "showgrid": False,
                "categoryorder": "array",
                "categoryarray": ages,
            },
        },
    )
    who, rise = words.people(answer.sex), words.years(float(answer.poor_end.rise_years))
    place = words.place(str(answer.latest["worse_off"]))
    return Chart(
        id="points-by-age",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: a rise of {rise} in {place} would take {words.number(needed[0], 0)} more people in "
            "every 100 in good health, at every age"
        ),
        subtitle=f"Rise in the share of {who} in good health that would do it, at every age or at one stage of life alone",
        settings=f"{settings_line(answer)} {rule_line(answer.question)}",
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Bars for {who}: percentage points more in good health for a rise of {rise} by {answer.question.target_year}, if it "
            "came from one stage of life. "
            + "; ".join(
                f"{stage}: {words.number(more, 0)}{'' if is_there else ', more than there is room for'}"
                for stage, more, is_there in zip(ages, needed, told["possible"], strict=True)
            )
            + "."
        ),
        table=pd.DataFrame(
            {
                "Ages": ages,
                "More in every 100": told["shown"],
                "Room left today, England": np.round(told["room"], 1),
            }
        ),
        caveats=(
            "Arithmetic on England's life table for 2022 to 2024, with rates of death as they are: it says how large the change "
            "would be, not how to bring it about.",
        ),
        file_stem=file_name("points-by-age", answer.question.definition_id, who, answer.latest["period"]),
    )


def _bars(rows: Columns, *, name: str, marker: dict[str, Any], ink: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": rows["shown"],  # as in the table
        "y": rows["ages"],
        "orientation": "h",
        "name": name,
        "marker": marker,
        "text": [f"<b>{words.signed(value, 0)}</b>" for value in rows["points"]],
        "textposition": "outside",
        "textfont": {"size": 17, "color": ink},
        "cliponaxis": False,
        "customdata": rows["room"],
        "hovertemplate": "%{y}: <b>%{x:.0f} in 100 more</b><br>room for %{customdata:.0f}<extra></extra>",
    }
