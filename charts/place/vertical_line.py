"""One place read from the nation to the region, the combined authority and the authority, by one definition."""

import math
from collections.abc import Hashable
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.marks import error_bars, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from charts.levers.rows import mark_heights
from charts.levers.words import said

LEVEL_NAMES = {"country": "Nation", "region": "Region", "combined-authority": "Combined authority", "utla": "Authority"}


def vertical_line(
    rows: pd.DataFrame,
    *,
    measure: str,
    unit: str,
    period: str,
    can_act: str,
    source: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Return one row per level, from the nation down, with the same measure in each.

    Args:
        rows: area_name, area_type, value, lci_95, uci_95 from the nation down; value is empty where none is published.
        measure: what is measured, in running text ("Healthy life expectancy at birth, women").
        unit: unit of the values.
        period: period of the values.
        can_act: sentence on who can act at which level; empty where the measure is no lever.
        source: source line.
        palette: colours.
    """
    levels = rows.to_dict("records")
    told = [
        (row, height) for row, height in zip(levels, mark_heights(len(levels)), strict=True) if pd.notna(row["value"])
    ]
    unknown = [row["area_name"] for row in levels if pd.isna(row["value"])]
    place = str(levels[-1]["area_name"])
    values, lower, upper = ([row[name] for row, _ in told] for name in ("value", "lci_95", "uci_95"))
    marks = {
        "type": "scatter",
        "x": values,
        "y": [height for _, height in told],
        "mode": "lines+markers",
        "name": measure,
        "line": {"color": palette.quiet, "width": 2, "dash": "dot"},
        "marker": {"size": 16, "color": [palette.gap] * (len(told) - 1) + [palette.worse_off]},
        "error_x": error_bars(values, lower, upper, palette.gap),
        "customdata": [row["area_name"] for row, _ in told],
        "hovertemplate": f"%{{customdata}}: <b>%{{x:,.2f}}</b> {unit}<extra></extra>",
    }
    low, high = (
        end(filter(math.isfinite, [*values, *limits]), default=math.nan) for end, limits in ((min, lower), (max, upper))
    )
    room = 0.12 * (high - low) or 1.0
    drawing = drawn(
        [marks],
        palette,
        height=90 + 62 * len(levels),
        layout={
            "showlegend": False,
            "annotations": [
                {
                    "x": 0,
                    "xref": "paper",
                    "y": -position + 0.26,
                    "text": _row_words(row, unit),
                    "showarrow": False,
                    "xanchor": "left",
                    "font": {"size": 16, "color": palette.ink},
                    "bgcolor": tinted(palette.paper, 0.85),
                }
                for position, row in enumerate(levels)
            ],
            "xaxis": {
                "range": [low - room, high + room],
                "showgrid": True,
                "title": {"text": _axis(unit), "font": {"size": 15}},
            },
            "yaxis": {"visible": False, "range": [-len(levels) + 0.4, 0.6]},
        },
    )
    return Chart(
        id="vertical-line",
        drawing=drawing,
        title=f"{measure}: "
        + ", ".join(f"{said(row['value'], unit)} in {words.place(row['area_name'])}" for row, _ in told),
        subtitle=f"{measure}, {period}, {_axis(unit).lower()}. The axis does not start at zero",
        settings=f"The same definition at every level. {can_act}".strip(),
        source=source,
        alt=(
            f"Dot chart with a row for each level of government from nation to authority, {measure}, {period}: "
            + "; ".join(_row_words(row, unit).replace("<b>", "").replace("</b>", "") for row in levels)
            + "."
        ),
        table=pd.DataFrame(
            {
                "Level": [LEVEL_NAMES[row["area_type"]] for row in levels],
                "Area": [row["area_name"] for row in levels],
                _axis(unit): rows["value"].to_numpy().round(2),
                "Lower 95% limit": rows["lci_95"].to_numpy().round(2),
                "Upper 95% limit": rows["uci_95"].to_numpy().round(2),
            }
        ),
        caveats=(
            *([f"Not published for {', '.join(unknown)}."] if unknown else []),
            "Each level contains the next, so their differences are not between separate people.",
        ),
        file_stem=file_name("vertical-line", place, measure, period),
    )


def _row_words(row: dict[Hashable, Any], unit: str) -> str:
    if pd.isna(row["value"]):
        return f"<b>{row['area_name']}</b> not published"
    limits = "" if pd.isna(row["lci_95"]) else f" ({said(row['lci_95'], unit)} to {said(row['uci_95'], unit)})"
    return f"<b>{row['area_name']}</b> {said(row['value'], unit)}{limits}"


def _axis(unit: str) -> str:
    return "Per cent" if unit == "%" else unit[0].upper() + unit[1:]
