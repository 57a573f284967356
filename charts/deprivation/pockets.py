"""Chart `pockets`: how deprivation varies inside one place."""

import pandas as pd

from charts.deprivation.names import tenth
from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, above_plot, axis, flat_bars, upright
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn

PUBLISHER = "Ministry of Housing, Communities and Local Government, English Indices of Deprivation 2025"
_ROOM_FOR_LABEL = 6.0
"""Per cent of residents from which a bar is wide enough for its label, on a telephone too."""


def pockets_profile(rows: pd.DataFrame, *, name: str, release: str, build: str, palette: Palette = LIGHT) -> Chart:
    """Per cent of a place's residents in each national tenth of small areas (1 most deprived), against England's 10%.

    `rows`: table `pockets` of one place; `name`: name of the place; `release`: date of the index.
    """
    tenths = rows.sort_values("imd_decile")
    tenths["percent"] = (tenths["share_residents"] * 100).round(2)
    return Chart(
        id="deprivation-pockets",
        drawing=_drawing(tenths, palette),
        title=f"{name}: {_finding(*tenths['percent'].iloc[[0, -1]])}",
        subtitle="Residents by national deprivation tenth of the small area they live in, Index of Multiple Deprivation 2025, per "
        "cent",
        settings=f"{tenths['small_areas'].sum()} small areas of about 1,700 residents each, Census 2021.",
        source=source_line(release=release, build=build, publisher=PUBLISHER),
        alt=_alt(tenths, name),
        table=figures(
            tenths,
            {
                "Tenth (1 is the most deprived)": "imd_decile",
                "Small areas": "small_areas",
                "Residents": "residents",
                "Share of residents (%)": "percent",
                "Lowest score": "lowest_imd_score",
                "Highest score": "highest_imd_score",
            },
            decimals=6,
        ),
        caveats=(
            "An average score hides pockets: two places with the same average can hold very different small areas.",
            "No healthy life expectancy is published for single small areas.",
        ),
        file_stem=file_name("deprivation-pockets", name),
    )


def _drawing(tenths: pd.DataFrame, palette: Palette) -> Drawing:
    percent = tenths["percent"]
    inside = percent >= _ROOM_FOR_LABEL
    fills = [palette.worse_off, *[palette.no_figure] * 8, palette.better_off]
    bars = flat_bars(
        percent,
        tenths["imd_decile"].map(tenth),
        hover="Tenth %{y}<br><b>%{x:.1f}%</b> of residents (%{customdata[1]:,} people in %{customdata[0]} small areas)",
        marker={"color": fills},
        text=[f"<b>{_share(value)}</b>" for value in percent],
        textposition=["inside" if fits else "outside" for fits in inside],
        insidetextanchor="start",
        textangle=0,
        textfont={
            "size": 16,
            "color": [palette.on(fill) if fits else palette.ink for fill, fits in zip(fills, inside, strict=True)],
        },
        cliponaxis=False,
        customdata=tenths[["small_areas", "residents"]].to_numpy(),
    )
    reach = [0, max(24.0, percent.max() * 1.18)]
    layout = {
        "margin": {"t": 34},
        "bargap": 0.22,
        "shapes": [upright(10, {"color": palette.ink, "width": 2, "dash": "dash"})],
        "annotations": [above_plot(10, "England: 10% each", size=15, colour=palette.ink)],
        "xaxis": axis("Share of residents", range=reach, showgrid=True, ticksuffix="%"),
        "yaxis": axis("Deprivation tenth", type="category", **FIRST_ON_TOP),
    }
    return drawn([bars], palette, height=480, layout=layout)


def _finding(most: float, least: float) -> str:
    if most == 0 and least == 0:
        return "none live in England's most or least deprived tenth"
    if most == 0:
        return f"none live in England's most deprived tenth, {_share(least)} in the least"
    rest = f"{_share(least)} in the least" if least else "none in the least"
    return f"{_share(most)} live in England's most deprived tenth, {rest}"


def _alt(tenths: pd.DataFrame, name: str) -> str:
    percent = tenths["percent"]
    low, high = tenths["lowest_imd_score"].min(), tenths["highest_imd_score"].max()
    return (
        f"Ten bars for {name}, Index of Multiple Deprivation 2025: shares of residents range from {percent.min():.1f}% to "
        f"{percent.max():.1f}% across the ten national tenths. {percent.iloc[0]:.1f}% ({tenths['residents'].iloc[0]:,} people) "
        f"live in the most deprived tenth and {percent.iloc[-1]:.1f}% in the least deprived. Scores of its small areas run "
        f"from {words.number(low)} to {words.number(high)}."
    )


def _share(percent: float) -> str:
    return "under 1%" if 0 < percent < 1 else f"{percent:.0f}%"
