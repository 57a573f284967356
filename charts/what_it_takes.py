"""What the gap is made of, and what closing it would ask of people's health at each stage of life."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name, rule_line, settings_line
from charts.theme import themed
from pipeline.answer import Answer

PARTS = {"health": "Poorer health while alive", "mortality": "Shorter lives"}


def decomposition(answer: Answer, parts: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the gap over time as the sum of two parts: shorter lives, and a smaller share of life in good health.

    Args:
        answer: numbers for one definition and sex.
        parts: rows of table `decomposition` for them.
        build: build id.
        palette: colours.
    """
    wide = parts.pivot_table(index=["period_start", "period"], columns="part", values="years").reset_index()
    figure = go.Figure()
    for part, colour in (("health", palette.worse_off), ("mortality", palette.better_off)):
        figure.add_trace(
            go.Bar(
                x=wide["period_start"] + 1,
                y=wide[part],
                name=PARTS[part],
                marker={"color": colour, "pattern": {"shape": "" if part == "health" else "/"}},
                customdata=wide["period"],
                hovertemplate=f"%{{customdata}}<br>{PARTS[part]}: <b>%{{y:.1f}} years</b><extra></extra>",
            )
        )
    themed(figure, palette)
    figure.update_layout(barmode="relative", bargap=0.25)
    ends = [wide.iloc[0], wide.iloc[-1]]
    figure.update_xaxes(
        tickvals=[row["period_start"] + 1 for row in ends],
        ticktext=[row["period"].replace(" to ", " to<br>") for row in ends],
    )
    figure.update_yaxes(title={"text": "Years", "font": {"size": 15}}, zeroline=True)
    who = words.people(answer.sex)
    latest = wide.iloc[-1]
    total = latest["health"] + latest["mortality"]
    return Chart(
        id="decomposition",
        figure=figure,
        title=(
            f"{who.capitalize()}: {words.number(latest['health'])} of the {words.years(total)} are poorer health while alive, "
            f"{words.number(latest['mortality'])} are shorter lives"
        ),
        subtitle=f"Gap in healthy life expectancy at birth by what it is made of, {who}, years",
        settings=settings_line(answer),
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Stacked bars of the gap for {who}, {wide['period'].iloc[0]} to {latest['period']}. The part from poorer health "
            f"went from {words.number(wide['health'].iloc[0])} to {words.number(latest['health'])} years, the part from "
            f"shorter lives from {words.number(wide['mortality'].iloc[0])} to {words.number(latest['mortality'])}."
        ),
        table=pd.DataFrame(
            {
                "Period": wide["period"],
                **{f"{label} (years)": wide[part].round(2) for part, label in PARTS.items()},
            }
        ),
        caveats=(
            "Healthy life expectancy is life expectancy times the share of life in good health; the difference is split at "
            "the mid-point of the two ends. It says what the gap is made of, not what caused it.",
        ),
        file_stem=file_name("decomposition", answer.question.definition_id, who, latest["period"]),
    )


def points_by_age(answer: Answer, points: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return bars: how many more people in a hundred would have to be in good health, at every age or at one stage.

    Args:
        answer: numbers for one definition and sex.
        points: ages, points, room and possible, as `pipeline.assemble.leverage.points_needed` gives.
        build: build id.
        palette: colours.
    """
    figure = go.Figure()
    for possible, name, colour in (
        (True, "Possible", palette.needed),
        (False, "Not possible: more than 100 in 100", palette.no_figure),
    ):
        rows = points[points["possible"] == possible]
        figure.add_trace(
            go.Bar(
                x=rows["points"].round(1),  # as in the table
                y=rows["ages"],
                orientation="h",
                name=name,
                marker={"color": colour, "pattern": {"shape": "" if possible else "/"}},
                text=[f"<b>{words.signed(value, 0)}</b>" for value in rows["points"]],
                textposition="outside",
                textfont={"size": 17, "color": palette.ink},
                cliponaxis=False,
                customdata=rows["room"],
                hovertemplate="%{y}: <b>%{x:.0f} in 100 more</b><br>room for %{customdata:.0f}<extra></extra>",
            )
        )
    themed(figure, palette, height=110 + 50 * len(points))
    figure.update_xaxes(
        range=[0, float(points["points"].max()) * 1.18],
        showgrid=True,
        title={"text": "More people in good health, in every 100", "font": {"size": 15}},
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, categoryorder="array", categoryarray=list(points["ages"]))
    who = words.people(answer.sex)
    every, rise = points.iloc[0], words.years(float(answer.poor_end.rise_years))
    place = words.place(str(answer.latest["worse_off"]))
    return Chart(
        id="points-by-age",
        figure=figure,
        title=(
            f"{who.capitalize()}: a rise of {rise} in {place} would take {words.number(every['points'], 0)} more people in "
            "every 100 in good health, at every age"
        ),
        subtitle=f"Rise in the share of {who} in good health that would do it, at every age or at one stage of life alone",
        settings=f"{settings_line(answer)} {rule_line(answer.question)}",
        source=source_line(release=answer.release, build=build),
        alt=(
            f"Bars for {who}: percentage points more in good health for a rise of {rise} by {answer.question.target_year}, if it "
            "came from one stage of life. "
            + "; ".join(
                f"{ages}: {words.number(more, 0)}{'' if possible else ', more than there is room for'}"
                for ages, more, possible in zip(points["ages"], points["points"], points["possible"], strict=True)
            )
            + "."
        ),
        table=pd.DataFrame(
            {
                "Ages": points["ages"],
                "More in every 100": points["points"].round(1),
                "Room left today, England": points["room"].round(1),
            }
        ),
        caveats=(
            "Arithmetic on England's life table for 2022 to 2024, with rates of death as they are: it says how large the change "
            "would be, not how to bring it about.",
        ),
        file_stem=file_name("points-by-age", answer.question.definition_id, who, answer.latest["period"]),
    )
