"""The floor: which authorities lie below the value that halving asks of everyone."""

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


def floor_strip(
    answer: Answer, areas: pd.DataFrame, *, floor_years: float, people: float, build: str, palette: Palette = LIGHT
) -> Chart:
    """Return every authority in order of HLE, with its interval, against the floor.

    Args:
        answer: numbers for one definition and sex.
        areas: area_name, hle_years with limits, shortfall_years (0 where not below), population.
        floor_years: the floor.
        people: residents of the areas below it.
        build: build id.
        palette: colours.
    """
    rows = _lowest_first(areas)
    years, names, below = rows["hle_years"], rows["area_name"], [short > 0 for short in rows["shortfall_years"]]
    drawing = drawn(
        [
            _points(
                rows_with(rows, below, is_below),
                name=name,
                marker={"size": 8, "color": colour, "symbol": "diamond" if is_below else "circle"},
            )
            for is_below, name, colour in (
                (True, "Below the floor", palette.worse_off),
                (False, "At or above the floor", palette.better_off),
            )
        ],
        palette,
        layout={
            "shapes": [_floor_line(floor_years, palette)],
            "annotations": [_floor_label(floor_years, palette)],
            "xaxis": {"title": {"text": "Authorities, lowest to highest", "font": {"size": 15}}},
            "yaxis": {"title": {"text": "Years", "font": {"size": 15}}},
        },
    )
    who = words.people(answer.sex)
    count = sum(below)
    return Chart(
        id="floor",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: {count} of {len(years)} authorities, home to {people / 1e6:.1f} million people, are below "
            f"the floor of {words.years(floor_years)}"
        ),
        subtitle=f"Healthy life expectancy at birth, {who}, {answer.latest['period']}, years, with 95% intervals. The axis "
        "does not start at zero",
        settings=f"{settings_line(answer)} {rule_line(answer.question)}",
        source=source_line(release=answer.release, build=build),
        alt=(
            f"{len(years)} authorities in order of healthy life expectancy for {who}, {answer.latest['period']}, from "
            f"{words.number(years[0])} years in {names[0]} to {words.number(years[-1])} in {names[-1]}, against a dashed line at "
            f"{words.number(floor_years)}; {count} lie below it."
        ),
        table=pd.DataFrame(
            {
                "Authority": names,
                "HLE (years)": np.round(years, 2),
                "95% interval": [
                    words.interval(lower, upper)
                    for lower, upper in zip(rows["hle_lci_95"], rows["hle_uci_95"], strict=True)
                ],
                "Years below the floor": np.round(rows["shortfall_years"], 2),
                "Residents": rows["population"],
            }
        ),
        caveats=(
            "The floor is the value that the poorer end must reach: halving the gap by lifting every area below it up to it.",
            "Intervals of single authorities are 7 to 8 years wide, so which ones lie below is uncertain; how many is firmer.",
        ),
        file_stem=file_name("floor", answer.question.definition_id, who, answer.latest["period"]),
    )


def _lowest_first(areas: pd.DataFrame) -> Columns:
    """Return the areas from the lowest to the highest, with their rank, and how far their intervals reach up and down."""
    order = areas["hle_years"].to_numpy().argsort()
    names = ("area_name", "hle_years", "hle_lci_95", "hle_uci_95", "shortfall_years", "population")
    rows = {name: [column[at] for at in order] for name, column in columns(areas, names).items()}
    years, lower, upper = (np.array(rows[name]) for name in ("hle_years", "hle_lci_95", "hle_uci_95"))
    reach = {"up": np.round(upper - years, 2).tolist(), "down": np.round(years - lower, 2).tolist()}
    return rows | reach | {"rank": list(range(1, len(order) + 1))}


def _points(rows: Columns, *, name: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": rows["rank"],
        "y": rows["hle_years"],
        "mode": "markers",
        "name": name,
        "marker": marker,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": rows["up"],
            "arrayminus": rows["down"],
            "thickness": 1,
            "width": 0,
            "color": marker["color"],
        },
        "customdata": rows["area_name"],
        "hovertemplate": "<b>%{customdata}</b>: %{y:.1f} years<extra></extra>",
    }


def _floor_line(floor_years: float, palette: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "xref": "x domain",
        "y0": floor_years,
        "y1": floor_years,
        "yref": "y",
        "line": {"color": palette.target, "width": 3, "dash": "dash"},
    }


def _floor_label(floor_years: float, palette: Palette) -> dict[str, Any]:
    return {
        "x": 1,
        "y": floor_years,
        "text": f"<b>{words.number(floor_years)}</b> floor",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": 18, "color": palette.target},
    }
