"""Chart `ages-lost`: which ages lost the healthy years between two periods, in England and the other nations."""

from collections.abc import Mapping

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, ZERO_LINE, axis, flat_bars, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.ages import SPLIT_AGE, AgesLost

OTHERS = {"Scotland": "diamond", "Wales": "square", "Northern Ireland": "triangle-up"}
"""The other nations, each with its mark."""


def ages_lost_chart(
    lost: AgesLost,
    *,
    sex: str,
    since: str,
    period: str,
    life_table: str,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Bars of England's years by stage of life (negative where lost), with a mark for each other nation.

    `life_table`: period of the life table at which deaths are held.
    """
    who, england = words.people(sex), lost.of("England")
    spoken = "; ".join(f"{ages} {words.signed(years, 2)}" for ages, years in england.items())
    nations = {name: lost.of(name) for name in ("England", *OTHERS, "United Kingdom")}
    return Chart(
        id="ages-lost",
        drawing=_drawing(nations, palette),
        title=f"{who.capitalize()}: {_finding(lost)}",
        subtitle="What reported health at each stage of life added to the change of healthy life expectancy at birth, "
        f"{who}, {since} to {period}, years",
        settings=f"Deaths are held at England's life table for {life_table}, the only one held, in every nation and period.",
        source=source_line(release=release, build=build),
        alt=(
            f"Bars of the years that each stage of life added to healthy life expectancy at birth for {who} in England, {since} to "
            f"{period}: {spoken}. In all {words.signed(lost.england_years, 2)}. Marks show the other nations."
        ),
        table=figures(
            [], {"Stage of life": england.index, **{f"{name} (years)": years for name, years in nations.items()}}
        ),
        caveats=(
            f"Published healthy life expectancy changed by {words.years(lost.published_change_years)} in England, deaths included.",
            "Shares under 15 rest on a census proxy, not on people's own answers.",
            "It says at which ages the answers about health changed, not why.",
        ),
        file_stem=file_name("ages-lost", who, since, period),
    )


def _finding(lost: AgesLost) -> str:
    years, before = -lost.england_years, -lost.england_before_split
    if years < 0.05 or not 0 < before <= years * 1.2:
        return f"reported health moved healthy life by {words.signed(lost.england_years)} years"
    return f"{words.number(before)} of {words.years(years)} lost to poorer health went before age {SPLIT_AGE}"


def _drawing(nations: Mapping[str, pd.Series], palette: Palette) -> Drawing:
    england = nations["England"]
    stages = england.index.tolist()
    bars = flat_bars(
        england.round(3),
        stages,
        hover="England, %{y}: <b>%{x:+.2f} years</b>",
        name="England",
        marker={"color": [palette.worse_off if years < 0 else palette.better_off for years in england]},
    )
    others = [
        points(
            nations[name].round(3),
            stages,
            hover=f"{name}, %{{y}}: <b>%{{x:+.2f}} years</b>",
            name=name,
            orientation="h",
            marker={"size": 10, "symbol": mark, "color": palette.ink, "line": {"width": 1.5, "color": palette.paper}},
        )
        for name, mark in OTHERS.items()
    ]
    layout = {
        "scattermode": "group",
        "scattergap": 0.2,
        "bargap": 0.2,
        "xaxis": axis("Years", tickformat=".1f", **ZERO_LINE),
        "yaxis": {
            **FIRST_ON_TOP,
            "type": "category",
            "tickvals": stages,
            "ticktext": [f"{stage} <b>{words.signed(years, 2)}</b>" for stage, years in england.items()],
        },
    }
    return drawn([bars, *others], palette, height=460, layout=layout)
