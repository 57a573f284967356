"""Pockets: how deprivation varies inside one place."""

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from charts.place.rows import upright

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
    tenths = sorted(rows.to_dict("records"), key=lambda row: row["imd_decile"])
    deciles = [row["imd_decile"] for row in tenths]
    percent = (np.array([row["share_residents"] for row in tenths]) * 100).round(2).tolist()
    bars = {
        "type": "bar",
        "x": percent,
        "y": [{1: "1, most", 10: "10, least"}.get(decile, str(decile)) for decile in deciles],
        "orientation": "h",
        "marker": {"color": [palette.worse_off, *[palette.no_figure] * 8, palette.better_off]},
        "text": [f"<b>{_share(value)}</b>" for value in percent],
        "textposition": ["inside" if value >= _ROOM_FOR_LABEL else "outside" for value in percent],
        "insidetextanchor": "start",
        "textangle": 0,
        "textfont": {
            "size": 16,
            "color": [
                palette.paper if value >= _ROOM_FOR_LABEL and decile in {1, 10} else palette.ink
                for value, decile in zip(percent, deciles, strict=True)
            ],
        },
        "cliponaxis": False,
        "customdata": [(row["small_areas"], row["residents"]) for row in tenths],
        "hovertemplate": "Tenth %{y}<br><b>%{x:.1f}%</b> of residents (%{customdata[1]:,} people in %{customdata[0]} small "
        "areas)<extra></extra>",
    }
    drawing = drawn(
        [bars],
        palette,
        height=480,
        layout={
            "margin": {"t": 34},
            "bargap": 0.22,
            "shapes": [upright(10, {"color": palette.ink, "width": 2, "dash": "dash"})],
            "annotations": [
                {
                    "x": 10,
                    "y": 1,
                    "yref": "paper",
                    "yanchor": "bottom",
                    "text": "England: 10% each",
                    "showarrow": False,
                    "font": {"size": 15, "color": palette.ink},
                }
            ],
            "xaxis": {
                "range": [0, max(24.0, max(percent) * 1.18)],
                "showgrid": True,
                "ticksuffix": "%",
                "title": {"text": "Share of residents", "font": {"size": 15}},
            },
            "yaxis": {
                "autorange": "reversed",
                "showgrid": False,
                "type": "category",
                "title": {"text": "Deprivation tenth", "font": {"size": 15}},
            },
        },
    )
    most, least = percent[0], percent[-1]
    scores = [row[name] for row in tenths for name in ("lowest_imd_score", "highest_imd_score") if pd.notna(row[name])]
    people = int(tenths[0]["residents"])
    return Chart(
        id="deprivation-pockets",
        drawing=drawing,
        title=f"{name}: {_finding(most, least)}",
        subtitle="Residents by national deprivation tenth of the small area they live in, Index of Multiple Deprivation 2025, per "
        "cent",
        settings=f"{sum(row['small_areas'] for row in tenths)} small areas of about 1,700 residents each, Census 2021.",
        source=source_line(
            release=release,
            build=build,
            publisher="Ministry of Housing, Communities and Local Government, English Indices of Deprivation 2025",
        ),
        alt=(
            f"Ten bars for {name}, Index of Multiple Deprivation 2025: shares of residents range from {min(percent):.1f}% to "
            f"{max(percent):.1f}% across the ten national tenths. {most:.1f}% ({people:,} people) live in the most deprived tenth "
            f"and {least:.1f}% in the least deprived. Scores of its small areas run from {words.number(min(scores))} to "
            f"{words.number(max(scores))}."
        ),
        table=pd.DataFrame(
            {
                "Tenth (1 is the most deprived)": [row["imd_decile"] for row in tenths],
                "Small areas": [row["small_areas"] for row in tenths],
                "Residents": [row["residents"] for row in tenths],
                "Share of residents (%)": percent,
                "Lowest score": [row["lowest_imd_score"] for row in tenths],
                "Highest score": [row["highest_imd_score"] for row in tenths],
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
