"""Pockets: how deprivation varies inside one place."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed

_ROOM_FOR_LABEL = 4.0
"""Per cent of residents from which a bar is wide enough for its label, on a telephone too."""


def pockets_profile(rows: pd.DataFrame, *, name: str, release: str, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the share of a place's residents in each national tenth of small areas, against England's one in ten.

    Args:
        rows: rows of table `pockets` of one place.
        name: name of the place.
        release: date of the release of the index.
        build: build id for the source line.
        palette: colours.
    """
    rows = rows.sort_values("imd_decile").reset_index(drop=True)
    percent = (rows["share_residents"] * 100).round(2)
    figure = go.Figure(
        go.Bar(
            x=percent,
            y=rows["imd_decile"].map({1: "1, most", 10: "10, least"}).fillna(rows["imd_decile"].astype(str)),
            orientation="h",
            marker={"color": [palette.worse_off, *[palette.no_figure] * 8, palette.better_off]},
            text=[f"<b>{_share(value)}</b>" for value in percent],
            textposition=["inside" if value >= _ROOM_FOR_LABEL else "outside" for value in percent],
            insidetextanchor="start",
            textangle=0,
            textfont={
                "size": 16,
                "color": [
                    palette.paper if value >= _ROOM_FOR_LABEL and end else palette.ink
                    for value, end in zip(percent, rows["imd_decile"].isin([1, 10]), strict=True)
                ],
            },
            cliponaxis=False,
            customdata=list(zip(rows["small_areas"], rows["residents"], strict=True)),
            hovertemplate="Tenth %{y}<br><b>%{x:.1f}%</b> of residents (%{customdata[1]:,} people in %{customdata[0]} small "
            "areas)<extra></extra>",
        )
    )
    figure.add_vline(x=10, line={"color": palette.ink, "width": 2, "dash": "dash"})
    figure.add_annotation(
        x=10,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="England: 10% each",
        showarrow=False,
        font={"size": 15, "color": palette.ink},
    )
    themed(figure, palette, height=480)
    figure.update_layout(margin={"t": 34}, bargap=0.22)
    figure.update_yaxes(
        autorange="reversed", showgrid=False, type="category", title={"text": "Deprivation tenth", "font": {"size": 15}}
    )
    figure.update_xaxes(
        range=[0, max(24.0, percent.max() * 1.18)],
        showgrid=True,
        ticksuffix="%",
        title={"text": "Share of residents", "font": {"size": 15}},
    )
    most, least = float(percent.iloc[0]), float(percent.iloc[-1])
    lowest, highest = float(rows["lowest_imd_score"].min()), float(rows["highest_imd_score"].max())
    people = int(rows["residents"].iloc[0])
    return Chart(
        id="deprivation-pockets",
        figure=figure,
        title=f"{name}: {_finding(most, least)}",
        subtitle="Residents by national deprivation tenth of the small area they live in, Index of Multiple Deprivation 2025, per "
        "cent",
        settings=f"{int(rows['small_areas'].sum())} small areas of about 1,700 residents each, Census 2021.",
        source=source_line(
            release=release,
            build=build,
            publisher="Ministry of Housing, Communities and Local Government, English Indices of Deprivation 2025",
        ),
        alt=(
            f"Ten bars for {name}, Index of Multiple Deprivation 2025: shares of residents range from {percent.min():.1f}% to "
            f"{percent.max():.1f}% across the ten national tenths. {most:.1f}% ({people:,} people) live in the most deprived tenth "
            f"and {least:.1f}% in the least deprived. Scores of its small areas run from {words.number(lowest)} to "
            f"{words.number(highest)}."
        ),
        table=pd.DataFrame(
            {
                "Tenth (1 is the most deprived)": rows["imd_decile"],
                "Small areas": rows["small_areas"],
                "Residents": rows["residents"],
                "Share of residents (%)": percent,
                "Lowest score": rows["lowest_imd_score"],
                "Highest score": rows["highest_imd_score"],
            }
        ),
        caveats=(
            "An average score hides pockets: two places with the same average can hold very different small areas.",
            "No healthy life expectancy is published for single small areas.",
        ),
        file_stem=file_name("deprivation-pockets", name),
    )


def _finding(most: float, least: float) -> str:
    if most == 0 and least == 0:
        return "no small area is in England's most or least deprived tenth"
    if most == 0:
        return f"no small area is in England's most deprived tenth; {_share(least)} of residents live in the least deprived"
    if least == 0:
        return f"{_share(most)} of residents live in England's most deprived tenth of small areas, none in the least deprived"
    return f"{_share(most)} of residents live in England's most deprived tenth of small areas, {_share(least)} in the least deprived"


def _share(percent: float) -> str:
    return "under 1%" if 0 < percent < 1 else f"{percent:.0f}%"
