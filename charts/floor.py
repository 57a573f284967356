"""The floor: which authorities lie below the value that halving asks of everyone."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name, rule_line, settings_line
from charts.theme import themed
from pipeline.answer import Answer


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
    ordered = areas.sort_values("hle_years").reset_index(drop=True)
    below = ordered["shortfall_years"] > 0
    figure = go.Figure()
    for chosen, name, colour in (
        (below, "Below the floor", palette.worse_off),
        (~below, "At or above the floor", palette.better_off),
    ):
        rows = ordered[chosen]
        figure.add_trace(
            go.Scatter(
                x=rows.index + 1,
                y=rows["hle_years"],
                mode="markers",
                name=name,
                marker={"size": 8, "color": colour, "symbol": "circle" if name.startswith("At") else "diamond"},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": (rows["hle_uci_95"] - rows["hle_years"]).round(2),
                    "arrayminus": (rows["hle_years"] - rows["hle_lci_95"]).round(2),
                    "thickness": 1,
                    "width": 0,
                    "color": colour,
                },
                customdata=rows["area_name"],
                hovertemplate="<b>%{customdata}</b>: %{y:.1f} years<extra></extra>",
            )
        )
    figure.add_hline(y=floor_years, line={"color": palette.target, "width": 3, "dash": "dash"})
    figure.add_annotation(
        x=1,
        y=floor_years,
        text=f"<b>{words.number(floor_years)}</b> floor",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"size": 18, "color": palette.target},
    )
    themed(figure, palette)
    figure.update_xaxes(title={"text": "Authorities, lowest to highest", "font": {"size": 15}})
    figure.update_yaxes(title={"text": "Years", "font": {"size": 15}})
    who = words.people(answer.sex)
    count = int(below.sum())
    return Chart(
        id="floor",
        figure=figure,
        title=(
            f"{who.capitalize()}: {count} of {len(ordered)} authorities, home to {people / 1e6:.1f} million people, are below "
            f"the floor of {words.years(floor_years)}"
        ),
        subtitle=f"Healthy life expectancy at birth, {who}, {answer.latest['period']}, years, with 95% intervals. The axis "
        "does not start at zero",
        settings=f"{settings_line(answer)} {rule_line(answer.question)}",
        source=source_line(release=answer.release, build=build),
        alt=(
            f"{len(ordered)} authorities in order of healthy life expectancy for {who}, {answer.latest['period']}, from "
            f"{words.number(ordered['hle_years'].iloc[0])} years in {ordered['area_name'].iloc[0]} to "
            f"{words.number(ordered['hle_years'].iloc[-1])} in {ordered['area_name'].iloc[-1]}, against a dashed line at "
            f"{words.number(floor_years)}; {count} lie below it."
        ),
        table=pd.DataFrame(
            {
                "Authority": ordered["area_name"],
                "HLE (years)": ordered["hle_years"].round(2),
                "95% interval": [
                    words.interval(lower, upper)
                    for lower, upper in zip(ordered["hle_lci_95"], ordered["hle_uci_95"], strict=True)
                ],
                "Years below the floor": ordered["shortfall_years"].round(2),
                "Residents": ordered["population"],
            }
        ),
        caveats=(
            "The floor is the value that the poorer end must reach: halving the gap by lifting every area below it up to it.",
            "Intervals of single authorities are 7 to 8 years wide, so which ones lie below is uncertain; how many is firmer.",
        ),
        file_stem=file_name("floor", answer.question.definition_id, who, answer.latest["period"]),
    )
