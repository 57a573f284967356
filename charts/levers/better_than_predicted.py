"""Chart `better-than-predicted`: the authorities that did better than their deprivation predicts in every period."""

import pandas as pd

from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, limits
from charts.levers.rows import dots, in_rows


def better_than_predicted_chart(
    found: pd.DataFrame,
    *,
    areas: int,
    by_luck: float,
    periods: list[str],
    sex: str,
    release: str,
    build: str,
    at_most: int = 15,
    palette: Palette = LIGHT,
) -> Chart:
    """Mean years of HLE above what deprivation predicts, with 95% intervals, largest first.

    `found`: from `pipeline.measures.places.better_than_predicted`; `areas`: authorities looked at; `by_luck`: how many would
    qualify by luck alone; `release`: date of the HLE figures; `at_most`: rows to draw (the table has all).
    """
    shown, who = found.head(at_most), words.people(sex)
    leaders = [f"{name} {said}" for name, said in zip(shown["area_name"][:5], _said(shown), strict=False)]
    return Chart(
        id="better-than-predicted",
        drawing=_drawing(shown, palette),
        title=(
            f"{who.capitalize()}: {len(found)} of {areas} beat prediction in all {len(periods)} periods; luck alone gives "
            f"about {by_luck:.0f}"
        ),
        subtitle=f"Healthy life expectancy of {who} minus what the IMD 2025 score predicts, mean of {', '.join(periods)}, years, "
        f"with 95% interval; the {len(shown)} largest",
        settings="A regression of its own for each period. Periods without a common year.",
        source=source_line(release=release, build=build, extra=IMD_2025),
        alt=(
            f"Dot chart of the {len(shown)} authorities furthest above what deprivation predicts for {who}, mean of "
            f"{words.listed(periods)}: {words.listed(leaders)} years lead; {len(found)} qualify in all."
        ),
        table=_table(found),
        caveats=(
            "A list to learn from, not a league table: the line knows deprivation only, and London lies above it for reasons "
            "that the score does not hold.",
            "Stands out: more than noise after control of the false discovery rate among all authorities of a period.",
            "Deprivation is that of 2025 in every period.",
        ),
        file_stem=file_name("better-than-predicted", who),
    )


def _said(shown: pd.DataFrame) -> list[str]:
    return [words.signed(mean) for mean in shown["mean_residual_years"]]


def _drawing(shown: pd.DataFrame, palette: Palette) -> Drawing:
    names, lower, upper = shown["area_name"], shown["mean_residual_lci_95"], shown["mean_residual_uci_95"]
    marks = dots(
        shown["mean_residual_years"],
        limits=(lower, upper),
        name="mean over the periods",
        hover="%{customdata}: <b>%{x:.1f} years</b> above what deprivation predicts",
        colour=palette.better_off,
        customdata=names,
    )
    return in_rows(
        [marks],
        [f"<b>{name}</b> {said} years" for name, said in zip(names, _said(shown), strict=True)],
        x_range=(min(-0.8, lower.min() - 0.2), upper.max() + 0.3),
        x_title="Years above what deprivation predicts",
        directions=("", "better than predicted"),
        palette=palette,
    )


def _table(found: pd.DataFrame) -> pd.DataFrame:
    return figures(
        found,
        {
            "Authority": "area_name",
            "Mean above prediction (years)": "mean_residual_years",
            **limits("mean_residual"),
            "Smallest of the periods (years)": "lowest_residual_years",
            "Periods in which it stands out from noise": "stands_out_periods",
        },
    )
